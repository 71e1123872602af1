/** Put in by the bundler. */
declare const DYNAMICS_TLS_VERSION: string | undefined;

/** The version of package.json; `0.0.0-source` when running unbundled. */
export const version: string = typeof DYNAMICS_TLS_VERSION === 'string' ? DYNAMICS_TLS_VERSION : '0.0.0-source';

/**
 * The types that matter here, in lower case without `System.`. PowerShell finds them with and without that, and with
 * `using namespace` under their last name.
 */
export class TypeNames {
  readonly #namespaces: readonly string[];

  constructor(namespaces: readonly string[]) {
    this.#namespaces = namespaces.map((name) => name.toLowerCase());
  }

  /** The full name without `System.`, in lower case, where the name is one of those that were asked for. */
  is(written: string, full: string): boolean {
    const name = written.toLowerCase().replace(/\[\]$/, '');
    const plain = name.startsWith('system.') ? name.slice('system.'.length) : name;
    if (plain === full) {
      return true;
    }
    return this.#namespaces.some((namespace) => `${namespace}.${name}` === `system.${full}`);
  }
}

export const servicePointManager = 'net.servicepointmanager';
export const securityProtocolType = 'net.securityprotocoltype';
export const sslProtocols = 'security.authentication.sslprotocols';

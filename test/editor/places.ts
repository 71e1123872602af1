import { join } from 'node:path';

/** The root of the repository, which is the folder of the extension. */
export const repositoryRoot = join(import.meta.dirname, '..', '..');

/** Where a run leaves what explains a failure: pictures and logs. */
export const reportFolder = join(repositoryRoot, 'out', 'editor');

/** The compiled suites. */
export const suiteBundle = join(reportFolder, 'suite', 'index.cjs');

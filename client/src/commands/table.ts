import type { CommandContext } from '../activate.ts';
import { auditWorkspace } from './audit-workspace.ts';
import { checkHostingProcess } from './check-hosting-process.ts';
import { restartServer } from './restart-server.ts';
import { showLog } from './show-log.ts';

/** All commands by id; a test compares them with package.json. */
export const commandTable: Readonly<Record<string, (context: CommandContext) => unknown>> = {
  'dynamicsTls.auditWorkspace': auditWorkspace,
  'dynamicsTls.checkHostingProcess': checkHostingProcess,
  'dynamicsTls.restartServer': restartServer,
  'dynamicsTls.showLog': showLog,
};

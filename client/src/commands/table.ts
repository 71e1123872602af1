import { showSummaryCommand } from '../../../server/src/lsp/protocol.ts';
import type { CommandContext } from '../activate.ts';
import { showRetargetSummary } from '../views/retargeting.ts';
import { auditWorkspace } from './audit-workspace.ts';
import { checkDynamicsTls } from './check-dynamics-tls.ts';
import { checkHostingProcess } from './check-hosting-process.ts';
import { checkThisMachine } from './check-this-machine.ts';
import { copyVerdict } from './copy-verdict.ts';
import { createRegistryFile } from './create-registry-file.ts';
import { createTlsReport } from './create-tls-report.ts';
import { explainConnectionError } from './explain-connection-error.ts';
import { fixAllFindings } from './fix-all-findings.ts';
import { goToDecidingPlace } from './go-to-deciding-place.ts';
import { restartServer } from './restart-server.ts';
import { retargetProject } from './retarget-project.ts';
import { retargetSolution } from './retarget-solution.ts';
import { showLog } from './show-log.ts';

/** What a command does with its context and with what its caller passes. */
type Command = (context: CommandContext, ...args: readonly unknown[]) => unknown;

/** All commands by id; a test compares them with package.json. */
export const commandTable: Readonly<Record<string, Command>> = {
  'dynamicsTls.auditWorkspace': auditWorkspace,
  'dynamicsTls.checkDynamicsTls': checkDynamicsTls,
  'dynamicsTls.checkHostingProcess': checkHostingProcess,
  'dynamicsTls.checkThisMachine': checkThisMachine,
  'dynamicsTls.copyVerdict': copyVerdict,
  'dynamicsTls.createRegistryFile': createRegistryFile,
  'dynamicsTls.createTlsReport': createTlsReport,
  'dynamicsTls.explainConnectionError': explainConnectionError,
  'dynamicsTls.fixAllFindings': fixAllFindings,
  'dynamicsTls.goToDecidingPlace': goToDecidingPlace,
  'dynamicsTls.restartServer': restartServer,
  'dynamicsTls.retargetProject': retargetProject,
  'dynamicsTls.retargetSolution': retargetSolution,
  'dynamicsTls.showLog': showLog,
};

/** Commands that only code actions run: they are in no palette. */
export const internalCommands: Readonly<Record<string, Command>> = {
  [showSummaryCommand]: showRetargetSummary,
};

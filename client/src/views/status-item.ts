import { type DocumentSelector, LanguageStatusSeverity, languages } from 'vscode';
import type { ServerStatus } from '../../../server/src/lsp/protocol.ts';

/** The language status item: idle, busy, findings, error. */
export interface StatusItem {
  show(status: ServerStatus): void;
  fail(reason: string): void;
  dispose(): void;
}

export function createStatusItem(selector: DocumentSelector): StatusItem {
  const item = languages.createLanguageStatusItem('dynamicsTls.status', selector);
  item.name = 'Dynamics TLS';
  item.command = { command: 'dynamicsTls.auditWorkspace', title: 'Audit Workspace' };
  return {
    show(status) {
      item.busy = status.state === 'busy';
      item.severity =
        status.errors > 0
          ? LanguageStatusSeverity.Error
          : status.warnings > 0
            ? LanguageStatusSeverity.Warning
            : LanguageStatusSeverity.Information;
      item.text = describe(status);
      item.detail = status.state === 'busy' ? `${status.done} of ${status.total}` : `${status.projects} projects`;
    },
    fail(reason) {
      item.busy = false;
      item.severity = LanguageStatusSeverity.Error;
      item.text = 'Dynamics TLS: not running';
      item.detail = reason;
      item.command = { command: 'dynamicsTls.restartServer', title: 'Restart Server' };
    },
    dispose: () => item.dispose(),
  };
}

function describe(status: ServerStatus): string {
  if (status.state === 'busy') {
    return 'Dynamics TLS: analysing';
  }
  const parts = [
    status.errors > 0 ? `${status.errors} errors` : '',
    status.warnings > 0 ? `${status.warnings} warnings` : '',
    status.informations > 0 ? `${status.informations} notes` : '',
  ].filter(Boolean);
  return parts.length === 0 ? 'Dynamics TLS: no findings' : `Dynamics TLS: ${parts.join(', ')}`;
}

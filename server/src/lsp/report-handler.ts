import type { Connection } from 'vscode-languageserver';
import {
  basename,
  createTlsReport,
  type FilePath,
  relativeHref,
  relativePath,
  tlsReportHtml,
  tlsReportMarkdown,
} from '../core/index.ts';
import { type Converter, pathOfUri } from './convert.ts';
import { type ReportAnswer, type ReportParams, reportRequest } from './protocol.ts';
import type { ServerWorkspace } from './workspace.ts';

/** Answers the command "Create TLS Report". */
export function handleReport(connection: Connection, workspace: ServerWorkspace, converter: Converter): void {
  connection.onRequest(reportRequest, async ({ format, folder }: ReportParams): Promise<ReportAnswer> => {
    const { processes } = await workspace.analysis();
    const roots = workspace.roots;
    const rootOf = (path: FilePath) => roots.find((root) => path.startsWith(`${root}/`));
    const saved = pathOfUri(folder);
    const report = createTlsReport({
      title: roots.map(basename).join(', ') || 'this workspace',
      date: workspace.today(),
      processes,
      display: (path) => {
        const root = rootOf(path);
        const name = root === undefined ? path : relativePath(root, path);
        return root === undefined || roots.length === 1 ? name : `${basename(root)}/${name}`;
      },
      line: (at) => converter.location(at).range.start.line + 1,
      href: (path) => relativeHref(saved, path),
    });
    return { text: format === 'html' ? tlsReportHtml(report) : tlsReportMarkdown(report), summary: report.summary };
  });
}

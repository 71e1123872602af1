import type { Location, ProcessVerdict } from '../../core/index.ts';
import type { Session } from '../session.ts';
import { formatVersion, PlaceFormatter, tool } from './json.ts';

/** The verdicts as JSON: schema `explain.schema.json`. */
export function explainJson(processes: readonly ProcessVerdict[], session: Session): string {
  const places = new PlaceFormatter(session);
  const output = { formatVersion, tool, processes: processes.map((process) => processJson(process, session, places)) };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}

function processJson(process: ProcessVerdict, session: Session, places: PlaceFormatter) {
  const place = (at: Location | null) => ({
    file: at ? places.file(at) : null,
    line: at ? places.range(at).start.line : null,
  });
  return {
    project: session.display(process.path),
    name: process.name,
    target: process.target,
    configuration: process.configuration,
    configurations: process.configurations,
    framework: process.framework,
    kind: process.kind,
    verdict: process.verdict,
    windows: process.windows,
    apis: process.apis,
    because: process.because.map(({ at, text, effect }) => ({ ...place(at), text, effect })),
    fix: process.fix && { title: process.fix.title, ...place(process.fix.at) },
    programs: process.programs.map((path) => session.display(path)),
  };
}

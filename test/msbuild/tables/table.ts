import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Rows with what real MSBuild answers to them. */
export interface Table {
  readonly description: string;
  readonly kind: 'condition' | 'value';
  /** Properties that every row may use. */
  readonly properties: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, string>>;
}

export const tableNames: readonly string[] = ['conditions', 'values'];

export function readTable(name: string): Table {
  return JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8')) as Table;
}

/** The project of a row, and the files that rows refer to. */
export function rowFiles(table: Table, row: string): Record<string, string> {
  const properties = Object.entries(table.properties)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join('');
  const result =
    table.kind === 'condition'
      ? `<Result>false</Result><Result Condition="${escapeXml(row)}">true</Result>`
      : `<Result>${escapeXml(row)}</Result>`;
  return {
    'Row.proj': `<Project><PropertyGroup>${properties}${result}</PropertyGroup></Project>`,
    'sub/file.txt': 'text of the file\n',
    'marker.txt': '',
  };
}

/** Writes files to a new folder named `case`, runs something in it, and removes it. */
export async function withCaseFolder(
  files: Readonly<Record<string, string>>,
  run: (folder: string) => Promise<void>,
): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'msbuild-case-'));
  const folder = join(parent, 'case');
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    await run(folder);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

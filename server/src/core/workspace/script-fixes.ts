import type { Fix, Message, TextEdit, TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { CertificateCheckUse, ProtocolName, ProtocolUse } from '../model/protocol-use.ts';

/** The file that a fix is made for. */
export interface ScriptText {
  readonly path: FilePath;
  readonly text: string;
}

const present = '[Net.ServicePointManager]::SecurityProtocol';
const addition = `${present} -bor [Net.SecurityProtocolType]::Tls12`;

/** TLS 1.2 in place of obsolete protocols: added to what is allowed, or the list without them. */
export function obsoleteScriptFixes(file: ScriptText, use: ProtocolUse, obsolete: readonly ProtocolName[]): Fix[] {
  if (!use.protocols.known) {
    return [];
  }
  if (use.api !== 'service-point-manager') {
    return optionFixes(file, use);
  }
  const kept = use.protocols.value.filter((name) => !obsolete.includes(name));
  if (kept.length > 0) {
    const value = listOf(
      file.text.slice(use.valueRange.start, use.valueRange.end),
      kept,
      use.effect === 'adds' && isPlainAssignment(file, use),
    );
    return [
      fixOf(file, use, { key: 'drop', template: 'Allow {kept} only', values: { kept: kept.join(', ') } }, [
        { range: use.valueRange, newText: value },
      ]),
    ];
  }
  return isPlainAssignment(file, use) ? [additionFix(file, use)] : removalFix(file, use);
}

/** An addition in place of what switches TLS 1.2 on or off. */
export function additionFix(file: ScriptText, use: ProtocolUse): Fix {
  return fixOf(file, use, { key: 'add', template: 'Add TLS 1.2 to what is allowed', values: {} }, [
    { range: use.valueRange, newText: addition },
  ]);
}

/** `=`, not `+=` and the like. */
function isPlainAssignment({ text }: ScriptText, { range, valueRange }: ProtocolUse): boolean {
  return /[^-+*/%?]=\s*$/.test(text.slice(range.start, valueRange.start));
}

/** The protocols that stay, written as the value was: as a text with names, or with the names of the enumeration. */
function listOf(written: string, kept: readonly ProtocolName[], isAdded: boolean): string {
  const names = kept.map((name) => name.replace('TLS 1.', 'Tls1'));
  const quoted = /^(['"])[\w\s,]*\1$/.exec(written)?.[1];
  if (quoted !== undefined) {
    return `${quoted}${names.join(', ')}${quoted}`;
  }
  const type = /\[((?:System\.)?(?:Net\.)?SecurityProtocolType)\]/i.exec(written)?.[1] ?? 'Net.SecurityProtocolType';
  const list = names.map((name) => `[${type}]::${name}`).join(' -bor ');
  return isAdded ? `${present} -bor ${list}` : list;
}

/** Options of commands and programs: the newer protocol, in the words of the program. */
function optionFixes(file: ScriptText, use: ProtocolUse): Fix[] {
  const written = file.text.slice(use.valueRange.start, use.valueRange.end);
  const newText = /^--tls-max/.test(written)
    ? '--tlsv1.2'
    : /^--secure-protocol=/i.test(written)
      ? written.replace(/=.*$/, '=TLSv1_2')
      : /^(['"]?)[\w\s,]+\1$/.test(written)
        ? written.replace(/[\w\s,]+/, 'Tls12')
        : /^\[.*\]::\w+$/s.test(written)
          ? written.replace(/\w+$/, 'Tls12')
          : undefined;
  return newText === undefined
    ? []
    : [
        fixOf(file, use, { key: 'newer', template: 'Write {value}', values: { value: newText } }, [
          { range: use.valueRange, newText },
        ]),
      ];
}

/** The line goes, where nothing else stands in it. */
export function removalFix(file: ScriptText, use: Pick<ProtocolUse, 'range' | 'where'>): Fix[] {
  const line = wholeLine(file.text, use.range);
  return line
    ? [fixOf(file, use, { key: 'remove', template: 'Remove the line', values: {} }, [{ range: line, newText: '' }])]
    : [];
}

/** Certificates are checked again: the line goes, or the option does. A person decides. */
export function certificateFixes(file: ScriptText, use: CertificateCheckUse): Fix[] {
  const title: Message = { key: 'validate', template: 'Check certificates again', values: {} };
  if (use.form !== 'option') {
    const line = wholeLine(file.text, use.range);
    return line ? [{ ...fixOf(file, use, title, [{ range: line, newText: '' }]), bulk: 'confirm' }] : [];
  }
  const { start, end } = use.valueRange;
  const written = file.text.slice(start, end);
  const blanks = /[ \t]+$/.exec(file.text.slice(0, start).slice(-100))?.[0].length ?? 0;
  if (/^-[a-zA-Z]{2,}$/.test(written) && /^-[a-zA-Z]*k/.test(written) && !/^-skip/i.test(written)) {
    // One of several letters behind a dash.
    return [
      { ...fixOf(file, use, title, [{ range: use.valueRange, newText: written.replace('k', '') }]), bulk: 'confirm' },
    ];
  }
  const entry = /^\w+$/.test(written) ? /^\s*=\s*\$true\b/i.exec(file.text.slice(end, end + 200)) : null;
  const line = entry && wholeLine(file.text, { start, end: end + entry[0].length });
  if (line) {
    return [{ ...fixOf(file, use, title, [{ range: line, newText: '' }]), bulk: 'confirm' }];
  }
  return /^--?[a-z]/i.test(written) && blanks > 0
    ? [{ ...fixOf(file, use, title, [{ range: { start: start - blanks, end }, newText: '' }]), bulk: 'confirm' }]
    : [];
}

/** The line of a statement with its end; undefined where something else stands in it. */
export function wholeLine(text: string, { start, end }: TextRange): TextRange | undefined {
  const from = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const rest = /^[ \t]*;?[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end, end + 200));
  const isAlone = /^[ \t\uFEFF]*$/.test(text.slice(from, start)) && rest !== null;
  return isAlone ? { start: text[from] === '\uFEFF' ? from + 1 : from, end: end + rest[0].length } : undefined;
}

function fixOf(
  { path, text }: ScriptText,
  { range, where, places }: Pick<ProtocolUse, 'range' | 'where'> & Partial<Pick<ProtocolUse, 'places'>>,
  title: Message,
  edits: readonly TextEdit[],
): Fix {
  const isSigned = /^# SIG # Begin signature block/m.test(text);
  const isTest = /\.tests?\.ps1$/i.test(path);
  // What is written elsewhere may be meant for more than this line.
  const isElsewhere = places?.some((place) => place.range.start < range.start || place.range.end > range.end) ?? false;
  return {
    title,
    isPreferred: true,
    bulk: isSigned || isTest || isElsewhere || where.isConditional ? 'confirm' : 'safe',
    changes: [{ path, edits }],
    claims: [{ path, range }],
  };
}

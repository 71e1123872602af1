import type { TextEdit } from '../model/finding.ts';
import { basename, type FilePath } from '../model/path.ts';
import { readConfiguredSwitches } from '../sources/appcontext-config.ts';
import { configKind, findSections, isTransform } from '../sources/config-file.ts';
import { lineEndAt } from '../text/edits.ts';
import { parseXml, type XmlDocument, type XmlElement } from '../xml/index.ts';

/**
 * The switch that makes a program for 4.0 to 4.5.2 offer TLS 1.0 to 1.2, on a runtime of 4.6 or later and without being
 * recompiled. It is the one that helps on every Windows: to follow the protocols of Windows instead would end at TLS 1.0
 * on Windows 7.
 * Source: https://learn.microsoft.com/dotnet/framework/network-programming/tls
 */
const switchName = 'Switch.System.Net.DontEnableSchUseStrongCrypto';

/** Edits of a configuration file, or why there are none. */
export type SwitchEdits =
  | { readonly state: 'edits'; readonly edits: readonly TextEdit[] }
  /** The switch is set already. */
  | { readonly state: 'done' }
  | { readonly state: 'refused'; readonly reason: string };

/**
 * Sets the AppContext switch for TLS 1.2 in a configuration file, in the form that the program reads: an element of
 * `runtime`, or an entry of `appSettings` in a site. Every other byte stays. An empty text becomes a whole file.
 */
export function switchEdits(path: FilePath, text: string): SwitchEdits {
  const kind = configKind(path);
  if (kind !== 'app' && kind !== 'web') {
    return refused(
      `${basename(path)} is not the configuration file of a program (App.config, NAME.exe.config, Web.config).`,
    );
  }
  if (text.trim() === '') {
    return { state: 'edits', edits: [{ range: { start: 0, end: text.length }, newText: newFile(kind) }] };
  }
  const document = parseXml(text);
  const root = document.roots.find(({ localName }) => localName === 'configuration');
  if (!root || document.problems.length > 0 || !root.isClosed) {
    return refused(`${basename(path)} is not well-formed.`);
  }
  if (isTransform(document)) {
    return refused(`${basename(path)} changes another file at publishing time. Choose that file.`);
  }
  const own = readConfiguredSwitches(path, document).filter(
    ({ name, ignored }) => name === switchName && ignored !== 'file',
  );
  if (own.length > 0) {
    const wrong = own.filter(({ value }) => value !== false);
    return wrong.length === 0
      ? { state: 'done' }
      : { state: 'edits', edits: wrong.map(({ valueRange }) => ({ range: valueRange, newText: 'false' })) };
  }
  return kind === 'web' ? addSetting(path, document, root) : addOverride(document, root);
}

function addOverride(document: XmlDocument, root: XmlElement): SwitchEdits {
  const { text } = document;
  const sections = (...names: string[]) => findSections(document, ...names).filter(isPlain(names.length));
  // The last element of the same name wins.
  const element = sections('runtime', 'AppContextSwitchOverrides').at(-1);
  const attribute = element?.attribute('value');
  if (element && attribute?.valueRange && attribute.quote !== '') {
    const written = text.slice(attribute.valueRange.start, attribute.valueRange.end);
    // A blank behind the last semicolon would become a part of the name.
    const at = attribute.valueRange.start + written.trimEnd().length;
    const separator = written.trim() === '' || written.trimEnd().endsWith(';') ? '' : ';';
    return edit(at, `${separator}${switchName}=false`);
  }
  if (element) {
    return edit(element.nameRange.end, ` value="${switchName}=false"`);
  }
  const override = `<AppContextSwitchOverrides value="${switchName}=false" />`;
  const runtime = sections('runtime').at(-1);
  return runtime
    ? { state: 'edits', edits: [insertLast(text, runtime, () => [override])] }
    : { state: 'edits', edits: [insertLast(text, root, (unit) => ['<runtime>', `${unit}${override}`, '</runtime>'])] };
}

function addSetting(path: FilePath, document: XmlDocument, root: XmlElement): SwitchEdits {
  const setting = `<add key="AppContext.SetSwitch:${switchName}" value="false" />`;
  const section = findSections(document, 'appSettings').filter(isPlain(1)).at(-1);
  if (section?.attribute('configSource')) {
    return refused(`${basename(path)} keeps its appSettings in ${section.attribute('configSource')?.value}.`);
  }
  return section
    ? { state: 'edits', edits: [insertLast(document.text, section, () => [setting])] }
    : {
        state: 'edits',
        edits: [insertLast(document.text, root, (unit) => ['<appSettings>', `${unit}${setting}`, '</appSettings>'])],
      };
}

/** Not inside a `location`, which speaks of a part of the application. */
function isPlain(depth: number): (element: XmlElement) => boolean {
  return (element) => {
    let current: XmlElement | undefined = element;
    for (let i = 0; i < depth; i++) {
      current = current?.parent;
    }
    return current?.localName === 'configuration' && current.parent === undefined;
  };
}

/** Lines as the last child, indented like the children that are there. `configSections` has to stay the first. */
export function insertLast(text: string, parent: XmlElement, linesOf: (unit: string) => readonly string[]): TextEdit {
  const lineEnd = lineEndAt(text, parent.range.start);
  const outer = indentationOf(text, parent);
  const last = parent.children.at(-1);
  const own = last ? indentationOf(text, last) : undefined;
  const unit = own?.startsWith(outer) && own.length > outer.length ? own.slice(outer.length) : guessUnit(text);
  const lines = linesOf(unit).map((line) => `${own ?? outer + unit}${line}`);
  const body = lines.join(lineEnd);
  if (parent.isSelfClosing) {
    const slash = parent.openTagRange.end - 2;
    const from = slash - (/\s*$/.exec(text.slice(0, slash))?.[0].length ?? 0);
    return {
      range: { start: from, end: parent.openTagRange.end },
      newText: `>${lineEnd}${body}${lineEnd}${outer}</${parent.name}>`,
    };
  }
  const end = parent.closeTagRange?.start ?? parent.innerRange.end;
  const lineStart = Math.max(text.lastIndexOf('\n', end - 1), text.lastIndexOf('\r', end - 1)) + 1;
  const isOwnLine = lineStart > parent.openTagRange.end - 1 && /^[ \t]*$/.test(text.slice(lineStart, end));
  return isOwnLine
    ? { range: { start: lineStart, end: lineStart }, newText: `${body}${lineEnd}` }
    : { range: { start: end, end }, newText: `${lineEnd}${body}${lineEnd}${outer}` };
}

/** Blanks before an element that begins its line; nothing for one that does not. */
function indentationOf(text: string, element: XmlElement): string {
  return /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, element.range.start))?.[1] ?? '';
}

function guessUnit(text: string): string {
  return /[\r\n]([ \t]+)</.exec(text)?.[1] ?? '  ';
}

function newFile(kind: 'app' | 'web'): string {
  const section =
    kind === 'app'
      ? ['  <runtime>', `    <AppContextSwitchOverrides value="${switchName}=false" />`, '  </runtime>']
      : ['  <appSettings>', `    <add key="AppContext.SetSwitch:${switchName}" value="false" />`, '  </appSettings>'];
  return ['<?xml version="1.0" encoding="utf-8"?>', '<configuration>', ...section, '</configuration>', ''].join('\r\n');
}

function edit(at: number, newText: string): SwitchEdits {
  return { state: 'edits', edits: [{ range: { start: at, end: at }, newText }] };
}

function refused(reason: string): SwitchEdits {
  return { state: 'refused', reason };
}

import {
  compareVersions,
  defaultProtocols,
  frameworkReleases,
  requiredVersion,
  shortFrameworkName,
} from '../facts/dotnet-frameworks.ts';
import type { TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';
import { evaluationFor } from './property-at.ts';

/** One proposal for the text at an offset. */
export interface Completion {
  readonly label: string;
  readonly kind: 'framework' | 'property' | 'value';
  readonly detail: string;
  readonly documentation: string;
  /** What the proposal replaces. */
  readonly range: TextRange;
  /** Sorts proposals; what is recommended comes first. */
  readonly order: string;
}

/** Proposals: frameworks in target properties, names behind `$(`, values of a few properties, names of properties. */
export function completionsAt(path: FilePath, offset: number, workspace: WorkspaceModel): Completion[] {
  const text = workspace.readText(path);
  if (text === undefined) {
    return [];
  }
  const reference = /\$\(\s*([A-Za-z_][\w-]*)?$/.exec(text.slice(Math.max(0, offset - 100), offset));
  if (reference) {
    return propertyNames(path, { start: offset - (reference[1]?.length ?? 0), end: offset }, workspace);
  }
  const element = parseXml(text).elementAt(offset);
  if (!element) {
    return [];
  }
  const tag = /<([A-Za-z_][\w.]*)?$/.exec(text.slice(Math.max(0, offset - 100), offset));
  if (tag) {
    const isInGroup = element.localName === 'PropertyGroup' || element.parent?.localName === 'PropertyGroup';
    return isInGroup ? declarableNames({ start: offset - (tag[1]?.length ?? 0), end: offset }) : [];
  }
  return element.parent?.localName === 'PropertyGroup' && isInContent(element, offset)
    ? valuesOf(element, tokenRange(text, element, offset))
    : [];
}

function isInContent(element: XmlElement, offset: number): boolean {
  return !element.isSelfClosing && element.innerRange.start <= offset && offset <= element.innerRange.end;
}

/** The part of a value between blanks and semicolons that an offset stands in. */
function tokenRange(text: string, { innerRange }: XmlElement, offset: number): TextRange {
  let start = offset;
  while (start > innerRange.start && !/[\s;<>]/.test(text[start - 1] ?? '')) {
    start--;
  }
  let end = offset;
  while (end < innerRange.end && !/[\s;<>]/.test(text[end] ?? '')) {
    end++;
  }
  return { start, end };
}

function valuesOf(element: XmlElement, range: TextRange): Completion[] {
  switch (element.localName.toLowerCase()) {
    case 'targetframeworkversion':
      return frameworks(range, (version) => `v${version}`);
    case 'targetframework':
    case 'targetframeworks':
      return frameworks(range, shortFrameworkName);
    case 'outputtype':
      return plainValues(range, ['Exe', 'WinExe', 'Library']);
    case 'usevshostingprocess':
    case 'generatetargetframeworkattribute':
      return plainValues(range, ['true', 'false']);
    default:
      return [];
  }
}

const offers = {
  obsolete: 'offers SSL 3.0 and TLS 1.0 by default',
  'up-to-1.2': 'offers TLS 1.0, 1.1 and 1.2 by default',
  system: 'offers what Windows offers',
} as const;

/** The accepted versions first, the lowest of them on top; the others behind them. */
function frameworks(range: TextRange, spell: (version: string) => string): Completion[] {
  const releases = frameworkReleases.filter(({ version }) => compareVersions(version, '2.0') >= 0);
  return releases.map(({ version, supportEnds }, index) => {
    const isAccepted = compareVersions(version, requiredVersion) >= 0;
    const support =
      supportEnds === null
        ? 'no end of support announced'
        : supportEnds === 'os'
          ? 'part of Windows'
          : `support until ${supportEnds}`;
    return {
      label: spell(version),
      kind: 'framework',
      detail: `.NET Framework ${version}`,
      documentation: `${offers[defaultProtocols(version)]}; ${support}${isAccepted ? '' : '. Below the minimum for Dynamics 365 and Dataverse online.'}`,
      range,
      order: `${isAccepted ? 'a' : 'b'}${String(index).padStart(2, '0')}`,
    };
  });
}

function plainValues(range: TextRange, values: readonly string[]): Completion[] {
  return values.map((label, index) => ({
    label,
    kind: 'value',
    detail: '',
    documentation: '',
    range,
    order: String(index),
  }));
}

function propertyNames(path: FilePath, range: TextRange, workspace: WorkspaceModel): Completion[] {
  const evaluation = evaluationFor(path, workspace);
  return (evaluation?.properties() ?? []).map((name) => {
    const value = evaluation?.value(name);
    return {
      label: name,
      kind: 'property',
      detail: value?.known ? value.value : 'unknown',
      documentation: '',
      range,
      order: name.toLowerCase(),
    };
  });
}

/** Properties that decide targets, and what they are for. */
const declarable: Readonly<Record<string, string>> = {
  TargetFrameworkVersion: 'Target of a legacy project, as `v4.6.2`.',
  TargetFramework: 'Target of an SDK-style project, as `net462`.',
  TargetFrameworks: 'Targets of an SDK-style project, separated by semicolons.',
  TargetFrameworkProfile: 'Profile of a legacy target. Leave it empty: the Client profile ended with 4.0.',
  TargetFrameworkIdentifier: 'Platform of a legacy target, `.NETFramework` by default.',
  OutputType: 'What the project builds: `Exe`, `WinExe` or `Library`.',
  UseVSHostingProcess: 'Whether Visual Studio 2015 and older debug in a hosting process.',
  GenerateTargetFrameworkAttribute: 'Whether the assembly says its target; without it the oldest defaults count.',
};

function declarableNames(range: TextRange): Completion[] {
  return Object.entries(declarable).map(([label, documentation], index) => ({
    label,
    kind: 'property',
    detail: 'Dynamics TLS',
    documentation,
    range,
    order: String(index).padStart(2, '0'),
  }));
}

import { shortFrameworkName } from '../facts/dotnet-frameworks.ts';
import type { Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';

/** A place of a project file that still names an old target. */
export interface Mention {
  readonly at: Location;
  readonly text: string;
  /** `condition`, `declaration` of a target that does not count, or any other text. */
  readonly kind: 'condition' | 'declaration' | 'other';
}

/**
 * Texts and attributes of an MSBuild file that name one of several versions as MSBuild or NuGet spell it. Folders of
 * packages (`lib\net45`) are no mention: they name what a package was made for.
 */
export function mentionsOf(path: FilePath, text: string, versions: readonly string[]): Mention[] {
  const spellings = versions.flatMap((version) => [shortFrameworkName(version), `v${version}`]);
  if (spellings.length === 0 || !new RegExp(alternatives(spellings), 'i').test(text)) {
    return [];
  }
  const pattern = new RegExp(`(?<![\\w.])(?:${alternatives(spellings)})(?![\\w.]*\\w)`, 'gi');
  const found: Mention[] = [];
  for (const element of parseXml(text).elements()) {
    if (ignoredElements.has(element.localName)) {
      continue;
    }
    for (const { name, value, text: mapped } of element.attributes) {
      for (const match of matchesOf(pattern, value)) {
        const range = mapped.sourceRange(match.index, match.index + match[0].length);
        found.push({ at: { path, range }, text: match[0], kind: name === 'Condition' ? 'condition' : 'other' });
      }
    }
    if (element.children.length === 0) {
      const content = element.content;
      for (const match of matchesOf(pattern, content.value)) {
        const range = content.sourceRange(match.index, match.index + match[0].length);
        found.push({ at: { path, range }, text: match[0], kind: kindOf(element) });
      }
    }
  }
  return found;
}

const ignoredElements: ReadonlySet<string> = new Set(['HintPath', 'NuGetPackageImportStamp']);

function alternatives(spellings: readonly string[]): string {
  return spellings.map((spelling) => spelling.replaceAll('.', String.raw`\.`)).join('|');
}

function kindOf(element: XmlElement): Mention['kind'] {
  return /^TargetFramework(?:s|Version|Moniker)?$/i.test(element.localName) ? 'declaration' : 'other';
}

function matchesOf(pattern: RegExp, value: string): RegExpExecArray[] {
  return [...value.matchAll(pattern)].filter(
    ({ index }) =>
      !/(?:^|[\\/])(?:lib|build|buildTransitive|ref|tools|content|runtimes)[\\/]$/i.test(value.slice(0, index)),
  );
}

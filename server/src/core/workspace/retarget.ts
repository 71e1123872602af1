import { compareVersions, shortFrameworkName } from '../facts/dotnet-frameworks.ts';
import { formatMoniker, netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { FileEdits, Fix, TextEdit, TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { groupEdits } from '../text/edits.ts';
import type { TargetFramework, TargetSite } from './model.ts';

/** What {@link retargetFix} needs to know. */
export interface RetargetRequest {
  readonly site: TargetSite;
  readonly framework: TargetFramework;
  /** The version to go to, without `v`. */
  readonly goal: string;
  readonly bulk: Fix['bulk'];
  readText(path: FilePath): string | undefined;
}

/** The fix that raises one declaration to the goal, or nothing where the place cannot be edited safely. */
export function retargetFix(request: RetargetRequest): Fix[] {
  const { site, framework, goal } = request;
  const text = request.readText(site.path);
  if (!site.isEditable || text === undefined || compareVersions(framework.version, goal) >= 0) {
    return [];
  }
  const changes: FileEdits[] = [{ path: site.path, edits: [siteEdit(text, site, goal)] }];
  for (const { path, range } of site.obsolete) {
    const other = request.readText(path);
    if (other !== undefined) {
      changes.push({ path, edits: [{ range: wholeLine(other, range), newText: '' }] });
    }
  }
  const changesRuntime = compareVersions(framework.version, '4.0') < 0;
  return [
    {
      title: {
        key: changesRuntime ? 'retarget-to-clr-4' : 'retarget',
        template: changesRuntime
          ? 'Retarget to .NET Framework {goal} (runs on CLR 4 instead of CLR 2)'
          : 'Retarget to .NET Framework {goal}',
        values: { goal },
      },
      isPreferred: true,
      bulk: request.bulk,
      changes: groupEdits(changes),
      claims: [{ path: site.path, range: site.list }],
    },
  ];
}

/** The edit of the deciding text. A token that the list has already is removed rather than written twice. */
export function siteEdit(text: string, site: TargetSite, goal: string): TextEdit {
  const { range, form } = site;
  if (form === 'version') {
    return { range, newText: `v${goal}` };
  }
  if (form === 'moniker') {
    return { range, newText: formatMoniker({ identifier: netFramework, version: goal, profile: '' }) };
  }
  const others = form === 'token' ? otherTokens(text, site) : [];
  const hasGoal = others.some((token) => isFramework(token, goal));
  return hasGoal
    ? { range: tokenWithSeparator(text, site), newText: '' }
    : { range, newText: shortFrameworkName(goal) };
}

/** A range and, when nothing else stands on its lines, the whole lines with their end. */
export function wholeLine(text: string, range: TextRange): TextRange {
  let start = range.start;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) {
    start--;
  }
  const isFirst = start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r';
  const rest = /[ \t]*(\r\n|\n|\r|$)/y;
  rest.lastIndex = range.end;
  return isFirst && rest.test(text) ? { start, end: rest.lastIndex } : range;
}

function otherTokens(text: string, { range, list }: TargetSite): string[] {
  return [...text.slice(list.start, range.start).split(';'), ...text.slice(range.end, list.end).split(';')]
    .map((token) => token.trim())
    .filter((token) => token !== '');
}

function isFramework(token: string, version: string): boolean {
  const name = parseFrameworkName(token);
  return name?.identifier === netFramework && name.profile === '' && compareVersions(name.version, version) === 0;
}

/** The token with the separator and the blanks that belong to it, so that the rest of the list keeps its shape. */
function tokenWithSeparator(text: string, { range, list }: TargetSite): TextRange {
  const behind = /\s*;\s*/y;
  behind.lastIndex = range.end;
  const following = behind.exec(text);
  if (following && behind.lastIndex < list.end) {
    return { start: range.start, end: behind.lastIndex };
  }
  const before = text.slice(list.start, range.start);
  const separator = before.lastIndexOf(';');
  const end = following ? range.end + following[0].indexOf(';') + 1 : range.end;
  return separator < 0
    ? { start: range.start, end }
    : { start: list.start + separator, end: following ? end - 1 : end };
}

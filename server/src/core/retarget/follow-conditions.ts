import { compareVersions, shortFrameworkName, versionParts } from '../facts/dotnet-frameworks.ts';
import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { Location, TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { ProjectModel } from '../workspace/model.ts';
import { raisedMoniker } from '../workspace/retarget.ts';
import { parseXml, type XmlAttribute } from '../xml/index.ts';
import type { ProposedChange, RetargetEdit } from './model.ts';
import { isBelow, nameOf } from './select-projects.ts';

/** What happened to the targets of the projects that read a file. */
export interface ReaderHistory {
  readonly before: ProjectModel;
  readonly after: ProjectModel;
}

/** A condition that compares with a target that is gone and could not be followed. */
export interface LooseCondition {
  readonly at: Location;
  readonly condition: string;
  readonly because: string;
}

export interface FollowedConditions {
  readonly change: ProposedChange | undefined;
  readonly loose: readonly LooseCondition[];
}

/**
 * Comparisons with a raised target, such as `'$(TargetFramework)' == 'net452'`, get the new one, so that they hold for
 * the same builds as before. Where that would be another meaning (a project still has the old target, or had the new
 * one before), they stay and are named.
 */
export function followConditions(
  path: FilePath,
  text: string,
  readers: readonly ReaderHistory[],
  goal: string,
): FollowedConditions {
  const comparisons = findComparisons(text);
  const comparesWithGoal = new Set(
    comparisons.filter(({ version }) => compareVersions(version, goal) === 0).map(({ property }) => property),
  );
  const edits: RetargetEdit[] = [];
  const loose: LooseCondition[] = [];
  for (const comparison of comparisons) {
    if (!readers.some((reader) => isGone(reader, comparison.version, goal))) {
      continue;
    }
    const because = reasonToStay(comparison, readers, goal, comparesWithGoal.has(comparison.property));
    if (because === undefined) {
      edits.push({ range: comparison.range, newText: rewrite(comparison, goal), kind: 'condition' });
    } else {
      loose.push({ at: { path, range: comparison.range }, condition: comparison.condition, because });
    }
  }
  return { change: edits.length > 0 ? { path, edits } : undefined, loose };
}

interface Comparison {
  readonly property: 'targetframework' | 'targetframeworkversion' | 'targetframeworkmoniker';
  /** Without `v`. */
  readonly version: string;
  readonly literal: string;
  readonly range: TextRange;
  /** The whole condition. */
  readonly condition: string;
}

function reasonToStay(
  { version }: Comparison,
  readers: readonly ReaderHistory[],
  goal: string,
  comparesWithGoal: boolean,
): string | undefined {
  const keeper = readers.find(({ after }) => hasVersion(after, version));
  if (keeper) {
    return `${nameOf(keeper.after.path)} still has that target`;
  }
  const earlier = readers.find(({ before }) => hasVersion(before, goal));
  if (earlier) {
    return `${nameOf(earlier.before.path)} had ${goal} before, and would get what was meant for ${version}`;
  }
  if (comparesWithGoal) {
    return `the file has another condition for ${goal}`;
  }
  const merged = readers.find(({ before }) => lowVersions(before, goal).size > 1);
  return merged && `${nameOf(merged.before.path)} had several old targets, which are one now`;
}

function isGone({ before, after }: ReaderHistory, version: string, goal: string): boolean {
  return compareVersions(version, goal) < 0 && hasVersion(before, version) && !hasVersion(after, version);
}

function hasVersion(project: ProjectModel, version: string): boolean {
  return project.targets.some(
    ({ framework }) =>
      framework.known &&
      framework.value.identifier === netFramework &&
      compareVersions(framework.value.version, version) === 0,
  );
}

function lowVersions(project: ProjectModel, goal: string): Set<string> {
  return new Set(
    project.targets.flatMap(({ framework }) =>
      framework.known && isBelow(framework.value, goal) ? [framework.value.version] : [],
    ),
  );
}

function rewrite({ property, literal }: Comparison, goal: string): string {
  if (property === 'targetframework') {
    return shortFrameworkName(goal);
  }
  return property === 'targetframeworkversion'
    ? `${/^v/i.exec(literal)?.[0] ?? ''}${goal}`
    : raisedMoniker(literal, goal);
}

function findComparisons(text: string): Comparison[] {
  if (!/\bCondition\b/.test(text)) {
    return [];
  }
  const found: Comparison[] = [];
  for (const element of parseXml(text).elements()) {
    const condition = element.attribute('Condition');
    if (condition?.valueRange && /\$\(TargetFramework(?:Version|Moniker)?\)/i.test(condition.value)) {
      found.push(...comparisonsIn(condition));
    }
  }
  return found;
}

/** `'...' == '...'` and `!=`, with the property on either side, alone or as one part of `'$(A)|$(B)' == 'a|b'`. */
const equality = /'([^']*)'\s*(?:==|!=)\s*'([^']*)'/g;

function comparisonsIn(condition: XmlAttribute): Comparison[] {
  const found: Comparison[] = [];
  for (const match of condition.value.matchAll(equality)) {
    const [whole, left = '', right = ''] = match;
    const leftStart = match.index + 1;
    const rightStart = match.index + whole.length - 1 - right.length;
    found.push(...pairUp(condition, left, right, rightStart), ...pairUp(condition, right, left, leftStart));
  }
  return found;
}

function pairUp(condition: XmlAttribute, properties: string, literals: string, start: number): Comparison[] {
  const names = properties.split('|');
  const values = literals.split('|');
  if (names.length !== values.length) {
    return [];
  }
  let position = start;
  return names.flatMap((name, index) => {
    const value = values[index] ?? '';
    const from = position + value.length - value.trimStart().length;
    position += value.length + 1;
    const literal = value.trim();
    const property = /^\s*\$\((TargetFramework(?:Version|Moniker)?)\)\s*$/i.exec(name)?.[1]?.toLowerCase();
    const version = property && versionOf(property, literal);
    return property && version !== undefined && version !== ''
      ? {
          property: property as Comparison['property'],
          version,
          literal,
          range: condition.text.sourceRange(from, from + literal.length),
          condition: condition.value.trim(),
        }
      : [];
  });
}

function versionOf(property: string, literal: string): string | undefined {
  if (property === 'targetframeworkversion') {
    return versionParts(literal)?.join('.');
  }
  const name = parseFrameworkName(literal);
  return name?.identifier === netFramework ? name.version : undefined;
}

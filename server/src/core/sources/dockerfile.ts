import type { TextRange } from '../model/finding.ts';

/** A `FROM` of a Dockerfile. */
export interface DockerStage {
  /** The reference with its variables replaced; undefined where one has no default, or comes from the command line. */
  readonly image: string | undefined;
  /** The reference as written. */
  readonly imageRange: TextRange;
  /** The name behind `AS`, in lower case. */
  readonly name: string | undefined;
  /** The default of the one variable that the whole tag, or the whole reference, consists of. */
  readonly argument:
    | { readonly value: string; readonly range: TextRange; readonly isWholeReference: boolean }
    | undefined;
}

/**
 * The stages of a Dockerfile, in order. Comments, continued lines, the `escape` directive, `ARG` before the first
 * `FROM`, `--platform` and letter case are understood; nothing is thrown.
 * Source: https://docs.docker.com/reference/dockerfile/
 */
export function readDockerStages(text: string): DockerStage[] {
  const escapeSign =
    /^(?:\uFEFF)?(?:[ \t]*#[ \t]*(?:syntax|check)[ \t]*=.*\r?\n)*[ \t]*#[ \t]*escape[ \t]*=[ \t]*`/i.test(text)
      ? '`'
      : '\\';
  const variables = new Map<string, Argument>();
  const stages: DockerStage[] = [];
  for (const { words } of instructions(text, escapeSign)) {
    const keyword = words[0]?.text.toUpperCase();
    if (keyword === 'ARG' && stages.length === 0) {
      for (const word of words.slice(1)) {
        readArgument(word, variables);
      }
    } else if (keyword === 'FROM') {
      const [image, as, name] = words.slice(1).filter((word) => !word.text.startsWith('--'));
      if (image) {
        stages.push({
          image: expand(image.text, variables),
          imageRange: image.range,
          name: as?.text.toUpperCase() === 'AS' ? name?.text.toLowerCase() : undefined,
          argument: onlyArgument(image.text, variables),
        });
      }
    }
  }
  return stages;
}

/** The stage whose image the built image consists of: the last one, or the one that it is made from. */
export function decidingStage(stages: readonly DockerStage[]): DockerStage | undefined {
  let index = stages.length - 1;
  for (;;) {
    const stage = stages[index];
    const base = stages
      .slice(0, Math.max(index, 0))
      .findLastIndex(({ name }) => name && name === stage?.image?.toLowerCase());
    if (base < 0) {
      return stage;
    }
    index = base;
  }
}

interface Word {
  readonly text: string;
  readonly range: TextRange;
}

/** Instructions with their words; a heredoc's lines are taken for instructions that nobody knows. */
function* instructions(text: string, escapeSign: string): Generator<{ words: Word[] }> {
  let words: Word[] = [];
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    if (/^\s*#/.test(line[0])) {
      continue;
    }
    const content = line[0].trimEnd();
    const isContinued = content.endsWith(escapeSign);
    const own = isContinued ? content.slice(0, -1) : content;
    for (const match of own.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
      const start = line.index + match.index;
      words.push({ text: match[0], range: { start, end: start + match[0].length } });
    }
    if (!isContinued) {
      yield { words };
      words = [];
    }
  }
  yield { words };
}

interface Argument {
  readonly value: string;
  readonly range: TextRange;
}

function readArgument({ text, range }: Word, variables: Map<string, Argument>): void {
  const match = /^(\w+)=(["']?)(.*)\2$/s.exec(text);
  if (match?.[1]) {
    const start = range.start + match[1].length + 1 + (match[2]?.length ?? 0);
    const value = match[3] ?? '';
    variables.set(match[1], { value, range: { start, end: start + value.length } });
  }
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`; everything else stays unknown. */
const reference = /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g;

function expand(text: string, variables: ReadonlyMap<string, Argument>): string | undefined {
  let isKnown = true;
  const expanded = text.replace(/^(["'])(.*)\1$/, '$2').replace(reference, (_, plain, braced, fallback) => {
    const value = variables.get(plain ?? braced)?.value || fallback;
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown && !expanded.includes('$') ? expanded : undefined;
}

function onlyArgument(text: string, variables: ReadonlyMap<string, Argument>): DockerStage['argument'] {
  const match = /^(?:[^$]*:)?\$(?:(\w+)|\{(\w+)\})$/.exec(text);
  const argument = match && variables.get(match[1] ?? match[2] ?? '');
  return argument ? { ...argument, isWholeReference: text.startsWith('$') } : undefined;
}

/**
 * Where a value comes from: the literal text behind a chain of property references, and the source range of any part of
 * it.
 */
import type { TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { unescapeText } from './escapes.ts';
import type { Write } from './evaluation-state.ts';

/** A piece of a value with the place of its literal text. */
export interface Segment {
  readonly text: string;
  /** The write whose own text this is. */
  readonly write: Write | undefined;
  /** From the outermost property to the one with the text. */
  readonly chain: readonly Write[];
  /** Source range of a part of the text; undefined for built-in and global values. */
  rangeOf(from: number, to: number): TextRange | undefined;
}

const maximumDepth = 20;

/** The pieces that a written value consists of; undefined when the value is not known or cannot be taken apart. */
export function segmentsOf(write: Write, chain: readonly Write[] = []): Segment[] | undefined {
  const ownChain = [...chain, write];
  if (typeof write.value !== 'string') {
    return undefined;
  }
  if (ownChain.length > maximumDepth) {
    // Nobody follows a longer chain; its near end is a place as well.
    return callResult(write, ownChain);
  }
  const { statement } = write;
  if (!statement) {
    return [opaque(unescapeText(write.value), write, ownChain)];
  }
  const segments: Segment[] = [];
  let nextSource = 0;
  for (const part of statement.value.parts) {
    if (part.kind === 'text') {
      segments.push(literal(part.text, part.start, write, ownChain));
    } else if (part.kind === 'property') {
      // A property that nobody wrote has no source, and gives nothing.
      const index = write.sources.findIndex((source, i) => i >= nextSource && source.key === part.key);
      const inner = index < 0 ? [] : segmentsOf(write.sources[index] as Write, ownChain);
      if (!inner) {
        return undefined;
      }
      nextSource = index < 0 ? nextSource : index + 1;
      segments.push(...inner);
    } else {
      return callResult(write, ownChain);
    }
  }
  return segments;
}

function literal(text: string, start: number, write: Write, chain: readonly Write[]): Segment {
  const mapped = write.statement?.text;
  const isPlain = !text.includes('%');
  return {
    text: unescapeText(text),
    write,
    chain,
    rangeOf: (from, to) => {
      if (!mapped) {
        return write.statement?.element?.innerRange;
      }
      return isPlain ? mapped.sourceRange(start + from, start + to) : mapped.sourceRange(start, start + text.length);
    },
  };
}

function opaque(text: string, write: Write, chain: readonly Write[]): Segment {
  return { text, write, chain, rangeOf: () => undefined };
}

/** The result of a function: the whole value stands for it. */
function callResult(write: Write, chain: readonly Write[]): Segment[] {
  const range = write.statement?.element?.innerRange;
  return [{ text: unescapeText(write.value as string), write, chain, rangeOf: () => range }];
}

/** The write that a person would change: built-in values are followed to the property that they are made of. */
export function decidingWrite(write: Write): Write {
  let current = write;
  for (let depth = 0; depth < maximumDepth && current.origin === 'built-in'; depth++) {
    const source = current.sources.at(-1);
    if (!source) {
      break;
    }
    current = source;
  }
  return current;
}

/** Path and range of the file that a write stands in. */
export function pathOf(write: Write): FilePath | undefined {
  return write.file?.document ? write.file.path : undefined;
}

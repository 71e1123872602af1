import type { Finding } from '../model/finding.ts';
import { hashText } from '../text/hash.ts';
import { LineIndex } from '../text/lines.ts';

/** What a finding is recognised by when lines have moved. Texts are hashed: a line may hold a password. */
export interface Fingerprint {
  readonly rule: string;
  /** Of the line that the finding begins on, without indentation. */
  readonly line: string;
  /** Of the lines with content before and after it. */
  readonly around: string;
}

/** Lines with content that count on each side. */
const neighbours = 2;

/** Fingerprints the findings of one file. The number of a line plays no part. */
export class Fingerprinter {
  readonly #lines: LineIndex;

  constructor(text: string) {
    this.#lines = new LineIndex(text);
  }

  fingerprint({ rule, range }: Pick<Finding, 'rule' | 'range'>): Fingerprint {
    if (range.end === 0) {
      // About the file as a whole, which may be no text at all.
      return { rule, line: hashText(''), around: hashText('') };
    }
    const { line } = this.#lines.positionAt(range.start);
    const around = [...this.#contentFrom(line, -1).reverse(), '', ...this.#contentFrom(line, 1)];
    return { rule, line: hashText(this.#normalLine(line)), around: hashText(around.join('\n')) };
  }

  #contentFrom(line: number, step: 1 | -1): string[] {
    const found: string[] = [];
    for (let i = line + step; i >= 0 && i < this.#lines.lineCount && found.length < neighbours; i += step) {
      const text = this.#normalLine(i);
      if (text !== '') {
        found.push(text);
      }
    }
    return found;
  }

  /** Indentation and the width of blanks are layout. */
  #normalLine(line: number): string {
    return this.#lines.lineText(line).trim().replace(/\s+/g, ' ');
  }
}

/** The fingerprint of a finding as one word, for reports that keep it: with its file, and which of several equal ones. */
export function fingerprintWord(file: string, { rule, line, around }: Fingerprint, index: number): string {
  return `${hashText([file, rule, line, around].join('\n'))}:${index + 1}`;
}

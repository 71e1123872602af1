/** One physical line of a log, as a person would read it. */
export interface LogLine {
  /** Counted from 1. */
  readonly number: number;
  /** Without colours, time stamp, level and the name of the source. */
  readonly text: string;
  /** True where a time stamp, a level or a source began the line: a new record of the log. */
  readonly isRecord: boolean;
}

/** A line that is longer goes on in pieces: a file without line ends must not fill the memory. */
const maximalLine = 32_768;
/** What two pieces of a long line have in common, so that no sentence is cut. */
const overlap = 512;

/** Cuts a text that arrives in chunks into lines: CRLF, LF and CR, also when a chunk ends between CR and LF. */
export class LineSplitter {
  #rest = '';
  #number = 0;
  #isMiddleOfLine = false;
  readonly #take: (line: string, number: number) => void;

  constructor(take: (line: string, number: number) => void) {
    this.#take = take;
  }

  /** Lines so far. */
  get lines(): number {
    return this.#number;
  }

  /** Units that are kept until more text arrives; never above the longest line plus one chunk. */
  get kept(): number {
    return this.#rest.length;
  }

  push(chunk: string): void {
    const text = this.#rest + chunk;
    let from = 0;
    const pattern = /\r\n|\n|\r(?!$)/g;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      this.#emit(text.slice(from, match.index));
      this.#isMiddleOfLine = false;
      from = pattern.lastIndex;
    }
    this.#rest = text.slice(from);
    while (this.#rest.length > maximalLine) {
      this.#emit(this.#rest.slice(0, maximalLine));
      this.#isMiddleOfLine = true;
      this.#rest = this.#rest.slice(maximalLine - overlap);
    }
  }

  end(): void {
    if (this.#rest !== '') {
      this.#emit(this.#rest.replace(/\r$/, ''));
    }
    this.#rest = '';
  }

  #emit(line: string): void {
    if (!this.#isMiddleOfLine) {
      this.#number++;
    }
    // A line without end is also cut when it arrives in one chunk.
    for (let from = 0; from === 0 || from + overlap < line.length; from += maximalLine - overlap) {
      this.#take(line.slice(from, from + maximalLine), this.#number);
    }
  }
}

const colours = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)/g;

/** Quotation marks of mail and forums, and the bar that PowerShell 7 draws beside an error. */
const quotation = /^(?:\s*[|>](?![|>])\s?)+/;

const level =
  '(?:TRACE|TRCE|DEBUG|DBUG|DBG|VERBOSE|VRB|INFO(?:RMATION)?|INF|WARN(?:ING)?|WRN|ERROR|ERR|FAIL|FATAL|FTL|CRIT(?:ICAL)?)';
const time = String.raw`\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s?[AaPp]\.?[Mm]\.?)?`;
const date = [
  String.raw`\d{4}[-/.]\d\d?[-/.]\d\d?`,
  String.raw`\d{1,2}[./-]\d{1,2}[./-]\d{2,4}`,
  String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* {1,2}\d{1,2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)(?:,? \d{4})?`,
].join('|');
const stamp = new RegExp(
  String.raw`^\s*[[(<]?(?:(?:${date})(?:[T, ]{1,2}${time})?|${time.replace('(?::', '(?::')})(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?[\])>]?(?=[\s|,;:\-[(]|$)[\s|,;:\-]{0,3}`,
);
const levelAhead = new RegExp(
  String.raw`^(?:\[[^\]\r\n]{1,60}\][\s|:\-]{0,3}){0,3}(?:\[${level}\]|${level}(?=[\s|:\]]))[\s|:\-]{0,3}(?:\[[^\]\r\n]{1,60}\][\s|:\-]{0,3}){0,2}`,
);
const levelAlone = new RegExp(
  String.raw`^\s*(?:\[${level}\]|${level}[:|]|(?:fail|warn|info|crit|dbug|trce):)\s+(?=\S)`,
);
/** Trace listeners write `Source Error: 2 : text`; those of the XRM tooling also `Source<tab>Error<tab>2<tab>time  text`. */
const traceSource =
  /^\s*[A-Za-z_][\w.]{2,120}(?: (?:Critical|Error|Warning|Information|Verbose|Start|Stop): \d+ : |\t(?:Critical|Error|Warning|Information|Verbose|Start|Stop)\t\d+\t)/;

/** What stands in a raw line besides colours, quotation, time stamp, level and source. */
export function cleanLine(raw: string, number: number): LogLine {
  // Zeros are left over when text in UTF-16 was read as something else.
  const plain = withoutEscapes(raw)
    .replace(colours, '')
    .replace(/\0|^\ufeff/g, '')
    .replace(quotation, '');
  let text = plain;
  let isRecord = false;
  const stamped = stamp.exec(text);
  if (stamped) {
    text = text.slice(stamped[0].length);
    isRecord = true;
    text = text.slice(levelAhead.exec(text)?.[0].length ?? 0);
  } else {
    const leveled = levelAlone.exec(text);
    if (leveled) {
      text = text.slice(leveled[0].length);
      isRecord = true;
    }
  }
  const traced = traceSource.exec(text);
  if (traced) {
    text = text.slice(traced[0].length);
    text = text.slice(stamp.exec(text)?.[0].length ?? 0);
    isRecord = true;
  }
  return { number, text, isRecord };
}

/** Line ends and signs of sentences as JSON and XML spell them; a lone `\\n` may be part of a path and stays. */
function withoutEscapes(text: string): string {
  return /[\\&]/.test(text)
    ? text
        .replace(/(?:\\r\\n|&#(?:10|13|x[AD]);)+/gi, ' ')
        .replace(/\\\//g, '/')
        .replace(/\\u0027/g, "'")
        .replace(/&gt;/g, '>')
    : text;
}

/** A line of a stack trace, in any of the languages in which .NET writes them. */
export function isFrame(text: string): boolean {
  return /^\s*(?:at|bei|à|em|en|in|a|в|w|在|場所|위치:)\s+[\w$<>.`]+[.(][^\s]*/.test(text) || /^\s*File "/.test(text);
}

/** Lines that continue an error although a time stamp may stand before them. */
export function isContinuation(text: string): boolean {
  return (
    /^\s*(?:-{3,}|==>|Inner ?Exception|Caused by:|\.{3} \d+ more|StackTrace|Stack Trace|(?:Source|Method|Date|Time|Error)\s?:\s|\+ )/.test(
      text,
    ) || isFrame(text)
  );
}

/** The line with which .NET ends the frames of an inner exception, in any language; not that of a re-thrown one. */
export function isEndOfInner(text: string): boolean {
  return /^\s*---(?!>)\s*[^-\s].*---\s*$/.test(text) && /inn?er|intern|внутренн|内部|내부/i.test(text);
}

/** The number of the exception that begins here in the logs of the XRM tooling, or undefined. */
export function exceptionLevel(text: string): number | undefined {
  const level = /^[\s=-]*Inner Exception Level (\d{1,4})\b/i.exec(text)?.[1];
  return level === undefined ? undefined : Number(level);
}

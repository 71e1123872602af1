import type { XmlNodeKind, XmlProblemKind, XmlSink } from './scanner.ts';
import { attributeWidth, elementWidth, Field, Flag, nodeWidth, roomFor, type Tables } from './tables.ts';

/** Where the syntax is wrong. Everything outside the damaged tag is still in the tree. */
export interface XmlProblem {
  readonly kind: XmlProblemKind;
  readonly offset: number;
}

/** More problems than this help nobody. */
export const maximumProblems = 100;

/** Builds the tables of a document while the scanner reads it, and repairs what a typing error broke. */
export class TreeBuilder implements XmlSink {
  readonly #text: string;
  readonly #tables: Tables;
  readonly #open: number[] = [];
  readonly #problems: XmlProblem[] = [];
  /** Elements that were ended by somebody else's closing tag or by the end of the text. */
  readonly #unclosed = new Set<number>();

  constructor(text: string) {
    this.#text = text;
    this.#tables = borrowTables();
  }

  openTag(nameStart: number, nameEnd: number): void {
    const tables = this.#tables;
    tables.elements = roomFor(tables.elements, (tables.elementCount + 1) * elementWidth);
    const parent = this.#open.at(-1) ?? -1;
    const row = tables.elementCount * elementWidth;
    const elements = tables.elements;
    elements[row + Field.nameStart] = nameStart;
    elements[row + Field.nameEnd] = nameEnd;
    elements[row + Field.openEnd] = nameEnd;
    elements[row + Field.closeStart] = -1;
    elements[row + Field.end] = -1;
    elements[row + Field.parent] = parent;
    elements[row + Field.firstAttribute] = tables.attributeCount;
    elements[row + Field.flags] = 0;
    this.#open.push(tables.elementCount++);
  }

  attribute(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number, quote: number): void {
    const tables = this.#tables;
    tables.attributes = roomFor(tables.attributes, (tables.attributeCount + 1) * attributeWidth);
    const row = tables.attributeCount * attributeWidth;
    tables.attributes[row] = nameStart;
    tables.attributes[row + 1] = nameEnd;
    tables.attributes[row + 2] = valueStart;
    tables.attributes[row + 3] = valueEnd;
    tables.attributes[row + 4] = quote;
    tables.attributeCount++;
  }

  endTag(end: number, isSelfClosing: boolean, isComplete: boolean): void {
    const index = this.#open.at(-1) as number;
    this.#set(index, Field.openEnd, end);
    this.#set(index, Field.flags, (isSelfClosing ? Flag.selfClosing : 0) | (isComplete ? 0 : Flag.halfTag));
    if (isSelfClosing) {
      this.#set(index, Field.end, end);
      this.#open.pop();
    }
  }

  closeTag(start: number, nameStart: number, nameEnd: number, end: number): void {
    const depth = this.#findOpen(nameStart, nameEnd);
    if (depth < 0) {
      this.problem('unmatched-close-tag', start);
      return;
    }
    for (let i = depth + 1; i < this.#open.length; i++) {
      this.#leaveUnclosed(this.#open[i] as number, start);
    }
    const index = this.#open[depth] as number;
    this.#set(index, Field.closeStart, start);
    this.#set(index, Field.end, end);
    this.#open.length = depth;
  }

  node(kind: XmlNodeKind, start: number, end: number): void {
    const tables = this.#tables;
    tables.nodes = roomFor(tables.nodes, (tables.nodeCount + 1) * nodeWidth);
    const row = tables.nodeCount * nodeWidth;
    tables.nodes[row] = kind;
    tables.nodes[row + 1] = start;
    tables.nodes[row + 2] = end;
    tables.nodes[row + 3] = this.#open.at(-1) ?? -1;
    tables.nodeCount++;
  }

  problem(kind: XmlProblemKind, offset: number): void {
    if (this.#problems.length < maximumProblems) {
      this.#problems.push({ kind, offset });
    }
  }

  finish(): { tables: Tables; problems: readonly XmlProblem[] } {
    for (const index of this.#open) {
      this.#leaveUnclosed(index, this.#text.length);
    }
    if (this.#unclosed.size > 0) {
      repairTree(this.#text, this.#tables, this.#unclosed);
    }
    const tables = fitTables(this.#tables);
    giveBack(this.#tables);
    return { tables, problems: this.#problems };
  }

  /** Position in the stack of the element that a closing tag means. The search is capped: stray tags stay linear. */
  #findOpen(nameStart: number, nameEnd: number): number {
    const length = nameEnd - nameStart;
    const lowest = Math.max(0, this.#open.length - 1000);
    for (let depth = this.#open.length - 1; depth >= lowest; depth--) {
      const row = (this.#open[depth] as number) * elementWidth;
      const start = this.#tables.elements[row + Field.nameStart] as number;
      const end = this.#tables.elements[row + Field.nameEnd] as number;
      if (end - start === length && this.#isSameName(start, nameStart, length)) {
        return depth;
      }
    }
    return -1;
  }

  #isSameName(a: number, b: number, length: number): boolean {
    for (let i = 0; i < length; i++) {
      if (this.#text.charCodeAt(a + i) !== this.#text.charCodeAt(b + i)) {
        return false;
      }
    }
    return true;
  }

  #leaveUnclosed(index: number, end: number): void {
    this.#set(index, Field.end, end);
    this.#unclosed.add(index);
    this.problem('element-not-closed', (this.#tables.elements[index * elementWidth] as number) - 1);
  }

  #set(index: number, field: number, value: number): void {
    this.#tables.elements[index * elementWidth + field] = value;
  }
}

/** Tables that were used before, so that most documents are built without growing any; at most one set waits here. */
let spare: Tables | undefined;
/** Larger tables than these are not kept. */
const maximumSpare = 1 << 18;

function borrowTables(): Tables {
  const tables = spare ?? {
    elements: new Int32Array(512 * elementWidth),
    elementCount: 0,
    attributes: new Int32Array(512 * attributeWidth),
    attributeCount: 0,
    nodes: new Int32Array(1024 * nodeWidth),
    nodeCount: 0,
  };
  spare = undefined;
  return tables;
}

/** The same tables, as small as their rows allow: a workspace keeps thousands of them. */
function fitTables(tables: Tables): Tables {
  return {
    ...tables,
    elements: tables.elements.slice(0, tables.elementCount * elementWidth),
    attributes: tables.attributes.slice(0, tables.attributeCount * attributeWidth),
    nodes: tables.nodes.slice(0, tables.nodeCount * nodeWidth),
  };
}

function giveBack(tables: Tables): void {
  if (tables.elements.length + tables.attributes.length + tables.nodes.length <= maximumSpare) {
    spare = { ...tables, elementCount: 0, attributeCount: 0, nodeCount: 0 };
  }
}

/**
 * Repairs the parents after a typing error: an element that nobody closed ends before the first child that does not
 * stand to its right, and has no children at all when its own tag never ended. So the rest of a file keeps its meaning
 * while somebody types in the middle of it. Runs only when something was left open.
 */
function repairTree(text: string, tables: Tables, unclosed: ReadonlySet<number>): void {
  const columns = new Map<number, number>();
  const ended = new Set<number>();
  for (let index = 0; index < tables.elementCount; index++) {
    const row = index * elementWidth;
    const start = (tables.elements[row] as number) - 1;
    let parent = tables.elements[row + Field.parent] as number;
    for (let climbed = 0; climbed < 64 && parent >= 0 && unclosed.has(parent); climbed++) {
      if (!ended.has(parent) && !endsBefore(text, tables, parent, index, columns)) {
        break;
      }
      if (!ended.has(parent)) {
        ended.add(parent);
        tables.elements[parent * elementWidth + Field.end] = start;
      }
      parent = tables.elements[parent * elementWidth + Field.parent] as number;
    }
    tables.elements[row + Field.parent] = parent;
  }
}

function endsBefore(
  text: string,
  tables: Tables,
  parent: number,
  child: number,
  columns: Map<number, number>,
): boolean {
  const isHalf = ((tables.elements[parent * elementWidth + Field.flags] as number) & Flag.halfTag) !== 0;
  if (isHalf) {
    return true;
  }
  const column = indentation(text, tables, child, columns);
  const parentColumn = indentation(text, tables, parent, columns);
  return column >= 0 && parentColumn >= 0 && column <= parentColumn;
}

/** The column of a tag that is the first on its line, else -1. */
function indentation(text: string, tables: Tables, index: number, cache: Map<number, number>): number {
  const cached = cache.get(index);
  if (cached !== undefined) {
    return cached;
  }
  const tag = (tables.elements[index * elementWidth] as number) - 1;
  let start = tag;
  while (start > 0 && (text.charCodeAt(start - 1) === 32 || text.charCodeAt(start - 1) === 9)) {
    start--;
  }
  const isFirst = start === 0 || text.charCodeAt(start - 1) === 10 || text.charCodeAt(start - 1) === 13;
  const column = isFirst ? tag - start : -1;
  cache.set(index, column);
  return column;
}

import type { TextRange } from '../model/finding.ts';
import { decodeEntities, MappedText, type MappedUnit } from './entities.ts';
import { scanXml, XmlNodeKind, type XmlProblemKind, type XmlSink } from './scanner.ts';

/** Where the syntax is wrong. Everything outside the damaged tag is still in the tree. */
export interface XmlProblem {
  readonly kind: XmlProblemKind;
  readonly offset: number;
}

/** An attribute with the ranges of its parts. */
export interface XmlAttribute {
  readonly name: string;
  readonly nameRange: TextRange;
  /** Without the quotes; undefined for a name without a value. */
  readonly valueRange: TextRange | undefined;
  /** `"`, `'`, or an empty string for a value without quotes. */
  readonly quote: string;
  /** The decoded value (empty when there is none). */
  readonly value: string;
  /** The decoded value with the way back to the source. */
  readonly text: MappedText;
}

/** Text, comment, CDATA, processing instruction or document type. */
export interface XmlNode {
  readonly kind: XmlNodeKind;
  readonly range: TextRange;
}

/** Parses a text. Never throws; linear in its length; a byte order mark counts as one unit. */
export function parseXml(text: string): XmlDocument {
  const builder = new TreeBuilder(text);
  scanXml(text, builder);
  return builder.finish();
}

/** A parsed document: flat tables of numbers, from which elements are made when somebody asks for them. */
export class XmlDocument {
  readonly text: string;
  /** The first problems, at most {@link maximumProblems}. */
  readonly problems: readonly XmlProblem[];
  readonly #tables: Tables;
  readonly #elements: (XmlElement | undefined)[];
  #children: Groups | undefined;
  #nodes: Groups | undefined;

  constructor(text: string, tables: Tables, problems: readonly XmlProblem[]) {
    this.text = text;
    this.problems = problems;
    this.#tables = tables;
    this.#elements = new Array(tables.elementCount);
  }

  get elementCount(): number {
    return this.#tables.elementCount;
  }

  /** Elements that stand in no other element; one in a well-formed document. */
  get roots(): readonly XmlElement[] {
    return this.childrenOf(-1);
  }

  /** The first element that stands in no other one. */
  get root(): XmlElement | undefined {
    return this.roots[0];
  }

  /** All elements in the order of their tags. */
  *elements(): Generator<XmlElement> {
    for (let index = 0; index < this.elementCount; index++) {
      yield this.element(index);
    }
  }

  /** Comments, in order. */
  *comments(): Generator<XmlNode> {
    for (let i = 0; i < this.#tables.nodeCount; i++) {
      const node = this.nodeAt(i);
      if (node.kind === XmlNodeKind.comment) {
        yield node;
      }
    }
  }

  /** The innermost element whose tags enclose an offset. */
  elementAt(offset: number): XmlElement | undefined {
    let found: XmlElement | undefined;
    let low = 0;
    let high = this.elementCount - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const element = this.element(middle);
      if (element.range.start <= offset) {
        found = element;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    while (found && found.range.end < offset) {
      found = found.parent;
    }
    return found;
  }

  /** @internal */
  element(index: number): XmlElement {
    const existing = this.#elements[index];
    if (existing) {
      return existing;
    }
    const element = new XmlElement(this, this.#tables, index);
    this.#elements[index] = element;
    return element;
  }

  /** @internal Children of an element, or the roots for -1. */
  childrenOf(parent: number): XmlElement[] {
    const { elements, elementCount } = this.#tables;
    this.#children ??= groupByParent(elements, elementCount, elementWidth, Field.parent, elementCount);
    const members = this.#children.membersOf(parent);
    const result: XmlElement[] = new Array(members.length);
    for (let i = 0; i < members.length; i++) {
      result[i] = this.element(members[i] as number);
    }
    return result;
  }

  /** @internal Nodes that are no elements and stand directly in an element. */
  nodesOf(parent: number): XmlNode[] {
    this.#nodes ??= groupByParent(this.#tables.nodes, this.#tables.nodeCount, nodeWidth, 3, this.elementCount);
    const members = this.#nodes.membersOf(parent);
    const result: XmlNode[] = new Array(members.length);
    for (let i = 0; i < members.length; i++) {
      result[i] = this.nodeAt(members[i] as number);
    }
    return result;
  }

  /** @internal */
  nodeAt(index: number): XmlNode {
    const { nodes } = this.#tables;
    const kind = nodes[index * nodeWidth] as XmlNodeKind;
    return { kind, range: { start: nodes[index * nodeWidth + 1] ?? 0, end: nodes[index * nodeWidth + 2] ?? 0 } };
  }
}

/** One element; a view on the document's tables. */
export class XmlElement {
  readonly document: XmlDocument;
  readonly index: number;
  readonly #tables: Tables;
  #attributes: readonly XmlAttribute[] | undefined;

  constructor(document: XmlDocument, tables: Tables, index: number) {
    this.document = document;
    this.index = index;
    this.#tables = tables;
  }

  /** The name as written, with its prefix. */
  get name(): string {
    const { start, end } = this.nameRange;
    return this.document.text.slice(start, end);
  }

  /** The name without a namespace prefix. */
  get localName(): string {
    const name = this.name;
    return name.slice(name.indexOf(':') + 1);
  }

  get nameRange(): TextRange {
    return { start: this.#field(Field.nameStart), end: this.#field(Field.nameEnd) };
  }

  /** From `<` of the opening tag to behind the closing tag. */
  get range(): TextRange {
    return { start: this.#field(Field.nameStart) - 1, end: this.#field(Field.end) };
  }

  /** From `<` to behind `>` (or to where the tag broke off). */
  get openTagRange(): TextRange {
    return { start: this.#field(Field.nameStart) - 1, end: this.#field(Field.openEnd) };
  }

  /** The closing tag; undefined for `<a/>` and for an element that nobody closed. */
  get closeTagRange(): TextRange | undefined {
    const start = this.#field(Field.closeStart);
    return start < 0 ? undefined : { start, end: this.#field(Field.end) };
  }

  /** What stands between the tags; empty for `<a/>`. */
  get innerRange(): TextRange {
    const closeStart = this.#field(Field.closeStart);
    const start = this.#field(Field.openEnd);
    return { start, end: this.isSelfClosing ? start : closeStart < 0 ? this.#field(Field.end) : closeStart };
  }

  get isSelfClosing(): boolean {
    return (this.#field(Field.flags) & Flag.selfClosing) !== 0;
  }

  /** False while the opening tag has no `>`. */
  get isTagComplete(): boolean {
    return (this.#field(Field.flags) & Flag.halfTag) === 0;
  }

  /** True when the element has a closing tag, or needs none. */
  get isClosed(): boolean {
    return this.isSelfClosing || this.#field(Field.closeStart) >= 0;
  }

  get parent(): XmlElement | undefined {
    const parent = this.#field(Field.parent);
    return parent < 0 ? undefined : this.document.element(parent);
  }

  get children(): readonly XmlElement[] {
    return this.document.childrenOf(this.index);
  }

  get attributes(): readonly XmlAttribute[] {
    this.#attributes ??= this.#readAttributes();
    return this.#attributes;
  }

  /** The first attribute of a name. Names are compared exactly, or without case where `ignoreCase` is set. */
  attribute(name: string, ignoreCase = false): XmlAttribute | undefined {
    const wanted = ignoreCase ? name.toLowerCase() : name;
    return this.attributes.find((attribute) => (ignoreCase ? attribute.name.toLowerCase() : attribute.name) === wanted);
  }

  /** Text, comments, CDATA and instructions that stand directly in this element. */
  get nodes(): readonly XmlNode[] {
    return this.document.nodesOf(this.index);
  }

  /** The decoded text between the tags without comments: character data and CDATA, mapped to the source. */
  get content(): MappedText {
    const units: MappedUnit[] = [];
    const source = this.document.text;
    const runs = this.nodes.filter((node) => node.kind === XmlNodeKind.text || node.kind === XmlNodeKind.cdata);
    const [single] = runs;
    if (runs.length === 1 && single && single.kind === XmlNodeKind.text) {
      return MappedText.decode(source, single.range.start, single.range.end);
    }
    for (const { kind, range } of runs) {
      if (kind === XmlNodeKind.text) {
        units.push(...decodeEntities(source.slice(range.start, range.end), range.start));
      } else {
        const isEnded = source.startsWith(']]>', range.end - 3);
        const start = range.start + cdataHeadLength;
        const end = isEnded ? range.end - 3 : range.end;
        units.push({ text: source.slice(start, end), start, end, isEntity: false });
      }
    }
    return MappedText.join(units, this.innerRange.start);
  }

  #field(field: number): number {
    return this.#tables.elements[this.index * elementWidth + field] ?? -1;
  }

  #readAttributes(): readonly XmlAttribute[] {
    const first = this.#field(Field.firstAttribute);
    const next = (this.#tables.elements[(this.index + 1) * elementWidth + Field.firstAttribute] ?? -1) as number;
    const end = this.index + 1 < this.#tables.elementCount ? next : this.#tables.attributeCount;
    if (end === first) {
      return noAttributes;
    }
    const result: XmlAttribute[] = new Array(end - first);
    for (let i = 0; i < result.length; i++) {
      result[i] = readAttribute(this.document.text, this.#tables, first + i);
    }
    return result;
  }
}

const noAttributes: readonly XmlAttribute[] = [];
/** More problems than this help nobody. */
const maximumProblems = 100;
const cdataHeadLength = '<![CDATA['.length;

const elementWidth = 8;
const Field = {
  nameStart: 0,
  nameEnd: 1,
  openEnd: 2,
  closeStart: 3,
  end: 4,
  parent: 5,
  firstAttribute: 6,
  flags: 7,
} as const;
const Flag = { selfClosing: 1, halfTag: 2 } as const;
const attributeWidth = 5;
/** Kind, start, end, parent. */
const nodeWidth = 4;

/** Flat numbers instead of objects: a workspace has millions of them. */
interface Tables {
  elements: Int32Array;
  elementCount: number;
  attributes: Int32Array;
  attributeCount: number;
  nodes: Int32Array;
  nodeCount: number;
}

class TreeBuilder implements XmlSink {
  readonly #text: string;
  readonly #tables: Tables;
  readonly #open: number[] = [];
  readonly #problems: XmlProblem[] = [];
  /** Elements that were ended by somebody else's closing tag or by the end of the text. */
  readonly #unclosed = new Set<number>();

  constructor(text: string) {
    this.#text = text;
    this.#tables = {
      elements: new Int32Array(64 * elementWidth),
      elementCount: 0,
      attributes: new Int32Array(32 * attributeWidth),
      attributeCount: 0,
      nodes: new Int32Array(128 * nodeWidth),
      nodeCount: 0,
    };
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

  finish(): XmlDocument {
    for (const index of this.#open) {
      this.#leaveUnclosed(index, this.#text.length);
    }
    if (this.#unclosed.size > 0) {
      repairTree(this.#text, this.#tables, this.#unclosed);
    }
    return new XmlDocument(this.#text, this.#tables, this.#problems);
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

function readAttribute(text: string, tables: Tables, index: number): XmlAttribute {
  const row = index * attributeWidth;
  const { attributes } = tables;
  const nameStart = attributes[row] ?? 0;
  const nameEnd = attributes[row + 1] ?? 0;
  const valueStart = attributes[row + 2] ?? -1;
  const valueEnd = attributes[row + 3] ?? -1;
  const quote = attributes[row + 4] ?? 0;
  const mapped = valueStart < 0 ? MappedText.plain('', nameEnd) : MappedText.decode(text, valueStart, valueEnd);
  return {
    name: text.slice(nameStart, nameEnd),
    nameRange: { start: nameStart, end: nameEnd },
    valueRange: valueStart < 0 ? undefined : { start: valueStart, end: valueEnd },
    quote: quote === 0 ? '' : String.fromCharCode(quote),
    value: mapped.value,
    text: mapped,
  };
}

/** Rows of a table by their parent, in order: all of them in one array, with the start of each group. */
interface Groups {
  membersOf(parent: number): Int32Array;
}

function groupByParent(table: Int32Array, count: number, width: number, field: number, parentCount: number): Groups {
  const starts = new Int32Array(parentCount + 2);
  for (let i = 0; i < count; i++) {
    const slot = (table[i * width + field] as number) + 2;
    starts[slot] = (starts[slot] as number) + 1;
  }
  for (let slot = 1; slot < starts.length; slot++) {
    starts[slot] = (starts[slot] as number) + (starts[slot - 1] as number);
  }
  const next = starts.slice();
  const members = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const slot = (table[i * width + field] as number) + 1;
    members[next[slot] as number] = i;
    next[slot] = (next[slot] as number) + 1;
  }
  return { membersOf: (parent) => members.subarray(starts[parent + 1], starts[parent + 2]) };
}

function roomFor(table: Int32Array, length: number): Int32Array {
  if (length <= table.length) {
    return table;
  }
  const larger = new Int32Array(Math.max(table.length * 2, length));
  larger.set(table);
  return larger;
}

import type { TextRange } from '../model/finding.ts';
import { decodeEntities, MappedText, type MappedUnit } from './entities.ts';
import { scanXml, XmlNodeKind } from './scanner.ts';
import {
  attributeWidth,
  elementWidth,
  Field,
  Flag,
  type Groups,
  groupByParent,
  nodeWidth,
  type Tables,
} from './tables.ts';
import { type maximumProblems, TreeBuilder, type XmlProblem } from './tree-builder.ts';

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
  const { tables, problems } = builder.finish();
  return new XmlDocument(text, tables, problems);
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
const cdataHeadLength = '<![CDATA['.length;

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

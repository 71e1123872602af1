/** What stands between the tags of an element, as MSBuild reads it. */
import { MappedText, type XmlElement, XmlNodeKind } from '../xml/index.ts';

/**
 * The text of an element. Comments are left out; child elements make it raw markup, as does a CDATA section that does
 * not stand first. Source: Utilities.GetXmlNodeInnerContents in https://github.com/dotnet/msbuild.
 */
export function readContent(element: XmlElement): { value: string; text: MappedText | undefined } {
  const { start, end } = element.innerRange;
  const source = element.document.text;
  const nextTag = source.indexOf('<', start);
  if (nextTag < 0 || nextTag >= end) {
    return plainContent(MappedText.decode(source, start, end));
  }
  if (element.children.length > 0 || hasInnerCdata(element)) {
    return { value: source.slice(start, end), text: undefined };
  }
  return plainContent(element.content);
}

function plainContent(written: MappedText): { value: string; text: MappedText | undefined } {
  const text = written.withXmlLineEnds();
  return text.value.trim() === ''
    ? { value: '', text: MappedText.plain('', text.startOf(0)) }
    : { value: text.value, text };
}

/** True when nothing but blanks stands between the children of an element; the cheap answer for most of them. */
export function hasOnlyBlanks(source: string, element: XmlElement, children: readonly XmlElement[]): boolean {
  const { start, end } = element.innerRange;
  let position = start;
  for (const child of children) {
    const { start: childStart, end: childEnd } = child.range;
    if (!isBlank(source, position, childStart)) {
      return false;
    }
    position = childEnd;
  }
  return isBlank(source, position, end);
}

function isBlank(source: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const char = source.charCodeAt(i);
    if (char !== 32 && char !== 10 && char !== 13 && char !== 9) {
      return false;
    }
  }
  return true;
}

function hasInnerCdata(element: XmlElement): boolean {
  const { nodes } = element;
  const first = nodes[0];
  return nodes.length > 1 && first?.kind !== XmlNodeKind.cdata && nodes.some((node) => node.kind === XmlNodeKind.cdata);
}

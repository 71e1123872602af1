export { parseXml, type XmlAttribute, XmlDocument, XmlElement, type XmlNode } from './document.ts';
export { escapeXml, MappedText } from './entities.ts';
export { XmlNodeKind, type XmlProblemKind } from './scanner.ts';
export type { XmlProblem } from './tree-builder.ts';

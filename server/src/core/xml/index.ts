export { parseXml, type XmlAttribute, XmlDocument, XmlElement, type XmlNode, type XmlProblem } from './document.ts';
export { escapeXml, MappedText } from './entities.ts';
export { XmlNodeKind, type XmlProblemKind } from './scanner.ts';

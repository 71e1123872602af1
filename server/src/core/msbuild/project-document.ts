/**
 * Turns a parsed XML document into statements. Structure and refusals follow
 * https://github.com/dotnet/msbuild/blob/main/src/Build/Evaluation/ProjectParser.cs.
 */
import type { TextRange } from '../model/finding.ts';
import { type XmlAttribute, type XmlDocument, type XmlElement, XmlNodeKind } from '../xml/index.ts';
import { type Condition, parseCondition } from './condition.ts';
import { hasOnlyBlanks, readContent } from './element-content.ts';
import { type Expression, parseExpression } from './expression.ts';
import type {
  ChooseBranch,
  ConditionSource,
  GroupStatement,
  ImportStatement,
  ItemDefinitionStatement,
  ItemStatement,
  MetadataStatement,
  PropertyStatement,
  Statement,
} from './statements.ts';

/** A project file as statements. */
export interface ProjectDocument {
  readonly xml: XmlDocument;
  /** False when the root is no `Project` element, or there is none. */
  readonly isProject: boolean;
  readonly root: XmlElement | undefined;
  readonly statements: readonly Statement[];
  /** SDKs named by the `Sdk` attribute and by `Sdk` elements, in order, with versions cut off. */
  readonly sdks: readonly SdkReference[];
  /** SDKs named by `<Import Sdk="...">`. */
  readonly importedSdks: readonly SdkReference[];
  /** Lower-case names from `TreatAsLocalProperty`. */
  readonly localProperties: readonly Expression[];
  readonly problems: readonly DocumentProblem[];
}

export interface SdkReference {
  readonly name: string;
  readonly range: TextRange;
}

/** What MSBuild refuses in the file itself. */
export interface DocumentProblem {
  readonly code: string;
  readonly explanation: string;
  readonly range: TextRange;
}

const documents = new WeakMap<XmlDocument, ProjectDocument>();

/** The statements of a document; kept with it, so that several evaluations share them. */
export function readProjectDocument(xml: XmlDocument): ProjectDocument {
  const existing = documents.get(xml);
  if (existing) {
    return existing;
  }
  const document = new DocumentReader(xml).read();
  documents.set(xml, document);
  return document;
}

const msbuildNamespace = 'http://schemas.microsoft.com/developer/msbuild/2003';
/** Groups in groups beyond this depth are no project any more. */
const maximumDepth = 60;
const maximumConditionsCached = 20_000;
const conditions = new Map<string, Condition>();

/** Parses a condition, or returns the one parsed before: the same few hundred texts stand in every project. */
export function cachedCondition(text: string): Condition {
  const existing = conditions.get(text);
  if (existing) {
    return existing;
  }
  const condition = parseCondition(text);
  if (conditions.size >= maximumConditionsCached) {
    conditions.clear();
  }
  conditions.set(text, condition);
  return condition;
}

class DocumentReader {
  readonly #xml: XmlDocument;
  readonly #problems: DocumentProblem[] = [];
  readonly #sdks: SdkReference[] = [];
  readonly #importedSdks: SdkReference[] = [];

  constructor(xml: XmlDocument) {
    this.#xml = xml;
  }

  read(): ProjectDocument {
    const root = this.#xml.root;
    const isProject = root?.localName === 'Project';
    if (!root || !isProject) {
      this.#refuse('MSB4068', 'the root element is not "Project"', root?.nameRange ?? { start: 0, end: 0 });
      return this.#document(root, false, []);
    }
    this.#checkMarkup();
    this.#checkNamespace(root);
    this.#refuseText(root);
    const body: Statement[] = [];
    for (const child of root.children) {
      this.#readTopLevel(child, body);
    }
    return this.#document(root, true, this.#withSdks(root, body));
  }

  #document(root: XmlElement | undefined, isProject: boolean, statements: readonly Statement[]): ProjectDocument {
    const local = isProject ? root?.attribute('TreatAsLocalProperty')?.value : undefined;
    return {
      xml: this.#xml,
      isProject,
      root,
      statements,
      sdks: this.#sdks,
      importedSdks: this.#importedSdks,
      localProperties: local === undefined ? [] : [parseExpression(local)],
      problems: this.#problems,
    };
  }

  #checkMarkup(): void {
    for (const problem of this.#xml.problems) {
      this.#refuse('MSB4025', `the XML is not well-formed: ${problem.kind.replaceAll('-', ' ')}`, {
        start: problem.offset,
        end: problem.offset,
      });
    }
  }

  #checkNamespace(root: XmlElement): void {
    const namespace = root.attribute(root.name.includes(':') ? `xmlns:${root.name.split(':')[0]}` : 'xmlns');
    if (namespace && namespace.value !== '' && namespace.value !== msbuildNamespace) {
      this.#refuse('MSB4041', `the namespace "${namespace.value}" is not MSBuild's`, namespace.nameRange);
    }
  }

  /** The SDK's props stand before the body, its targets behind it; `Sdk` elements count as the attribute does. */
  #withSdks(root: XmlElement, body: readonly Statement[]): readonly Statement[] {
    const attribute = root.attribute('Sdk');
    if (attribute) {
      this.#sdks.unshift(...readSdkNames(attribute));
    }
    for (const child of this.#xml.text.includes('<Sdk') ? root.children : []) {
      const name = child.name === 'Sdk' ? child.attribute('Name') : undefined;
      if (name?.valueRange) {
        this.#sdks.push({ name: name.value.trim(), range: name.valueRange });
      }
    }
    if (this.#sdks.length === 0) {
      return body;
    }
    const importOf = (sdk: SdkReference, file: string): ImportStatement => ({
      kind: 'import',
      project: parseExpression(file),
      sdk: parseExpression(sdk.name),
      condition: undefined,
      element: root,
      range: sdk.range,
      origin: 'sdk',
    });
    return [
      ...this.#sdks.map((sdk) => importOf(sdk, 'Sdk.props')),
      ...body,
      ...this.#sdks.map((sdk) => importOf(sdk, 'Sdk.targets')),
    ];
  }

  #readTopLevel(element: XmlElement, into: Statement[]): void {
    switch (element.name) {
      case 'PropertyGroup':
        into.push(this.#propertyGroup(element));
        return;
      case 'ItemGroup':
        into.push(this.#itemGroup(element));
        return;
      case 'ItemDefinitionGroup':
        into.push(this.#itemDefinitionGroup(element));
        return;
      case 'Import':
        this.#pushImport(element, into);
        return;
      case 'ImportGroup':
        into.push(this.#importGroup(element));
        return;
      case 'Choose':
        into.push(this.#choose(element, 0));
        return;
      case 'Sdk':
      case 'Target':
      case 'UsingTask':
      case 'ProjectExtensions':
        return;
      default:
        this.#refuse('MSB4067', `the element "${element.name}" is not allowed in a project`, element.nameRange);
    }
  }

  #propertyGroup(element: XmlElement): GroupStatement {
    const { children } = element;
    this.#refuseText(element, children);
    const statements: PropertyStatement[] = [];
    for (const child of children) {
      statements.push(this.#property(child));
    }
    return { kind: 'group', condition: this.#condition(element, 'file'), statements, isItemGroup: false };
  }

  #property(element: XmlElement): PropertyStatement {
    const { value, text } = readContent(element);
    const name = element.name;
    this.#checkName(element);
    this.#checkAttributes(element, propertyAttributes);
    return {
      kind: 'property',
      name,
      key: name.toLowerCase(),
      condition: this.#condition(element, 'project'),
      value: parseExpression(value),
      element,
      text,
    };
  }

  #pushImport(element: XmlElement, into: Statement[]): void {
    this.#checkAttributes(element, importAttributes);
    const project = element.attribute('Project');
    if (!project || project.value === '') {
      this.#refuse('MSB4035', 'the attribute "Project" of an import is missing or empty', element.nameRange);
      return;
    }
    const sdk = element.attribute('Sdk');
    if (sdk?.valueRange) {
      this.#importedSdks.push(...readSdkNames(sdk));
    }
    into.push({
      kind: 'import',
      project: parseExpression(project.value),
      sdk: sdk ? parseExpression(sdk.value) : undefined,
      condition: this.#condition(element, 'file'),
      element,
      range: project.valueRange,
      origin: sdk ? 'sdk' : 'import',
    });
  }

  #importGroup(element: XmlElement): GroupStatement {
    this.#refuseText(element);
    const statements: Statement[] = [];
    for (const child of element.children) {
      if (child.name === 'Import') {
        this.#pushImport(child, statements);
      } else {
        this.#refuse('MSB4067', `the element "${child.name}" is not allowed in an ImportGroup`, child.nameRange);
      }
    }
    return { kind: 'group', condition: this.#condition(element, 'file'), statements, isItemGroup: false };
  }

  #choose(element: XmlElement, depth: number): Statement {
    this.#refuseText(element);
    const branches: ChooseBranch[] = [];
    for (const child of element.children) {
      if (child.name === 'When') {
        const condition = this.#condition(child, 'project');
        if (!condition) {
          this.#refuse('MSB4035', 'the attribute "Condition" of a When is missing or empty', child.nameRange);
        }
        branches.push({ condition: condition ?? alwaysFalse, statements: this.#branch(child, depth) });
      } else if (child.name === 'Otherwise') {
        branches.push({ condition: undefined, statements: this.#branch(child, depth) });
      } else {
        this.#refuse('MSB4067', `the element "${child.name}" is not allowed in a Choose`, child.nameRange);
      }
    }
    if (branches.length === 0 || !branches[0]?.condition) {
      this.#refuse('MSB4085', 'a Choose needs a When', element.nameRange);
    }
    return { kind: 'choose', branches };
  }

  #branch(element: XmlElement, depth: number): readonly Statement[] {
    const statements: Statement[] = [];
    if (depth >= maximumDepth) {
      this.#refuse('too-deep', 'Choose elements are nested too deeply', element.nameRange);
      return statements;
    }
    for (const child of element.children) {
      switch (child.name) {
        case 'PropertyGroup':
          statements.push(this.#propertyGroup(child));
          break;
        case 'ItemGroup':
          statements.push(this.#itemGroup(child));
          break;
        case 'ItemDefinitionGroup':
          statements.push(this.#itemDefinitionGroup(child));
          break;
        case 'Choose':
          statements.push(this.#choose(child, depth + 1));
          break;
        default:
          this.#refuse('MSB4067', `the element "${child.name}" is not allowed in a When`, child.nameRange);
      }
    }
    return statements;
  }

  #itemGroup(element: XmlElement): GroupStatement {
    const { children } = element;
    this.#refuseText(element, children);
    const statements = children.map((child) => this.#item(child));
    return { kind: 'group', condition: this.#condition(element, 'file'), statements, isItemGroup: true };
  }

  #item(element: XmlElement): ItemStatement {
    this.#refuseText(element);
    const value = (name: string): Expression | undefined => {
      const attribute = element.attribute(name);
      return attribute ? parseExpression(attribute.value) : undefined;
    };
    const type = element.name;
    this.#checkName(element);
    this.#checkItem(element);
    return {
      kind: 'item',
      type,
      key: type.toLowerCase(),
      include: value('Include'),
      exclude: value('Exclude'),
      remove: value('Remove'),
      update: value('Update'),
      condition: this.#condition(element, 'project'),
      metadata: this.#metadata(element),
      element,
    };
  }

  #itemDefinitionGroup(element: XmlElement): GroupStatement {
    const statements = element.children.map(
      (child): ItemDefinitionStatement => ({
        kind: 'item-definition',
        key: child.name.toLowerCase(),
        condition: this.#condition(child, 'project'),
        metadata: this.#metadata(child),
      }),
    );
    return { kind: 'group', condition: this.#condition(element, 'file'), statements, isItemGroup: true };
  }

  /** Attributes come before child elements. */
  #metadata(element: XmlElement): readonly MetadataStatement[] {
    const result: MetadataStatement[] = [];
    for (const attribute of element.attributes) {
      if (!itemAttributes.has(attribute.name) && !attribute.name.startsWith('xmlns')) {
        result.push({
          name: attribute.name,
          key: attribute.name.toLowerCase(),
          value: parseExpression(attribute.value),
          condition: undefined,
          nameRange: attribute.nameRange,
          valueRange: attribute.valueRange,
        });
      }
    }
    for (const child of element.children) {
      result.push({
        name: child.name,
        key: child.name.toLowerCase(),
        value: parseExpression(readContent(child).value),
        condition: this.#condition(child, 'project'),
        nameRange: child.nameRange,
        valueRange: child.innerRange,
      });
    }
    return result;
  }

  #condition(element: XmlElement, base: 'file' | 'project'): ConditionSource | undefined {
    const attribute = element.attribute('Condition');
    if (!attribute) {
      const misspelt = element.attribute('Condition', true);
      if (misspelt) {
        this.#refuse('MSB4066', `the attribute "${misspelt.name}" is not known: "Condition" is`, misspelt.nameRange);
      }
      return undefined;
    }
    if (attribute.value.trim() === '') {
      return undefined;
    }
    return conditionSource(attribute.value, attribute.valueRange, base);
  }

  #checkName(element: XmlElement): void {
    if (!/^[A-Za-z_][\w-]*$/.test(element.name)) {
      this.#refuse('MSB5016', `"${element.name}" is no name for a property or an item`, element.nameRange);
    }
  }

  #checkAttributes(element: XmlElement, allowed: ReadonlySet<string>): void {
    for (const attribute of element.attributes) {
      if (!allowed.has(attribute.name) && !attribute.name.startsWith('xml') && !/^condition$/i.test(attribute.name)) {
        this.#refuse(
          'MSB4066',
          `the attribute "${attribute.name}" is not allowed in "${element.name}"`,
          attribute.nameRange,
        );
      }
    }
  }

  /** Outside targets an item includes, updates or removes: exactly one of them. */
  #checkItem(element: XmlElement): void {
    const operations = ['Include', 'Update', 'Remove'].flatMap((name) => element.attribute(name) ?? []);
    const [first] = operations;
    if (operations.length !== 1 || !first || first.value === '') {
      this.#refuse(
        'MSB4035',
        `the item "${element.name}" needs one of Include, Update and Remove, with a value`,
        element.nameRange,
      );
    }
    const condition = element.attribute('Condition');
    if (condition && /%\(\s*[A-Za-z_]/.test(condition.value)) {
      this.#refuse(
        'MSB4191',
        'the condition of an item speaks of metadata',
        condition.valueRange ?? condition.nameRange,
      );
    }
  }

  /** Text between elements, as templates have it (`$if$`), is refused. */
  #refuseText(element: XmlElement, children: readonly XmlElement[] = element.children): void {
    if (hasOnlyBlanks(this.#xml.text, element, children)) {
      return;
    }
    for (const node of element.nodes) {
      const isText = node.kind === XmlNodeKind.text || node.kind === XmlNodeKind.cdata;
      if (isText && /\S/.test(this.#xml.text.slice(node.range.start, node.range.end))) {
        this.#refuse('MSB4067', `text is not allowed in "${element.name}"`, node.range);
      } else if (node.kind === XmlNodeKind.instruction) {
        this.#refuse('MSB4067', `instructions are not allowed in "${element.name}"`, node.range);
      }
    }
  }

  #refuse(code: string, explanation: string, range: TextRange): void {
    this.#problems.push({ code, explanation, range });
  }
}

/** A condition with its text parsed. */
export function conditionSource(text: string, range: TextRange | undefined, base: 'file' | 'project'): ConditionSource {
  return { text, condition: cachedCondition(text), range, base, mentionsItems: /[@%]\(\s*[A-Za-z_]/.test(text) };
}

const alwaysFalse: ConditionSource = conditionSource('false', undefined, 'project');

const propertyAttributes: ReadonlySet<string> = new Set(['Condition', 'Label']);
const importAttributes: ReadonlySet<string> = new Set([
  'Project',
  'Condition',
  'Label',
  'Sdk',
  'Version',
  'MinimumVersion',
]);

const itemAttributes: ReadonlySet<string> = new Set([
  'Include',
  'Exclude',
  'Remove',
  'Update',
  'Condition',
  'Label',
  'KeepMetadata',
  'RemoveMetadata',
  'KeepDuplicates',
  'MatchOnMetadata',
  'MatchOnMetadataOptions',
]);

/** `Name`, `Name/1.2.3`, several separated by `;`. */
function readSdkNames(attribute: XmlAttribute): SdkReference[] {
  const references: SdkReference[] = [];
  for (const match of attribute.value.matchAll(/[^;]+/g)) {
    const text = match[0];
    const name = (text.split('/')[0] ?? '').trim();
    if (name !== '') {
      const start = match.index + (text.length - text.trimStart().length);
      references.push({ name, range: attribute.text.sourceRange(start, start + name.length) });
    }
  }
  return references;
}

import {
  codeSigns,
  dynamicsReferences,
  testAttributes,
  testHostReferences,
  testReferences,
  typeGuids,
} from '../facts/project-roles.ts';
import type { Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { ProjectRole } from '../model/settings.ts';
import type { CodeReader, FoundSign } from './code-signs.ts';
import { inheritRole, type ReferencedCode } from './inherited-role.ts';
import type { Evidence, RecognizedRole } from './model.ts';

/** What the recognition looks at. */
export interface RoleInput {
  readonly path: FilePath;
  /** `Exe`, `WinExe`, `Library` ...; undefined when it could not be evaluated. */
  readonly outputType: string | undefined;
  readonly outputTypeAt: Location | null;
  /** Names of assemblies and packages with their places. */
  readonly references: readonly NamedLocation[];
  readonly typeGuids: NamedLocation | null;
  readonly sdks: readonly string[];
  /** Paths of imports as written. */
  readonly imports: readonly NamedLocation[];
  readonly isTestProject: boolean;
  /** Role from the configuration. */
  readonly configured: ProjectRole | null;
  /** True when a referenced project seems to use the SDK of the platform. */
  referencesDynamicsProject(): boolean;
  /** Source files; read only where references make a role possible. */
  sourceFiles(): readonly FilePath[];
  /** The projects that this one references, directly or through others. */
  referencedCode(): readonly ReferencedCode[];
  readonly code: CodeReader;
}

/** A name with the place where it stands. */
export interface NamedLocation {
  readonly name: string;
  readonly at: Location | null;
}

export function recognizeRole(input: RoleInput): RecognizedRole {
  if (input.configured) {
    return {
      role: input.configured,
      evidence: [{ text: 'the configuration says so', at: null }],
      alsoPartly: null,
      isConfigured: true,
    };
  }
  const own = recognizeHost(input);
  const addIn = own.role === 'test' ? undefined : recognizeAddIn(input, own.role === 'library');
  if (!addIn) {
    return { ...own, alsoPartly: null, isConfigured: false };
  }
  if (own.role === 'library') {
    return { role: addIn.role, evidence: addIn.evidence, alsoPartly: null, isConfigured: false };
  }
  return { ...own, evidence: [...own.evidence, ...addIn.evidence], alsoPartly: addIn.role, isConfigured: false };
}

interface Recognized {
  readonly role: ProjectRole;
  readonly evidence: readonly Evidence[];
}

/** Test, web, program or library: who starts the process. */
function recognizeHost(input: RoleInput): Recognized {
  const guids = input.typeGuids?.name.toUpperCase() ?? '';
  const guidAt = input.typeGuids?.at ?? null;
  const testReference = findTestReference(input);
  if (guids.includes(typeGuids.test)) {
    return { role: 'test', evidence: [{ text: 'the project type is a test project', at: guidAt }] };
  }
  if (testReference || input.isTestProject || input.sdks.some((sdk) => /^mstest\.sdk/i.test(sdk))) {
    const text = testReference ? `it references ${testReference.name}` : 'it says that it is a test project';
    return { role: 'test', evidence: [{ text, at: testReference?.at ?? null }] };
  }
  const webGuid = [
    typeGuids.webApplication,
    typeGuids.webSite,
    typeGuids.webMvc1,
    typeGuids.webMvc2,
    typeGuids.webMvc3,
    typeGuids.webMvc4,
  ];
  if (webGuid.some((guid) => guids.includes(guid))) {
    return { role: 'web', evidence: [{ text: 'the project type is a web application', at: guidAt }] };
  }
  const webImport = input.imports.find(({ name }) => /Microsoft\.WebApplication\.targets$/i.test(name));
  const webSdk = input.sdks.find((sdk) => /^Microsoft\.NET\.Sdk\.Web(\/|$)/i.test(sdk));
  if (webImport || webSdk) {
    return {
      role: 'web',
      evidence: [{ text: `it builds with ${webSdk ?? 'the web application targets'}`, at: webImport?.at ?? null }],
    };
  }
  if (guids.includes(typeGuids.office)) {
    return { role: 'client', evidence: [{ text: 'the project type is an Office add-in', at: guidAt }] };
  }
  if (input.outputType === undefined) {
    return { role: 'unknown', evidence: [{ text: 'its output type could not be evaluated', at: input.outputTypeAt }] };
  }
  if (buildsProgram(input)) {
    return {
      role: 'client',
      evidence: [{ text: `it builds a program (${input.outputType})`, at: input.outputTypeAt }],
    };
  }
  return { role: 'library', evidence: [{ text: `it builds a library (${input.outputType})`, at: input.outputTypeAt }] };
}

/** A program may reference a test framework for no good reason: then its code must have tests. */
function findTestReference(input: RoleInput): NamedLocation | undefined {
  const found = input.references.find(({ name }) => matches(testReferences, name));
  const isCertain = !buildsProgram(input) || input.references.some(({ name }) => matches(testHostReferences, name));
  return found && (isCertain || input.code.has(testAttributes, input.sourceFiles())) ? found : undefined;
}

function buildsProgram({ outputType }: RoleInput): boolean {
  return outputType !== undefined && /^(?:exe|winexe|appcontainerexe)$/i.test(outputType);
}

/**
 * Add-ins of the platform and its tools: their references, and what the code implements. What stands in referenced
 * projects counts for libraries only: a program is one whatever it derives from.
 */
function recognizeAddIn(input: RoleInput, isLibrary: boolean): Recognized | undefined {
  const buildSign = plugInBuildSign(input);
  if (buildSign) {
    return { role: 'plug-in', evidence: [buildSign] };
  }
  const packageDeployer = input.references.find(({ name }) => /^Microsoft\.PowerApps\.MSBuild\.PDPackage$/i.test(name));
  if (packageDeployer) {
    const evidence = [{ text: `it references ${packageDeployer.name}`, at: packageDeployer.at }];
    return { role: 'package-deployer', evidence };
  }
  const reference = input.references.find(({ name }) => matches(dynamicsReferences, name));
  if (!reference && !(isLibrary && input.referencesDynamicsProject())) {
    return undefined;
  }
  const found = weightiestSign(input);
  if (found) {
    const evidence = [{ text: found.sign.text, at: found.at }];
    const because = reference ? [{ text: `it references ${reference.name}`, at: reference.at }] : [];
    return { role: found.sign.role, evidence: [...because, ...evidence] };
  }
  return isLibrary ? inheritRole(input.sourceFiles(), input.referencedCode(), input.code) : undefined;
}

/** The sign that names the role: the first one of the first kind that the code has. */
function weightiestSign({ references, sourceFiles, code }: RoleInput): FoundSign | undefined {
  const isReferenced = (pattern: RegExp) => references.some(({ name }) => pattern.test(name.toLowerCase()));
  const isUsable = ({ sign: { needs, unless } }: FoundSign) =>
    (needs === undefined || isReferenced(needs)) && !(unless && isReferenced(unless));
  const signs = sourceFiles().flatMap((path) => code.signsIn(path).filter(isUsable));
  const kind = codeSigns.find((sign) => signs.some((found) => found.sign === sign));
  return signs.find((found) => found.sign === kind);
}

function plugInBuildSign(input: RoleInput): Evidence | undefined {
  if (input.typeGuids?.name.toUpperCase().includes(typeGuids.plugIn)) {
    return { text: 'the project type is a Power Platform plug-in', at: input.typeGuids.at };
  }
  const plugInImport = input.imports.find(({ name }) =>
    /Microsoft\.PowerApps\.VisualStudio\.Plugin\.(?:props|targets)$/i.test(name),
  );
  if (plugInImport) {
    return { text: 'it builds with the Power Platform plug-in targets', at: plugInImport.at };
  }
  const plugInPackage = input.references.find(({ name }) => /^Microsoft\.PowerApps\.MSBuild\.Plugin$/i.test(name));
  return plugInPackage && { text: `it references ${plugInPackage.name}`, at: plugInPackage.at };
}

function matches(patterns: readonly RegExp[], name: string): boolean {
  const lower = name.toLowerCase();
  return patterns.some((pattern) => pattern.test(lower));
}

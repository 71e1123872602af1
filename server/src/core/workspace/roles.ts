import { codeSigns, codeSignWords, dynamicsReferences, testReferences, typeGuids } from '../facts/project-roles.ts';
import type { Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { ProjectRole } from '../model/settings.ts';
import { blankCommentsAndStrings, codeLanguage } from '../sources/blank-code.ts';
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
  /** Source files; read only where references make a role possible. */
  sourceFiles(): readonly FilePath[];
  readText(path: FilePath): string | undefined;
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
  const addIn = own.role === 'test' ? undefined : recognizeAddIn(input);
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
  const testReference = input.references.find(({ name }) => matches(testReferences, name));
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
  if (/^(?:exe|winexe|appcontainerexe)$/i.test(input.outputType)) {
    return {
      role: 'client',
      evidence: [{ text: `it builds a program (${input.outputType})`, at: input.outputTypeAt }],
    };
  }
  return { role: 'library', evidence: [{ text: `it builds a library (${input.outputType})`, at: input.outputTypeAt }] };
}

/** Add-ins of the platform and its tools: their references, and what the code implements. */
function recognizeAddIn(input: RoleInput): Recognized | undefined {
  const buildSign = pluginBuildSign(input);
  if (buildSign) {
    return { role: 'plug-in', evidence: [buildSign] };
  }
  const reference = input.references.find(({ name }) => matches(dynamicsReferences, name));
  if (!reference) {
    return undefined;
  }
  for (const path of input.sourceFiles()) {
    const found = findCodeSign(path, input.readText(path));
    if (found) {
      // Tools for XrmToolBox have a base class of the same name.
      const isTool = found.role === 'plug-in' && input.references.some(({ name }) => /^xrmtoolbox/i.test(name));
      return {
        role: isTool ? 'xrmtoolbox-tool' : found.role,
        evidence: [{ text: `it references ${reference.name}`, at: reference.at }, found.evidence],
      };
    }
  }
  return undefined;
}

function pluginBuildSign(input: RoleInput): Evidence | undefined {
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

function findCodeSign(path: FilePath, text: string | undefined): { role: ProjectRole; evidence: Evidence } | undefined {
  const language = codeLanguage(path);
  if (text === undefined || !language || !codeSignWords.test(text)) {
    return undefined;
  }
  const code = blankCommentsAndStrings(text, language);
  for (const sign of codeSigns) {
    const match = sign.pattern.exec(code);
    if (match) {
      const range = { start: match.index, end: match.index + match[0].length };
      return { role: sign.role, evidence: { text: sign.text, at: { path, range } } };
    }
  }
  return undefined;
}

function matches(patterns: readonly RegExp[], name: string): boolean {
  const lower = name.toLowerCase();
  return patterns.some((pattern) => pattern.test(lower));
}

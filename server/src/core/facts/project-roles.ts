import type { ProjectRole } from '../model/settings.ts';

/**
 * Signs by which a project's role is recognised. Only strong ones: what the build or the platform itself goes by, and
 * what the code implements. A project's name is no sign.
 *
 * Sources: https://learn.microsoft.com/power-apps/developer/data-platform/write-plug-in and build-and-package,
 * https://learn.microsoft.com/power-platform/alm/package-deployer-tool, https://github.com/microsoft/PowerApps-Samples,
 * https://github.com/MscrmTools/XrmToolBox, https://github.com/scottdurow/SparkleXrm (CrmPluginRegistration), and for
 * the project type GUIDs https://github.com/dotnet/msbuild (src/Build/Construction/Solution/ProjectInSolution.cs).
 */
export interface CodeSign {
  readonly role: ProjectRole;
  /** Runs on code whose comments and string contents are blanked; global. */
  readonly pattern: RegExp;
  readonly text: string;
  /** An assembly or package (lower case) without which it means something else. */
  readonly needs?: RegExp;
  /** An assembly or package (lower case) with which it means something else. */
  readonly unless?: RegExp;
}

/** The bases of a C# class up to a name: whole types, with their type arguments, but no constraints. */
const otherBases = String.raw`(?:(?:(?!\bwhere\b)(?:[^{};<>]|<(?:[^{}<>]|<[^{}<>]*>)*>))*[,\s])?`;

/**
 * `class X : A, B` in C#, `Inherits`/`Implements` in Visual Basic, `inherit`/`interface` in F#, for base types whose
 * names match an alternation. The first group is the name of a C# class.
 */
export function baseType(names: string): RegExp {
  const name = `(?:[\\w.]+\\.)?(?:${names})\\b`;
  return new RegExp(
    `\\bclass\\s+(\\w+)(?:\\s*<[^>{}]*>)?(?:\\s*\\([^(){};]*\\))?\\s*:${otherBases}\\s*${name}|\\b(?:Inherits|Implements|inherit|interface)\\s+${name}`,
    'g',
  );
}

/** `[Export(typeof(X))]`: how tools and packages are found by the programs that load them. */
function exported(contract: string): RegExp {
  return new RegExp(
    `\\bExport(?:Attribute)?\\s*\\(\\s*(?:typeof\\s*\\(|GetType\\s*\\()\\s*(?:[\\w.]+\\.)?${contract}\\b`,
    'gi',
  );
}

/** In the order of their weight: the first that matches names the role. */
export const codeSigns: readonly CodeSign[] = [
  {
    role: 'xrmtoolbox-tool',
    pattern: baseType('PluginControlBase|MultipleConnectionsPluginControlBase'),
    text: 'a class derives from PluginControlBase',
  },
  {
    role: 'xrmtoolbox-tool',
    pattern: exported('IXrmToolBoxPlugin'),
    text: 'a class is exported as a tool for XrmToolBox',
  },
  {
    role: 'xrmtoolbox-tool',
    pattern: baseType('PluginBase'),
    text: 'a class derives from PluginBase',
    needs: /^xrmtoolbox/,
  },
  {
    role: 'usd-control',
    pattern: baseType('DynamicsBaseHostedControl|HostedControl|WpfHostedControl'),
    text: 'a class derives from a hosted control of Unified Service Desk',
  },
  { role: 'package-deployer', pattern: baseType('ImportExtension'), text: 'a class derives from ImportExtension' },
  {
    role: 'package-deployer',
    pattern: exported('IImportExtensions'),
    text: 'a class is exported as a package for Package Deployer',
  },
  { role: 'plug-in', pattern: baseType('IPlugin'), text: 'a class implements IPlugin' },
  { role: 'plug-in', pattern: baseType('PluginBase'), text: 'a class derives from PluginBase' },
  {
    role: 'workflow-activity',
    pattern: baseType('CodeActivity(?:<[^>]*>)?'),
    text: 'a class derives from CodeActivity',
    // Build servers have activities of their own.
    unless: /^microsoft\.teamfoundation\.build/,
  },
  {
    role: 'workflow-activity',
    pattern: /\b(?:In|Out|InOut)Argument\s*(?:<|\(\s*Of\b)/gi,
    text: 'a class has the arguments of a workflow activity',
    needs: /^microsoft\.(?:xrm\.sdk|crmsdk)\.workflow$/,
  },
  {
    role: 'plug-in',
    pattern: /[[<,]\s*CrmPluginRegistration(?:Attribute)?\s*\(/gi,
    text: 'a class is registered by its attribute CrmPluginRegistration',
  },
];

/** Words of which one must stand in a file before {@link codeSigns} are tried. */
export const codeSignWords =
  /IPlugin|PluginBase|CodeActivity|PluginControlBase|HostedControl|ImportExtension|IXrmToolBoxPlugin|CrmPluginRegistration|(?:In|Out)Argument/i;

/** Assemblies and packages (lower case) without which a code sign means something else. */
export const dynamicsReferences: readonly RegExp[] = [
  /^microsoft\.xrm\.sdk(?:\.|$)/,
  /^microsoft\.crm\.sdk(?:\.|$)/,
  /^microsoft\.crmsdk\./,
  /^microsoft\.powerplatform\.dataverse\./,
  /^microsoft\.powerapps\.msbuild\.plugin$/,
  /^microsoft\.xrm\.(?:tooling|client|portal)/,
  /^xrmtoolbox/,
  /^microsoft\.uii\./,
  /^microsoft\.crm\.unifiedservicedesk/,
];

/** What stands in a project file that has one of {@link dynamicsReferences}. */
export const dynamicsWords = /microsoft\.(?:xrm|crm)|crmsdk|dataverse|microsoft\.powerapps|xrmtoolbox|microsoft\.uii/i;

/** Packages and assemblies that make a project a test project. */
export const testReferences: readonly RegExp[] = [
  /^microsoft\.net\.test\.sdk$/,
  /^mstest(?:\.testframework|\.testadapter)?$/,
  /^microsoft\.visualstudio\.qualitytools\.unittestframework$/,
  /^microsoft\.visualstudio\.testplatform\.testframework/,
  /^xunit(?:\.core|\.v3|\.runner\..*)?$/,
  /^nunit(?:\.framework|3testadapter|testadapter)?$/,
  /^tunit$/,
];

/** Those of {@link testReferences} that a program only has when it is a test project. */
export const testHostReferences: readonly RegExp[] = [
  /^microsoft\.net\.test\.sdk$/,
  /^mstest$/,
  /^xunit\.v3$/,
  /^nunit3testadapter$/,
  /^tunit$/,
];

/** Attributes of test methods, on code whose comments and string contents are blanked. */
export const testAttributes =
  /(?:^|[\n\r{};\])])[ \t]*(?:\[<?|<)\s*(?:\w+\.)*(?:TestMethod|TestClass|TestFixture|TestCase|Test|Fact|Theory)\s*[\]>,(]/;

/** Project type GUIDs in upper case without braces. */
export const typeGuids = {
  webApplication: '349C5851-65DF-11DA-9384-00065B846F21',
  webSite: 'E24C65DC-7377-472B-9ABA-BC803B73C61A',
  webMvc1: '603C0E0B-DB56-11DC-BE95-000D561079B0',
  webMvc2: 'F85E285D-A4E0-4152-9332-AB1D724D3325',
  webMvc3: 'E53F8FEA-EAE0-44A6-8774-FFD645390401',
  webMvc4: 'E3E379DF-F4C6-4180-9B81-6769533ABE47',
  test: '3AC096D0-A1C2-E12C-1390-A8335801FDAB',
  plugIn: '4C25E9B5-9FA6-436C-8E19-B395D2A65FAF',
  office: 'BAA0C2D2-18E2-41B9-852F-F413020CAA33',
} as const;

import type { ProjectRole } from '../model/settings.ts';

/**
 * Signs by which a project's role is recognised. Only strong ones: what the build or the platform itself goes by, and
 * what the code implements. A project's name is no sign.
 *
 * Sources: https://learn.microsoft.com/power-apps/developer/data-platform/write-plug-in and build-and-package,
 * https://github.com/microsoft/PowerApps-Samples, https://github.com/MscrmTools/XrmToolBox, and for the project type
 * GUIDs https://github.com/dotnet/msbuild (src/Build/Construction/Solution/ProjectInSolution.cs).
 */
export interface CodeSign {
  readonly role: ProjectRole;
  /** Runs on code whose comments and string contents are blanked. */
  readonly pattern: RegExp;
  readonly text: string;
}

/** `class X : A, B` in C#, `Inherits`/`Implements` in Visual Basic, `inherit`/`interface` in F#. */
function baseType(names: string): RegExp {
  const name = `(?:[\\w.]+\\.)?(?:${names})\\b`;
  return new RegExp(
    `\\bclass\\s+\\w+(?:\\s*<[^>{}]*>)?(?:\\s*\\([^(){};]*\\))?\\s*:(?:[^{};]*[,\\s])?\\s*${name}|\\b(?:Inherits|Implements|inherit|interface)\\s+${name}`,
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
    role: 'usd-control',
    pattern: baseType('DynamicsBaseHostedControl|HostedControl|WpfHostedControl'),
    text: 'a class derives from a hosted control of Unified Service Desk',
  },
  { role: 'package-deployer', pattern: baseType('ImportExtension'), text: 'a class derives from ImportExtension' },
  { role: 'plug-in', pattern: baseType('IPlugin|PluginBase'), text: 'a class implements IPlugin' },
  {
    role: 'workflow-activity',
    pattern: baseType('CodeActivity(?:<[^>]*>)?'),
    text: 'a class derives from CodeActivity',
  },
];

/** Words of which one must stand in a file before {@link codeSigns} are tried. */
export const codeSignWords = /IPlugin|PluginBase|CodeActivity|PluginControlBase|HostedControl|ImportExtension/;

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

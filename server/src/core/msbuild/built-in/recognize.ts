/**
 * Microsoft's and other vendors' targets that projects import from the folders of MSBuild and Visual Studio, recognised
 * by the end of their path: those folders are not read, they differ from machine to machine.
 */
import type { Statement } from '../statements.ts';
import { commonProps, commonTargets, languageTargets } from './common.ts';
import { group, set, setDefault } from './steps.ts';

/** What is known of a targets file. */
export interface KnownTargets {
  /** What it does to the properties that decide a target; empty for the many that do nothing to them. */
  readonly statements: readonly Statement[];
  /** Whether it compiles the project, so that the common targets have run. */
  readonly isLanguage: boolean;
}

/** The targets behind a path, or undefined when its end says nothing. */
export function recognizeTargets(path: string): KnownTargets | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const known = recognized.get(name);
  if (known !== undefined || recognized.has(name)) {
    return known;
  }
  const exact = Object.hasOwn(byName, name) ? byName[name] : undefined;
  const found = exact ?? (harmless.test(name) ? nothing : undefined);
  if (recognized.size < maximumRecognized) {
    recognized.set(name, found);
  }
  return found;
}

/** Projects import the same few targets: their names are looked up once. */
const recognized = new Map<string, KnownTargets | undefined>();
const maximumRecognized = 1000;

const nothing: KnownTargets = { statements: [], isLanguage: false };

function language(name: 'CSharp' | 'VisualBasic' | 'FSharp', ...before: readonly Statement[]): KnownTargets {
  const extension = { CSharp: '.cs', VisualBasic: '.vb', FSharp: '.fs' }[name];
  return { statements: [...before, ...languageTargets(name, extension)], isLanguage: true };
}

/** A platform with its own identifier, set before the language's targets run. */
function platform(
  name: 'CSharp' | 'VisualBasic' | 'FSharp',
  identifier: string,
  version: string | undefined = undefined,
): KnownTargets {
  const before: Statement[] = [setDefault('TargetFrameworkIdentifier', identifier)];
  if (version !== undefined) {
    before.push(setDefault('TargetFrameworkVersion', version));
  }
  return language(name, ...before);
}

const common: KnownTargets = { statements: commonTargets, isLanguage: true };

/**
 * C++: managed only with CLRSupport. The default version of a managed project depends on the toolset; see
 * https://learn.microsoft.com/cpp/build/how-to-modify-the-target-framework-and-platform-toolset.
 */
const cpp: KnownTargets = {
  statements: [
    set(
      'TargetRuntime',
      'Native',
      `'$(CLRSupport)' == '' or '$(CLRSupport)' == 'false' or '$(CLRSupport)' == 'NetCore'`,
    ),
    group(
      `'$(TargetRuntime)' != 'Native'`,
      setDefault('TargetFrameworkVersion', '$(_DefaultFrameworkOfTheCppToolset)'),
    ),
    ...commonTargets,
  ],
  isLanguage: true,
};

const csharp = language('CSharp');
const visualBasic = language('VisualBasic');
const fsharp = language('FSharp');

const byName: Readonly<Record<string, KnownTargets>> = {
  'microsoft.common.props': { statements: commonProps, isLanguage: false },
  'microsoft.common.targets': common,
  'microsoft.common.currentversion.targets': common,
  'microsoft.csharp.targets': csharp,
  'microsoft.csharp.currentversion.targets': csharp,
  'microsoft.visualbasic.targets': visualBasic,
  'microsoft.visualbasic.currentversion.targets': visualBasic,
  'microsoft.fsharp.targets': fsharp,
  'microsoft.jscript.targets': common,
  'microsoft.visualjsharp.targets': common,
  'microsoft.managed.targets': common,
  'microsoft.compactframework.csharp.targets': csharp,
  'microsoft.compactframework.visualbasic.targets': visualBasic,
  'microsoft.portable.csharp.targets': platform('CSharp', '.NETPortable'),
  'microsoft.portable.visualbasic.targets': platform('VisualBasic', '.NETPortable'),
  'microsoft.portable.fsharp.targets': platform('FSharp', '.NETPortable'),
  'microsoft.silverlight.csharp.targets': platform('CSharp', 'Silverlight'),
  'microsoft.silverlight.visualbasic.targets': platform('VisualBasic', 'Silverlight'),
  'microsoft.windowsphone.csharp.targets': platform('CSharp', 'WindowsPhone'),
  'microsoft.windowsphone.visualbasic.targets': platform('VisualBasic', 'WindowsPhone'),
  'microsoft.windows.ui.xaml.csharp.targets': platform('CSharp', '.NETCore'),
  'microsoft.windows.ui.xaml.visualbasic.targets': platform('VisualBasic', '.NETCore'),
  'xamarin.android.csharp.targets': platform('CSharp', 'MonoAndroid'),
  'xamarin.android.fsharp.targets': platform('FSharp', 'MonoAndroid'),
  'novell.monodroid.csharp.targets': platform('CSharp', 'MonoAndroid'),
  'mono.android.csharp.targets': platform('CSharp', 'MonoAndroid'),
  'xamarin.ios.csharp.targets': platform('CSharp', 'Xamarin.iOS', 'v1.0'),
  'xamarin.ios.fsharp.targets': platform('FSharp', 'Xamarin.iOS', 'v1.0'),
  'xamarin.monotouch.csharp.targets': platform('CSharp', 'MonoTouch', 'v1.0'),
  'xamarin.mac.csharp.targets': platform('CSharp', 'Xamarin.Mac'),
  'xamarin.tvos.csharp.targets': platform('CSharp', 'Xamarin.TVOS', 'v1.0'),
  'xamarin.watchos.csharp.targets': platform('CSharp', 'Xamarin.WatchOS', 'v1.0'),
  'microsoft.spot.csharp.targets': platform('CSharp', '.NETMicroFramework'),
  'nfprojectsystem.csharp.targets': platform('CSharp', '.NETnanoFramework', 'v1.0'),
  'microsoft.cpp.targets': cpp,
};

/**
 * Targets that leave the target alone. They add deployment, design-time, test, analysis or packaging steps; several of
 * them import the common targets themselves, in projects that nobody judges (installers, databases, reports).
 */
const harmless = new RegExp(
  `^(${[
    'microsoft\\.webapplication(\\.build)?\\.targets',
    'microsoft\\.web\\.publishing\\.targets',
    'microsoft\\.testtools\\.targets',
    'microsoft\\.windows\\.workflow\\.targets',
    'workflow\\.targets',
    'workflow\\.visualbasic\\.targets',
    'microsoft\\.winfx\\.targets',
    'microsoft\\.modelingproject\\.targets',
    'microsoft\\.visualstudio\\.sharepoint\\.targets',
    'microsoft\\.visualstudio\\.tools\\.office\\.targets',
    'microsoft\\.visualstudio\\.azure\\..*\\.targets',
    'microsoft\\.windowsazure\\.targets',
    'microsoft\\.typescript(\\.default)?\\.(props|targets)',
    'microsoft\\.vssdk\\.targets',
    'microsoft\\.dsltools\\..*\\.targets',
    'microsoft\\.texttemplating\\.targets',
    'microsoft\\.codesharing\\..*\\.(props|targets)',
    'microsoft\\.net\\.sdk\\.functions\\.(props|targets)',
    'microsoft\\.netframework\\.(props|targets)',
    'microsoft\\.cpp(\\..*)?\\.props',
    'microsoft\\.cpp\\.default\\.props',
    'microsoft\\.data\\.tools\\.schema\\..*\\.targets',
    'microsoft\\.data\\.schema\\..*\\.targets',
    'microsoft\\.reportingservices\\.targets',
    'microsoft\\.codeanalysis\\.targets',
    'microsoft\\.bcl\\.build\\.targets',
    'microsoft\\.crmsdk.*\\.targets',
    'crmtoolkit\\.targets',
    'microsoft\\.crmdevelopertools.*\\.targets',
    'nuget\\.targets',
    'nuget\\.build\\.targets',
    'paket\\.targets',
    'paket\\.restore\\.targets',
    'stylecop.*\\.targets',
    'msbuild\\.(extensionpack|community)\\..*',
    'msbuild\\.microsoft\\.visualstudio\\..*',
    'wix\\.targets',
    'wix20.*\\.targets',
    'fody\\.targets',
    'postsharp.*\\.targets',
    'fakes?\\.targets',
    'microsoft\\.qualitytools\\.testing\\.fakes\\.targets',
    'coderush.*',
    'xamarin\\.forms\\.(props|targets)',
  ].join('|')})$`,
);

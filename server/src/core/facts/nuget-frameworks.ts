/**
 * Short framework names as NuGet and the .NET SDK read them.
 * Source: https://github.com/NuGet/NuGet.Client (NuGetFrameworkFactory.cs, FrameworkNameProvider.cs,
 * DefaultFrameworkMappings.cs) with its Parse tests.
 */
export interface FrameworkName {
  /** The long identifier, such as `.NETFramework` or `.NETCoreApp`. */
  readonly identifier: string;
  /** Two to four numbers without `v`. */
  readonly version: string;
  readonly profile: string;
  /** Platform part of `net6.0-windows`. */
  readonly platform: string;
}

/** The identifier of .NET Framework. */
export const netFramework = '.NETFramework';

/** Reads a short name, a bare version or a long moniker; undefined for what NuGet refuses. */
export function parseFrameworkName(text: string): FrameworkName | undefined {
  const name = text.trim();
  if (name.includes(',')) {
    return parseMoniker(name);
  }
  const bare = bareVersions[name];
  if (bare) {
    return { identifier: netFramework, version: bare, profile: '', platform: '' };
  }
  return parseShortName(name);
}

/** The long form, as `.NETFramework,Version=v4.5.2,Profile=Client`. */
export function formatMoniker(framework: Pick<FrameworkName, 'identifier' | 'version' | 'profile'>): string {
  const profile = framework.profile === '' ? '' : `,Profile=${framework.profile}`;
  return `${framework.identifier},Version=v${framework.version}${profile}`;
}

const bareVersions: Readonly<Record<string, string>> = {
  '2': '2.0',
  '2.0': '2.0',
  '20': '2.0',
  '3.5': '3.5',
  '35': '3.5',
  '4': '4.0',
  '4.0': '4.0',
  '40': '4.0',
  '4.5': '4.5',
  '45': '4.5',
};

/** Short identifiers in lower case with their long form. */
const identifiers: Readonly<Record<string, string>> = {
  net: netFramework,
  '.netframework': netFramework,
  netframework: netFramework,
  '.net': netFramework,
  netstandard: '.NETStandard',
  '.netstandard': '.NETStandard',
  netcoreapp: '.NETCoreApp',
  '.netcoreapp': '.NETCoreApp',
  dotnet: '.NETPlatform',
  '.netplatform': '.NETPlatform',
  uap: 'UAP',
  win: 'Windows',
  windows: 'Windows',
  winrt: 'WinRT',
  netcore: '.NETCore',
  '.netcore': '.NETCore',
  wp: 'WindowsPhone',
  windowsphone: 'WindowsPhone',
  wpa: 'WindowsPhoneApp',
  windowsphoneapp: 'WindowsPhoneApp',
  sl: 'Silverlight',
  silverlight: 'Silverlight',
  portable: '.NETPortable',
  '.netportable': '.NETPortable',
  monoandroid: 'MonoAndroid',
  monotouch: 'MonoTouch',
  monomac: 'MonoMac',
  xamarinios: 'Xamarin.iOS',
  'xamarin.ios': 'Xamarin.iOS',
  xamarinmac: 'Xamarin.Mac',
  'xamarin.mac': 'Xamarin.Mac',
  xamarintvos: 'Xamarin.TVOS',
  xamarinwatchos: 'Xamarin.WatchOS',
  tizen: 'Tizen',
  netnano: '.NETnanoFramework',
  '.netnanoframework': '.NETnanoFramework',
  netmf: '.NETMicroFramework',
  '.netmicroframework': '.NETMicroFramework',
  dnx: 'DNX',
  dnxcore: 'DNXCore',
  'asp.net': 'ASP.NET',
  aspnet: 'ASP.NET',
  aspnetcore: 'ASP.NETCore',
  'asp.netcore': 'ASP.NETCore',
  native: 'native',
};

const profiles: Readonly<Record<string, string>> = {
  client: 'Client',
  full: '',
  cf: 'CompactFramework',
  wp: 'WindowsPhone',
  wp71: 'WindowsPhone71',
};

function parseMoniker(text: string): FrameworkName | undefined {
  const [identifierText = '', ...parts] = text.split(',').map((part) => part.trim());
  let version: string | undefined;
  let profile = '';
  for (const part of parts) {
    const [, key = '', value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(part) ?? [];
    if (key.toLowerCase() === 'version') {
      version = /^v?(\d+(?:\.\d+){0,3})$/i.exec(value)?.[1];
    } else if (key.toLowerCase() === 'profile') {
      profile = value;
    }
  }
  if (version === undefined) {
    return undefined;
  }
  const identifier = identifiers[identifierText.toLowerCase()] ?? identifierText;
  return { identifier, version: twoParts(version), profile, platform: '' };
}

function parseShortName(name: string): FrameworkName | undefined {
  const match = /^(\.?[a-z]+(?:\.[a-z]+)*)(\d+(?:\.\d+)*)?(?:-(.*))?$/i.exec(name);
  const identifier = match?.[1] === undefined ? undefined : identifiers[match[1].toLowerCase()];
  if (!match || identifier === undefined) {
    return undefined;
  }
  const suffix = match[3] ?? '';
  const version = readVersion(match[2]);
  if (version === undefined) {
    return undefined;
  }
  if (identifier === '.NETPortable') {
    return suffix === '' ? undefined : { identifier, version: '0.0', profile: suffix, platform: '' };
  }
  if (identifier !== netFramework) {
    return { identifier, version, profile: '', platform: suffix };
  }
  if (Number(version.split('.')[0]) >= 5) {
    return { identifier: '.NETCoreApp', version, profile: '', platform: suffix };
  }
  const profile = suffix === '' ? '' : (profiles[suffix.toLowerCase()] ?? suffix);
  return { identifier, version, profile, platform: '' };
}

/** `462` is one digit per part; `4.6.2` is taken as it is; nothing is 0.0. */
function readVersion(text: string | undefined): string | undefined {
  if (text === undefined) {
    return '0.0';
  }
  const parts = text.includes('.') ? text.split('.') : text.split('');
  while (parts.length > 4 && parts.at(-1) === '0') {
    parts.pop();
  }
  return parts.length > 4 ? undefined : twoParts(parts.join('.'));
}

function twoParts(version: string): string {
  return version.includes('.') ? version : `${version}.0`;
}

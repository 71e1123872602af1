import type { RegistrySnapshot } from './registry-snapshot.ts';
import { byKey, type WantedValue } from './registry-values.ts';

const signature = 'Windows Registry Editor Version 5.00';

/** The text of a registry file that sets values, as the registry editor writes one. */
export function registryFile(values: readonly WantedValue[]): string {
  return assemble(
    [
      'Switches on TLS 1.2 for programs of .NET Framework that cannot be recompiled.',
      '',
      ...affects(values),
      '',
      'It is not applied by being created. To apply it, import it as an administrator',
      '(double click, or: reg import dynamics-tls.reg). On 32-bit Windows leave out',
      'the sections with Wow6432Node.',
      '',
      'Before that, save what stands there, because dynamics-tls-undo.reg does not',
      'know it (or use dynamics-tls.ps1, which saves it by itself):',
      ...[...byKey(values).keys()].map((key, i) => `  reg export "${key}" before-${i + 1}.reg`),
      'A key that does not exist cannot be exported; then the undo file is right.',
    ],
    [...byKey(values)].map(([key, group]) => [key, group.map(({ name, number }) => `"${name}"=${dword(number)}`)]),
  );
}

/** The text of a registry file that takes the values away again, or restores what is known of the time before. */
export function undoRegistryFile(values: readonly WantedValue[], before?: RegistrySnapshot): string {
  const known = [...byKey(values)].map(
    ([key, group]) =>
      [
        key,
        group.map(({ name }) => {
          const value = before?.value(key, name);
          return `"${name}"=${value?.written ?? '-'}`;
        }),
      ] as const,
  );
  const notCovered = before ? [...byKey(values).keys()].filter((key) => !before.isCovered(key)) : [];
  const restored = before ? values.filter(({ key, name }) => typeof before.value(key, name)?.written === 'string') : [];
  return assemble(
    [
      'Undoes dynamics-tls.reg.',
      '',
      ...(before
        ? [
            `It restores ${restored.length} of ${values.length} values as an export of this machine held them before,`,
            'and deletes the others, which did not exist.',
            ...(notCovered.length > 0
              ? [
                  'The export does not hold these keys; their values are deleted, as if they',
                  'had not existed. Check that first:',
                  ...notCovered.map((key) => `  ${key}`),
                ]
              : []),
          ]
        : [
            'It deletes the values, and so restores a machine on which they did not exist',
            'before, which is how Windows is installed. It does not know what stood there:',
            'where a value existed, import the export that you made before instead.',
          ]),
      'Keys that were created stay, empty, which changes nothing.',
      '',
      ...restart(values),
    ],
    known,
  );
}

/** What the header has to say whatever the file does: whom it affects, and what has to be restarted. */
function affects(values: readonly WantedValue[]): string[] {
  const has = (name: string) => values.some((value) => value.name === name);
  return [
    'It is for the whole machine: it changes the outgoing connections of every',
    'program of .NET Framework on it, 32-bit and 64-bit, not only of one. Servers',
    'that know nothing newer than TLS 1.0 may then not be reached any more.',
    'Programs whose code names a protocol do not change.',
    '  SchUseStrongCrypto: programs for 4.0 to 4.5.2 offer TLS 1.0 to 1.2.',
    '  SystemDefaultTlsVersions: programs follow the protocols of Windows (those for',
    '  2.0 to 4.6.2 after updates of .NET Framework of 2016 and 2017).',
    ...(has('Enabled') ? ['  Schannel: all programs of Windows, not only .NET, may use TLS 1.2.'] : []),
    ...(has('DefaultSecureProtocols')
      ? [
          '  WinHTTP: programs that leave the choice to it offer TLS 1.1 and 1.2',
          '  (Windows 7 and Server 2012 after the update KB3140245).',
        ]
      : []),
    ...(has('Enabled')
      ? []
      : [
          '',
          'NOT FOR WINDOWS 7 AND SERVER 2008 R2: there the protocols of Windows end at TLS',
          '1.0 as long as Schannel is not changed as well. Create the file with the',
          'option for Schannel (dynamics-tls registry --schannel).',
        ]),
    '',
    ...restart(values),
    '',
    'Better where it is possible: retarget the program to .NET Framework 4.6.2 or',
    'later, or set AppContext switches in the .config file of this one program.',
  ];
}

function restart(values: readonly WantedValue[]): string[] {
  return values.some(({ name }) => name === 'Enabled' || name === 'DefaultSecureProtocols')
    ? ['Restart Windows afterwards.']
    : [
        'Restart the programs (recycle the application pools of IIS) afterwards: each',
        'process reads the values once.',
      ];
}

function assemble(
  header: readonly string[],
  sections: readonly (readonly [key: string, lines: readonly string[]])[],
): string {
  return [
    signature,
    '',
    ...header.map((line) => (line === '' ? ';' : `; ${line}`)),
    '',
    ...sections.flatMap(([key, lines]) => [`[${key}]`, ...lines, '']),
    '',
  ].join('\r\n');
}

function dword(number: number): string {
  return `dword:${number.toString(16).padStart(8, '0')}`;
}

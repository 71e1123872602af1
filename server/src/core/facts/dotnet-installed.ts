/**
 * The value `Release` below `NET Framework Setup\NDP\v4\Full`, smallest number of each version. Windows versions and
 * later updates have larger numbers of their own, so a version is the last row that is not above the value.
 * Source: https://learn.microsoft.com/dotnet/framework/install/how-to-determine-which-versions-are-installed
 */
const releases: readonly (readonly [release: number, version: string])[] = [
  [378389, '4.5'],
  [378675, '4.5.1'],
  [379893, '4.5.2'],
  [393295, '4.6'],
  [394254, '4.6.1'],
  [394802, '4.6.2'],
  [460798, '4.7'],
  [461308, '4.7.1'],
  [461808, '4.7.2'],
  [528040, '4.8'],
  [533320, '4.8.1'],
];

/** The version of .NET Framework 4 that a value of `Release` stands for; undefined below 4.5, which has no such value. */
export function installedVersion(release: number): string | undefined {
  return releases.findLast(([first]) => release >= first)?.[1];
}

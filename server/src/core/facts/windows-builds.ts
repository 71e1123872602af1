import type { WindowsId } from './tls-windows.ts';

/** A Windows version as its build number tells it. */
export interface WindowsBuild {
  /** The row of the Schannel table that holds for it. */
  readonly id: WindowsId;
  readonly name: string;
  readonly build: number;
}

/**
 * First builds of each version, newest first. Windows 8 and Server 2012 have the Schannel defaults of 8.1 and 2012 R2.
 * Sources: https://learn.microsoft.com/windows/release-health/release-information,
 * https://learn.microsoft.com/windows/release-health/windows11-release-information,
 * https://learn.microsoft.com/windows-server/get-started/windows-server-release-info and, for the older ones,
 * https://learn.microsoft.com/windows/win32/sysinfo/operating-system-version
 */
const clients: readonly (readonly [build: number, id: WindowsId, name: string])[] = [
  [22000, '11', 'Windows 11'],
  [10240, '10', 'Windows 10'],
  [9600, '8.1', 'Windows 8.1'],
  [9200, '8.1', 'Windows 8'],
  [7600, '7', 'Windows 7'],
];

const servers: readonly (readonly [build: number, id: WindowsId, name: string])[] = [
  [26100, 'server-2025', 'Windows Server 2025'],
  [20348, 'server-2022', 'Windows Server 2022'],
  [17763, 'server-2019', 'Windows Server 2019'],
  [14393, 'server-2016', 'Windows Server 2016'],
  [9600, 'server-2012r2', 'Windows Server 2012 R2'],
  [9200, 'server-2012r2', 'Windows Server 2012'],
  [7600, 'server-2008r2', 'Windows Server 2008 R2'],
];

/** The version that a build number belongs to; undefined for builds before Windows 7. */
export function windowsOfBuild(build: number, isServer: boolean): WindowsBuild | undefined {
  const row = (isServer ? servers : clients).find(([first]) => build >= first);
  return row && { id: row[1], name: row[2], build };
}

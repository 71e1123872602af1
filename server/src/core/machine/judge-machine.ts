import { checkCipherSuites } from './check-cipher-suites.ts';
import { checkDotNet } from './check-dotnet.ts';
import { checkInternet } from './check-internet.ts';
import { checkSchannel } from './check-schannel.ts';
import { type MachineReading, readMachine } from './machine.ts';
import { machinePrograms } from './machine-programs.ts';
import type { MachineLevel, MachineReport } from './machine-report.ts';

/** Judges what was read of a machine's registry. */
export function judgeMachine(reading: MachineReading): MachineReport {
  const machine = readMachine(reading);
  return {
    windows: machine.windows ?? null,
    dotNet: machine.dotNet ?? null,
    hasClr2: machine.hasClr2 ?? null,
    programs: machinePrograms(machine),
    checks: [
      ...checkDotNet(machine),
      ...checkSchannel(machine),
      ...checkCipherSuites(machine),
      ...checkInternet(machine),
    ],
  };
}

/** Whether there is something to report: a setting by which connections fail or may fail. */
export function hasMachineProblem({ checks }: MachineReport): boolean {
  return checks.some(({ level }) => isProblem(level));
}

export function isProblem(level: MachineLevel): boolean {
  return level === 'bad' || level === 'weak';
}

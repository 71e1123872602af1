import type { TlsSwitches } from '../facts/net-tls-defaults.ts';
import { basename, type FilePath } from '../model/path.ts';
import { writesOfRegistryFile } from '../workspace/registry-writes.ts';
import { machineRegistryWords, type WrittenRegistry, writtenRegistry } from './machine-registry.ts';
import type { ProcessSettings } from './process-settings.ts';
import type { ReasoningStep } from './program-steps.ts';

/** What registry files of the workspace perhaps make of the machines on which a process runs. */
export function machineSteps(
  files: readonly FilePath[],
  readText: (path: FilePath) => string | undefined,
  settings: ProcessSettings,
): ReasoningStep[] {
  if (settings.runtime === 'modern') {
    return [];
  }
  return files.flatMap((path) => {
    const text = readText(path);
    if (text === undefined || !machineRegistryWords.test(text)) {
      return [];
    }
    return fileStep(path, writtenRegistry(writesOfRegistryFile(text)), settings) ?? [];
  });
}

/** The step of one file, or of the code of one file, that writes to the registry; undefined where nothing counts. */
export function fileStep(
  path: FilePath,
  written: WrittenRegistry,
  settings: ProcessSettings,
): ReasoningStep | undefined {
  const [first] = written.values;
  if (!first) {
    return undefined;
  }
  const name = basename(path);
  const harm = written.values.find(({ isHelp }) => !isHelp);
  const shown = harm ?? first;
  const at = { path, range: shown.range };
  const perhaps = {
    settings: { ...settings, switches: { ...settings.switches, ...ownSwitches(written, settings) } },
    machine: written.machine,
    harm: 'unsafe' as const,
  };
  if (harm) {
    const text = `${name} switches TLS defaults back (${shown.name}) on every machine where it is applied.`;
    return { text, at, perhaps, fix: { title: `Take ${shown.name} out of ${name}, or switch it on`, at } };
  }
  return written.isHalf
    ? {
        text: `${name} sets ${shown.name} in one view of the registry only, so that 32-bit and 64-bit programs differ.`,
        at,
        perhaps,
      }
    : { text: `${name} sets ${shown.name}: it helps where the file was applied.`, at, perhaps };
}

/** The configuration of a process outweighs the registry. */
function ownSwitches({ machine }: WrittenRegistry, { setSwitches }: ProcessSettings): Partial<TlsSwitches> {
  const isFree = (key: string) => !setSwitches.some((set) => set === key);
  return Object.fromEntries(Object.entries(machine.switches).filter(([key]) => isFree(key)));
}

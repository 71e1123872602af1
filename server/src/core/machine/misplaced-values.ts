import { formatMessage } from '../model/finding.ts';
import { ineffectiveRuntimeValues, registryMessages } from '../workspace/judge-registry.ts';
import type { RegistryWrite } from '../workspace/registry-writes.ts';
import type { RegistrySnapshot, SnapshotValue } from './registry-snapshot.ts';

/** A value that means to help .NET Framework and stands where the runtime does not read it. */
export interface MisplacedValue {
  readonly value: SnapshotValue;
  readonly reason: string;
}

/** Judges what stands in the registry as the rules judge a file that would write it; types are another check. */
export function misplacedValues(registry: RegistrySnapshot): MisplacedValue[] {
  return [...registry.values()].flatMap((value) => {
    const [problem] = ineffectiveRuntimeValues([writeOf(value)]);
    if (!problem || problem.message === 'type') {
      return [];
    }
    const { message: key, values } = problem;
    const templates: Readonly<Record<string, string>> = registryMessages.ineffective;
    return [{ value, reason: formatMessage({ key, template: templates[key] ?? key, values }) }];
  });
}

function writeOf({ key, name, data }: SnapshotValue): RegistryWrite {
  const range = { start: 0, end: key.length };
  return { change: 'set', path: key, pathRange: range, name, nameRange: range, data, dataRange: range, range };
}

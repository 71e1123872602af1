import { clientProducts } from '../../core/facts/client-products.ts';
import { hasMachineProblem, type MachineReport, machineSentence } from '../../core/index.ts';
import { formatVersion, tool } from './json.ts';

/** The state of a machine as JSON: schema `machine.schema.json`. */
export function machineJson(report: MachineReport, files: readonly string[] | null): string {
  const document = {
    formatVersion,
    tool,
    files,
    sentence: machineSentence(report),
    hasProblem: hasMachineProblem(report),
    ...report,
    products: clientProducts.map(({ pattern: _, ...product }) => product),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

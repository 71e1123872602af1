import type { TextRange } from '../model/finding.ts';
import { parseXml } from '../xml/index.ts';

/** One package of a packages.config. */
export interface ConfiguredPackage {
  readonly id: string;
  readonly version: string;
  readonly targetFramework: string;
  /** The `package` tag. */
  readonly range: TextRange;
  /** The value of `version`, or the tag where there is none. */
  readonly versionRange: TextRange;
  /** The value of `targetFramework`, or the tag where there is none. */
  readonly targetFrameworkRange: TextRange;
}

/** Reads a packages.config; nothing for a file that is not there. */
export function readPackagesConfig(text: string | undefined): ConfiguredPackage[] {
  if (text === undefined) {
    return [];
  }
  const packages: ConfiguredPackage[] = [];
  for (const element of parseXml(text).elements()) {
    const id = element.localName === 'package' ? element.attribute('id', true)?.value : undefined;
    if (id) {
      packages.push({
        id,
        version: element.attribute('version', true)?.value ?? '',
        targetFramework: element.attribute('targetFramework', true)?.value ?? '',
        range: element.openTagRange,
        versionRange: element.attribute('version', true)?.valueRange ?? element.openTagRange,
        targetFrameworkRange: element.attribute('targetFramework', true)?.valueRange ?? element.openTagRange,
      });
    }
  }
  return packages;
}

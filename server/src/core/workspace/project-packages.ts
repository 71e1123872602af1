import { findDynamicsPackage } from '../facts/dynamics-packages.ts';
import { netFramework } from '../facts/nuget-frameworks.ts';
import type { Location } from '../model/finding.ts';
import type { Build, Item } from '../msbuild/index.ts';

/** A package of Dynamics 365 that a project references, with the place of its version. */
export interface ProjectPackage {
  readonly id: string;
  /** As written: a version, a range or a floating version. */
  readonly version: string;
  /** The text of the version. */
  readonly at: Location;
  /** Versions of .NET Framework that the project references it for, as far as they are known. */
  readonly frameworks: readonly string[];
  /** False where the text is a part of something larger, or stands where a project cannot be edited. */
  readonly isEditable: boolean;
}

/**
 * Packages of Dynamics 365 among the references of a project, versions from central management included. Other packages
 * are left out: a workspace has tens of thousands of them.
 */
export function dynamicsPackagesOf(builds: readonly Build[]): ProjectPackage[] {
  const found = new Map<string, ProjectPackage>();
  for (const build of builds) {
    for (const type of ['PackageReference', 'GlobalPackageReference']) {
      for (const item of build.evaluation.items(type).items) {
        const known = item.include.known ? findDynamicsPackage(item.include.value) : undefined;
        const written = known && writtenVersion(build, item, known.id);
        if (known && written) {
          const key = `${written.at.path}\n${written.at.range.start}\n${known.id}`;
          const before = found.get(key)?.frameworks ?? [];
          found.set(key, { id: known.id, ...written, frameworks: [...before, ...frameworkOf(build)] });
        }
      }
    }
  }
  return [...found.values()];
}

type WrittenVersion = Omit<ProjectPackage, 'id' | 'frameworks'>;

function writtenVersion(build: Build, item: Item, id: string): WrittenVersion | undefined {
  return versionOf(item, 'versionoverride') ?? versionOf(item, 'version') ?? centralVersion(build, id);
}

function frameworkOf({ evaluation }: Build): string[] {
  const framework = evaluation.framework();
  return framework.known && framework.value?.identifier === netFramework ? [framework.value.version] : [];
}

/** `Directory.Packages.props`: a `PackageVersion` of the same name. */
function centralVersion({ evaluation }: Build, id: string): WrittenVersion | undefined {
  const item = evaluation
    .items('PackageVersion')
    .items.findLast(({ include }) => include.known && include.value.trim().toLowerCase() === id.toLowerCase());
  return item && versionOf(item, 'version');
}

function versionOf(item: Item, name: string): WrittenVersion | undefined {
  const metadata = item.metadata.get(name);
  const path = metadata?.location?.path ?? item.location?.path;
  if (!metadata?.value.known || metadata.value.value.trim() === '' || path === undefined) {
    return undefined;
  }
  const range = metadata.valueRange ?? metadata.location?.range ?? item.location?.range;
  return (
    range && {
      version: metadata.value.value.trim(),
      at: { path, range },
      isEditable: metadata.valueRange !== undefined,
    }
  );
}

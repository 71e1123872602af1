import { findRelease } from './dotnet-frameworks.ts';

/** An image of Microsoft with .NET Framework in it. */
export interface FrameworkImage {
  readonly purpose: 'runtime' | 'sdk' | 'aspnet' | 'wcf';
  /** The version that the tag begins with; `3.5` stands for 2.0 to 3.5. */
  readonly version: string;
  /** What follows the version and a date: `windowsservercore-ltsc2019`, or empty. */
  readonly system: string;
}

/**
 * Reads the reference of an image: `mcr.microsoft.com/dotnet/framework/runtime:3.5-windowsservercore-ltsc2019`, and the
 * repositories of the time before 2019 (`microsoft/dotnet-framework:4.6.2`, `microsoft/aspnet:4.7`). Undefined for
 * every other image, and for a tag that begins with no version.
 * Sources: https://github.com/microsoft/dotnet-framework-docker and
 * https://github.com/microsoft/dotnet-framework-docker/issues/125
 */
export function readFrameworkImage(reference: string): FrameworkImage | undefined {
  const match = /^(?:docker\.io\/)?([^:@]+):([^:@]+)(?:@.*)?$/i.exec(reference.trim());
  const repository = match?.[1]?.toLowerCase() ?? '';
  const current = /^mcr\.microsoft\.com\/dotnet\/framework\/(runtime|sdk|aspnet|wcf)$/.exec(repository);
  const purpose = (current?.[1] ?? former[repository]) as FrameworkImage['purpose'] | undefined;
  const tag = /^(\d\.\d(?:\.\d)?)(?:-(runtime|sdk))?(?:-\d{8})?(?:-(.+))?$/i.exec(match?.[2] ?? '');
  // The 1.0 of microsoft/aspnet was an early ASP.NET Core.
  return purpose && tag?.[1] && findRelease(tag[1]) && !tag[1].startsWith('1.')
    ? {
        purpose: (tag[2]?.toLowerCase() as FrameworkImage['purpose'] | undefined) ?? purpose,
        version: tag[1],
        system: tag[3] ?? '',
      }
    : undefined;
}

const former: Readonly<Record<string, FrameworkImage['purpose']>> = {
  'microsoft/dotnet-framework': 'runtime',
  'microsoft/dotnet-framework-build': 'sdk',
  'microsoft/aspnet': 'aspnet',
  'microsoft/wcf': 'wcf',
};

/** The image of 4.8 for the same purpose and system, which runs programs for every 4.x; undefined where none is certain. */
export function imageOf48({ purpose, system }: FrameworkImage): string | undefined {
  const isKnown = system === '' || /^windowsservercore-(?:ltsc20(?:16|19|22)|1803|1903)$/i.test(system);
  return isKnown ? `mcr.microsoft.com/dotnet/framework/${purpose}:4.8${system && `-${system}`}` : undefined;
}

import type { WordFilter } from '../model/host.ts';

/** A machine image of a build service that belongs to the time of Visual Studio 2015. */
export interface BuildImage {
  /** As pipelines name it, in lower case. */
  readonly name: string;
  readonly service: 'azure' | 'appveyor';
}

/**
 * Images with Visual Studio 2015 on Windows Server 2012 R2.
 * Sources: https://devblogs.microsoft.com/devops/removing-older-images-in-azure-pipelines-hosted-pools/ and
 * https://www.appveyor.com/docs/windows-images-software/ (Visual Studio 2015)
 */
export const buildImages2015: readonly BuildImage[] = [
  { name: 'vs2015-win2012r2', service: 'azure' },
  { name: 'visual studio 2015', service: 'appveyor' },
  { name: 'previous visual studio 2015', service: 'appveyor' },
];

/** Words without which a pipeline names none of them. */
export const pipelineWords: WordFilter = {
  words: ['vs2015-win2012', 'Visual Studio 2015', 'windows-2012'],
  ignoresCase: true,
};

import { readFrameworkImage } from '../facts/docker-images.ts';
import { compareVersions } from '../facts/dotnet-frameworks.ts';
import type { FilePath } from '../model/path.ts';
import { decidingStage, readDockerStages } from '../sources/dockerfile.ts';
import { raisedImage } from '../workspace/raised-image.ts';
import type { ProposedChange } from './model.ts';

export interface ImageEdits {
  readonly change: ProposedChange | undefined;
  /** The image that is too old and could not be raised. */
  readonly stuck: string | undefined;
}

/** The image that a Dockerfile runs a program on: it needs the .NET Framework that the program targets. */
export function imageEdits(path: FilePath, text: string, goal: string): ImageEdits {
  const stage = decidingStage(readDockerStages(text));
  const image = stage?.image === undefined ? undefined : readFrameworkImage(stage.image);
  if (!stage || !image || compareVersions(image.version, goal) >= 0) {
    return { change: undefined, stuck: undefined };
  }
  const raised = compareVersions(goal, '4.8') <= 0 ? raisedImage(text, stage, image) : undefined;
  return raised
    ? { change: { path, edits: [{ ...raised.edit, kind: 'image' }] }, stuck: undefined }
    : { change: undefined, stuck: stage.image };
}

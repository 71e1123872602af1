import { type FrameworkImage, imageOf48 } from '../facts/docker-images.ts';
import type { TextEdit } from '../model/finding.ts';
import type { DockerStage } from '../sources/dockerfile.ts';

/** The image of 4.8 in place of an older one, and the edit that writes it; undefined where none is certain. */
export function raisedImage(
  text: string,
  stage: DockerStage,
  image: FrameworkImage,
): { readonly image: string; readonly edit: TextEdit } | undefined {
  const goal = imageOf48(image);
  const written = text.slice(stage.imageRange.start, stage.imageRange.end);
  if (goal === undefined || (!stage.argument && written.includes('$'))) {
    return undefined;
  }
  const range = stage.argument?.range ?? stage.imageRange;
  const isTagAlone = stage.argument !== undefined && !stage.argument.isWholeReference;
  // A tag alone can be raised where the repository has one of that name.
  if (isTagAlone && !written.toLowerCase().startsWith('mcr.microsoft.com/')) {
    return undefined;
  }
  return { image: goal, edit: { range, newText: isTagAlone ? goal.slice(goal.indexOf(':') + 1) : goal } };
}

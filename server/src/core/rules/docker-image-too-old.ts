import { type FrameworkImage, readFrameworkImage } from '../facts/docker-images.ts';
import { compareVersions, requiredVersion } from '../facts/dotnet-frameworks.ts';
import type { Fix } from '../model/finding.ts';
import { type DockerStage, decidingStage, readDockerStages } from '../sources/dockerfile.ts';
import { knownTargets } from '../workspace/config-owner.ts';
import { raisedImage } from '../workspace/raised-image.ts';
import { defineRule, type FileContext } from './rule.ts';

/** Dockerfiles whose image has a .NET Framework below the minimum of Dynamics 365 and Dataverse online. */
export const rule = defineRule({
  id: 'docker-image-too-old',
  title: 'A Dockerfile builds on an image with a .NET Framework below the minimum for TLS 1.2 connections',
  severity: 'warning',
  appliesTo: ['dockerfile'],
  isFixable: true,
  messages: {
    unsupported:
      'The image has .NET Framework {version}, below 4.6.2, the documented minimum for Dynamics 365 and Dataverse online.',
    'clr-2':
      'The image is made for programs for .NET Framework 2.0 to 3.5, which offer only SSL 3.0 and TLS 1.0 by default, and Dynamics 365 and Dataverse online refuse both.',
    'other-program':
      'The image is made for programs for .NET Framework 2.0 to 3.5. The program here targets {framework}, which decides which TLS versions it offers.',
  },
  check({ file, report }) {
    const stage = file && decidingStage(readDockerStages(file.text));
    const image = stage?.image === undefined ? undefined : readFrameworkImage(stage.image);
    if (!file || !stage || !image || compareVersions(image.version, requiredVersion) >= 0) {
      return;
    }
    const isForClr2 = compareVersions(image.version, '4.0') < 0;
    const targets = knownTargets(file.projects);
    const isOtherProgram =
      isForClr2 && targets.length > 0 && targets.every(({ version }) => compareVersions(version, requiredVersion) >= 0);
    report({
      at: { path: file.path, range: stage.argument?.range ?? stage.imageRange },
      severity: isOtherProgram ? 'information' : 'warning',
      message: isOtherProgram ? 'other-program' : isForClr2 ? 'clr-2' : 'unsupported',
      values: { version: image.version, framework: targets[0]?.version ?? '' },
      fixes: isOtherProgram ? [] : raiseFix(file, stage, image),
    });
  },
});

/** A person decides: the program has to run on the newer framework. */
function raiseFix(file: FileContext, stage: DockerStage, image: FrameworkImage): Fix[] {
  const raised = raisedImage(file.text, stage, image);
  return raised
    ? [
        {
          title: { key: 'raise', template: 'Build on {image}', values: { image: raised.image } },
          isPreferred: true,
          bulk: 'confirm',
          changes: [{ path: file.path, edits: [raised.edit] }],
        },
      ]
    : [];
}

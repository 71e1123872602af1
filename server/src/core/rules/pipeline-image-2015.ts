import { buildImages2015, pipelineWords } from '../facts/build-images.ts';
import { mentionsWord } from '../model/host.ts';
import { type PipelineValue, readPipelineValues } from '../sources/pipeline.ts';
import { defineRule } from './rule.ts';

/** Pipelines that run on a machine image from the time of Visual Studio 2015. */
export const rule = defineRule({
  id: 'pipeline-image-2015',
  title: 'A pipeline runs on a build image of Visual Studio 2015',
  severity: 'information',
  appliesTo: ['pipeline'],
  isFixable: false,
  messages: {
    removed:
      'Azure Pipelines removed the image {image} (Visual Studio 2015 on Windows Server 2012 R2) in March 2020. On machines like it, steps that connect to Dynamics 365 or Dataverse online may have to choose TLS 1.2 themselves.',
    old: '{image} is an image of Visual Studio 2015 on Windows Server 2012 R2. Steps that connect to Dynamics 365 or Dataverse online may have to choose TLS 1.2 themselves there.',
    label:
      '{image} names machines with Windows Server 2012. Steps that connect to Dynamics 365 or Dataverse online may have to choose TLS 1.2 themselves there.',
  },
  check({ file, report }) {
    if (!file || !mentionsWord(file.text, pipelineWords)) {
      return;
    }
    for (const entry of readPipelineValues(file.text)) {
      const message = messageFor(entry, /\/\.github\/workflows\/[^/]+$/i.test(file.path));
      if (message) {
        const { range, value } = entry;
        report({ at: { path: file.path, range }, severity: 'information', message, values: { image: value } });
      }
    }
  },
});

/** Names of variables and of a matrix are free, so an image of Azure counts wherever it stands alone as a value. */
function messageFor({ value, path }: PipelineValue, isWorkflow: boolean): 'removed' | 'old' | 'label' | undefined {
  const name = value.trim().toLowerCase();
  const image = buildImages2015.find((known) => known.name === name);
  if (image?.service === 'azure') {
    return isWorkflow ? 'old' : 'removed';
  }
  const isAppVeyor = path.some((key) => /^(?:image|APPVEYOR_BUILD_WORKER_IMAGE)$/i.test(key));
  if (image && isAppVeyor) {
    return 'old';
  }
  const isRunner = isWorkflow && path.some((key) => /^(?:runs-on|matrix)$/i.test(key));
  return isRunner && /^windows-2012(?:-?r2)?$/.test(name) ? 'label' : undefined;
}

import { isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml';
import type { TextRange } from '../model/finding.ts';
import { yamlRoots } from './yaml-documents.ts';

/** A script that stands inside a pipeline's file. */
export interface PipelineScript {
  readonly language: 'windows-powershell' | 'powershell-core' | 'batch' | 'shell';
  /** Of the lines as they stand in the file, with their indentation. */
  readonly range: TextRange;
  /** Blanks that every line begins with and that do not belong to the script. */
  readonly indentation: number;
}

/**
 * The scripts of a pipeline: steps of Azure Pipelines, GitHub Actions, AppVeyor, GitLab and others that are written in the
 * same words. Never throws; what cannot be parsed is left out.
 * Sources: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema and
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
 */
export function readPipelineScripts(text: string): PipelineScript[] {
  const scripts: PipelineScript[] = [];
  for (const root of yamlRoots(text)) {
    collect(root, undefined, text, scripts);
  }
  return scripts;
}

function collect(node: unknown, parent: YAMLMap | undefined, text: string, scripts: PipelineScript[]): void {
  if (isSeq(node)) {
    for (const item of node.items) {
      collect(item, parent, text, scripts);
    }
  }
  if (!isMap(node)) {
    return;
  }
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value).toLowerCase() : '';
    const language = languageOf(name, node, parent);
    const values = isSeq(value) ? value.items : [value];
    for (const item of language ? values : []) {
      if (language && isScalar(item) && typeof item.value === 'string') {
        scripts.push(...scriptOf(item, language, text));
      }
    }
    collect(value, node, text, scripts);
  }
}

/** What runs the value of a key, by the key and by what stands beside it. */
function languageOf(name: string, step: YAMLMap, parent: YAMLMap | undefined): PipelineScript['language'] | undefined {
  const isCore = /^true$/i.test(textOf(step, 'pwsh'));
  const task = parent ? textOf(parent, 'task').toLowerCase() : '';
  switch (name) {
    case 'powershell':
    case 'ps':
      return 'windows-powershell';
    case 'pwsh':
      return isScalar(step.get('pwsh', true)) && typeof step.get('pwsh') === 'string' ? 'powershell-core' : undefined;
    case 'cmd':
      return 'batch';
    case 'bash':
    case 'sh':
      return 'shell';
    case 'run':
      return shells[textOf(step, 'shell').toLowerCase().split(' ')[0] ?? ''] ?? 'shell';
    case 'script':
    case 'inline':
    case 'inlinescript':
    case 'before_script':
    case 'after_script':
    case 'build_script':
    case 'test_script':
    case 'install':
      if (/powershell@/.test(task)) {
        return isCore ? 'powershell-core' : 'windows-powershell';
      }
      return /^(?:cmdline|batchscript)@/.test(task) ? 'batch' : 'shell';
    default:
      return undefined;
  }
}

const shells: Readonly<Record<string, PipelineScript['language']>> = {
  powershell: 'windows-powershell',
  pwsh: 'powershell-core',
  cmd: 'batch',
};

function textOf(map: YAMLMap, key: string): string {
  const value: unknown = map.get(key);
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

/** Only what stands in the file as it is: escapes and folded lines would move every place. */
function scriptOf(node: Scalar, language: PipelineScript['language'], text: string): PipelineScript[] {
  const [start, end] = node.range ?? [0, 0];
  const written = text.slice(start, end);
  if (/^[|>]/.test(written)) {
    const head = /^[|>][^\r\n]*(?:\r\n|\n|\r)/.exec(written)?.[0].length ?? written.length;
    const indentation = /^(?:[ \t]*(?:\r\n|\n|\r))*([ ]*)/.exec(written.slice(head))?.[1]?.length ?? 0;
    return [{ language, range: { start: start + head, end }, indentation }];
  }
  const quotes = /^["']/.test(written) ? 1 : 0;
  const range = { start: start + quotes, end: end - quotes };
  return text.slice(range.start, range.end) === node.value ? [{ language, range, indentation: 0 }] : [];
}

import { findRelease } from '../facts/dotnet-frameworks.ts';
import { formatMessage } from '../model/finding.ts';
import { type FilePath, relativePath } from '../model/path.ts';
import type { RetargetPlan } from '../retarget/model.ts';
import { escapeMarkdown } from '../text/escape.ts';

/** One version that a retarget can go to, for a list to choose from. */
export interface RetargetChoice {
  /** Without `v`. */
  readonly version: string;
  /** Until when it is supported, and what it offers. */
  readonly description: string;
  /** True for the one of the settings. */
  readonly isPreferred: boolean;
}

/** Versions that are offered first: the minimum, and those that people have reasons for. */
const offered = ['4.6.2', '4.7.2', '4.8', '4.8.1'];

/** What to choose from, the version of the settings among it. */
export function retargetChoices(preferred: string): RetargetChoice[] {
  const versions = offered.includes(preferred) ? offered : [...offered, preferred].sort();
  return versions.map((version) => {
    const release = findRelease(version);
    const support =
      release?.supportEnds && release.supportEnds !== 'os'
        ? `leaves support on ${release.supportEnds}`
        : 'no end of support announced';
    const protocols = release?.defaults === 'system' ? 'offers what Windows offers' : 'offers TLS 1.0, 1.1 and 1.2';
    return { version, description: `${support}; ${protocols}`, isPreferred: version === preferred };
  });
}

/** What a retarget did and what is left to do, as a page. Paths are relative to a folder. */
export function retargetMarkdown(plan: RetargetPlan, folder: FilePath): string {
  const file = (path: FilePath) => `\`${relativePath(folder, path)}\``;
  const parts = [`# Retarget to .NET Framework ${plan.goal}`];
  if (plan.followUps.length > 0) {
    const lines = plan.followUps.map(({ message, at, position }) => {
      const line = position && at && at.range.end > 0 ? `, line ${position.line + 1}` : '';
      return `- ${escapeMarkdown(formatMessage(message))}${at ? ` (${file(at.path)}${line})` : ''}`;
    });
    parts.push('## Left to do', lines.join('\n'));
  }
  if (plan.retargeted.length > 0) {
    const lines = plan.retargeted.map(({ path, from }) => `- ${file(path)} from ${from.join(', ')}`);
    parts.push(`## Retargeted (${plan.retargeted.length})`, lines.join('\n'));
  }
  const skipped = [...plan.leftAlone, ...plan.unresolved];
  if (skipped.length > 0) {
    const lines = skipped.map(({ path, reason }) => `- ${file(path)}: ${escapeMarkdown(formatMessage(reason))}`);
    parts.push(`## Left alone (${skipped.length})`, lines.join('\n'));
  }
  if (plan.retargeted.length + skipped.length === 0) {
    parts.push('No project targets a lower version.');
  }
  return `${parts.join('\n\n')}\n`;
}

import type { PowerShellScript } from './nodes.ts';

/** Which PowerShell runs a script, as far as the script says: `core` is 6 and later. */
export type PowerShellEngine = 'windows' | 'core' | 'unknown';

/**
 * Reads `#requires` and the first line.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_requires
 */
export function engineOf(text: string, { comments }: PowerShellScript): PowerShellEngine {
  if (/^\uFEFF?#![^\r\n]*\bpwsh\b/.test(text)) {
    return 'core';
  }
  for (const { start, end } of comments) {
    const comment = text.slice(start, end);
    if (!/^#requires\s/i.test(comment)) {
      continue;
    }
    const version = /\s-Version\s+["']?(\d+)/i.exec(comment)?.[1];
    const edition = /\s-PSEdition\s+["']?(\w+)/i.exec(comment)?.[1]?.toLowerCase();
    if (edition === 'core' || Number(version ?? 0) >= 6) {
      return 'core';
    }
    if (edition === 'desktop') {
      return 'windows';
    }
  }
  return 'unknown';
}

/**
 * Reads the manifest of a module.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_module_manifests
 */
export function engineOfManifest(text: string): PowerShellEngine {
  const code = text.replace(/<#[\s\S]*?#>|#[^\r\n]*/g, '');
  const editions = /\bCompatiblePSEditions\s*=\s*@?\(?([^)\r\n]*)/i.exec(code)?.[1] ?? '';
  const version = /\bPowerShellVersion\s*=\s*['"](\d+)/i.exec(code)?.[1];
  if (Number(version ?? 0) >= 6 || (/core/i.test(editions) && !/desktop/i.test(editions))) {
    return 'core';
  }
  return 'unknown';
}

import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { MappedText, XmlDocument } from '../xml/index.ts';
import { defineRule } from './rule.ts';

/**
 * Test settings that name a framework. The runner is the entry assembly of a test's process: it, not this file and not
 * the test project, decides which TLS versions the tests offer.
 * Sources: https://learn.microsoft.com/visualstudio/test/configure-unit-tests-by-using-a-dot-runsettings-file and
 * https://github.com/dotnet/docs/issues/4675
 */
export const rule = defineRule({
  id: 'test-settings-target',
  title: 'The framework of a test settings file does not decide which TLS versions the tests offer',
  severity: 'information',
  appliesTo: ['test-settings'],
  isFixable: false,
  messages: {
    framework:
      'The tests run for .NET Framework {version}. That does not decide which TLS versions they offer: the test runner is the entry assembly. A test that connects can pass where the program fails, and the other way round.',
    platform:
      'The tests run for .NET Framework {version}, in a process for {platform}. The framework does not decide which TLS versions they offer: the test runner is the entry assembly, with the values that the registry has for {bits}-bit programs.',
  },
  check({ file, report }) {
    if (!file?.text.includes('TargetFrameworkVersion')) {
      return;
    }
    const platform = contentOf(file.xml, 'TargetPlatform')?.value.trim() ?? '';
    const bits = { x86: '32', x64: '64' }[platform.toLowerCase()];
    const content = contentOf(file.xml, 'TargetFrameworkVersion');
    const version = content && frameworkOf(content.value.trim());
    if (content && version !== undefined) {
      const lead = content.value.length - content.value.trimStart().length;
      const range = content.sourceRange(lead, lead + content.value.trim().length);
      report({
        at: { path: file.path, range },
        severity: 'information',
        message: bits ? 'platform' : 'framework',
        values: { version, platform, bits: bits ?? '' },
      });
    }
  },
});

function contentOf(document: XmlDocument, name: string): MappedText | undefined {
  for (const element of document.elements()) {
    if (element.localName === name && element.parent?.localName === 'RunConfiguration') {
      return element.content;
    }
  }
  return undefined;
}

/** `Framework45` and its like, or a name as projects have it; undefined for other platforms. */
function frameworkOf(text: string): string | undefined {
  const old = /^Framework(\d)(\d)$/i.exec(text);
  if (old) {
    return `${old[1]}.${old[2]}`;
  }
  const name = parseFrameworkName(text);
  return name?.identifier === netFramework ? name.version : undefined;
}

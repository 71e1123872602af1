import { defineRule } from './rule.ts';

/** Files of the old hosting process that are part of the workspace: build output that nobody needs any more. */
export const rule = defineRule({
  id: 'hosting-process-file',
  title: 'A file of the hosting process of Visual Studio 2015 and older is part of the workspace',
  severity: 'information',
  appliesTo: ['hosting-process-file'],
  isFixable: false,
  messages: {
    file: '{name} belongs to the hosting process of Visual Studio 2015 and older, which offers no TLS 1.2 while a program is debugged. It is build output: Visual Studio 2017 and later neither write nor read it.',
  },
  check({ file, report }) {
    if (file) {
      report({
        at: { path: file.path, range: { start: 0, end: 0 } },
        severity: 'information',
        message: 'file',
        values: { name: file.path.slice(file.path.lastIndexOf('/') + 1) },
      });
    }
  },
});

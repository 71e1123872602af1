import { findClientPins, otherClientLanguage } from '../sources/other-client.ts';
import { defineRule } from './rule.ts';

/** Programs in other languages that allow nothing newer than TLS 1.1. */
export const rule = defineRule({
  id: 'other-client-protocol',
  title: 'A program in another language allows nothing newer than TLS 1.1',
  severity: 'warning',
  appliesTo: ['other-client'],
  isFixable: false,
  isOffByDefault: true,
  messages: {
    pinned:
      'With {value}, the program offers nothing newer than TLS 1.1, and Dynamics 365 and Dataverse online refuse it. Instead: {replacement}.',
  },
  check({ file, report }) {
    const language = file && otherClientLanguage(file.path);
    if (!file || !language || isTest(file.path)) {
      return;
    }
    for (const { range, pin } of findClientPins(file.text, language)) {
      report({
        at: { path: file.path, range },
        severity: 'warning',
        message: 'pinned',
        values: { value: file.text.slice(range.start, range.end), replacement: pin.replacement },
      });
    }
  },
});

/** Tests speak to servers of their own, in every version that there is. */
function isTest(path: string): boolean {
  return /(?:^|\/)(?:tests?|specs?|testdata|__tests__|testing|fixtures)\/|[._-](?:test|spec)s?\.\w+$|(?:^|\/)test_[^/]*$|(?:Test|Tests|IT)\.(?:java|kt)$/i.test(
    path,
  );
}

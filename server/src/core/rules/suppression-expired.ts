import { wholeCommentEdit } from '../suppressions/write-suppressions.ts';
import { defineRule } from './rule.ts';

/** Comments whose last day has passed: they silence nothing any more. */
export const rule = defineRule({
  id: 'suppression-expired',
  title: 'A comment that silences a rule has expired',
  severity: 'information',
  appliesTo: ['suppression'],
  isFixable: true,
  messages: {
    expired: 'This exception ended on {date}. What it silenced is told again: fix that, or decide anew.',
  },
  check({ suppressions, report }) {
    const seen = new Set<object>();
    for (const { suppression, isExpired } of suppressions?.judged ?? []) {
      if (!suppressions || !isExpired || !suppression.until || seen.has(suppression)) {
        continue;
      }
      seen.add(suppression);
      const { path, text } = suppressions;
      report({
        at: { path, range: suppression.until.range },
        severity: 'information',
        message: 'expired',
        values: { date: suppression.until.date },
        fixes: [
          {
            title: { key: 'remove', template: 'Remove the comment', values: {} },
            isPreferred: true,
            bulk: 'confirm',
            changes: [{ path, edits: [wholeCommentEdit(text, suppression)] }],
          },
        ],
      });
    }
  },
});

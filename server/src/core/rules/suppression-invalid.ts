import type { Fix, Location, TextRange } from '../model/finding.ts';
import type { NamedRule, Suppression } from '../suppressions/read-suppressions.ts';
import { nearMiss } from '../text/near-miss.ts';
import { defineRule } from './rule.ts';

/** Comments that mean to silence a rule and cannot: an unknown rule, no rule, a date that is none. */
export const rule = defineRule({
  id: 'suppression-invalid',
  title: 'A comment that means to silence a rule cannot count',
  severity: 'warning',
  appliesTo: ['suppression'],
  isFixable: true,
  options: [
    {
      key: 'requireReason',
      type: 'boolean',
      default: false,
      description: 'Every comment that silences a rule must say why.',
    },
    {
      key: 'requireExpiry',
      type: 'boolean',
      default: false,
      description: 'Every comment that silences a rule must say until when.',
    },
  ],
  messages: {
    'unknown-rule': 'There is no rule "{rule}": nothing is silenced.',
    'similar-rule': 'There is no rule "{rule}". It is called "{meant}".',
    'no-rule': 'The comment names no rule, and silences nothing. Write the rule behind {keyword}.',
    keyword:
      'There is no "{keyword}". Write dynamics-tls-disable-line, dynamics-tls-disable-next-line or dynamics-tls-disable-file.',
    'no-date': 'The text "{date}" is no date, and the comment does not count. Write it as 2027-01-31.',
    'no-reason': 'The comment does not say why the rule is silenced. Write it behind a colon.',
    'no-expiry': 'The comment does not say until when the rule is silenced: until 2027-01-31, behind the rule.',
  },
  check({ suppressions, options, rules, report }) {
    const known = rules.map(({ id }) => id);
    for (const comment of suppressions?.comments ?? []) {
      for (const { range, message, values = {} } of problemsOf(comment, known, options)) {
        const path = suppressions?.path ?? '';
        report({
          at: { path, range },
          severity: 'warning',
          message,
          values,
          fixes: values['meant'] === undefined ? [] : [renameFix({ path, range }, values['meant'])],
        });
      }
    }
  },
});

interface Problem {
  readonly range: TextRange;
  readonly message: string;
  readonly values?: Readonly<Record<string, string>>;
}

function problemsOf(
  comment: Suppression,
  known: readonly string[],
  { requireReason, requireExpiry }: Readonly<Record<string, unknown>>,
): Problem[] {
  const { keyword, keywordRange, until } = comment;
  if (comment.reach === null) {
    const meant = nearMiss(keyword, keywords, 3);
    return [{ range: keywordRange, message: 'keyword', values: { keyword, ...(meant ? { meant } : {}) } }];
  }
  const problems = comment.rules.flatMap((named) => (known.includes(named.id) ? [] : [strangeRule(named, known)]));
  if (comment.rules.length === 0) {
    problems.push({ range: keywordRange, message: 'no-rule', values: { keyword } });
  }
  if (until && !until.isDate) {
    problems.push({ range: until.range, message: 'no-date', values: { date: until.date } });
  }
  if (requireReason === true && comment.reason === '') {
    problems.push({ range: keywordRange, message: 'no-reason' });
  }
  if (requireExpiry === true && !until) {
    problems.push({ range: keywordRange, message: 'no-expiry' });
  }
  return problems;
}

function strangeRule({ id, range }: NamedRule, known: readonly string[]): Problem {
  const meant = nearMiss(id, known);
  return meant === undefined
    ? { range, message: 'unknown-rule', values: { rule: id } }
    : { range, message: 'similar-rule', values: { rule: id, meant } };
}

function renameFix({ path, range }: Location, meant: string): Fix {
  return {
    title: { key: 'rename', template: 'Change it to {meant}', values: { meant } },
    isPreferred: true,
    bulk: 'confirm',
    changes: [{ path, edits: [{ range, newText: meant }] }],
  };
}

const keywords = ['dynamics-tls-disable-line', 'dynamics-tls-disable-next-line', 'dynamics-tls-disable-file'];

import type { Fix } from '../model/finding.ts';
import { ruleLevel } from '../model/settings.ts';
import type { JudgedSuppression } from '../suppressions/apply-suppressions.ts';
import { removalEdit } from '../suppressions/write-suppressions.ts';
import { defineRule, type Rule, type SuppressionContext } from './rule.ts';

/** Comments that silence nothing (any more): the next finding at their place would go unseen. */
export const rule = defineRule({
  id: 'suppression-unused',
  title: 'A comment silences a rule that reports nothing there',
  severity: 'information',
  appliesTo: ['suppression'],
  isFixable: true,
  messages: {
    line: 'The rule {rule} reports nothing on this line: the comment can go.',
    'next-line': 'The rule {rule} reports nothing on the next line: the comment can go.',
    file: 'The rule {rule} reports nothing in this file: the comment can go.',
  },
  check({ suppressions, settings, rules, report }) {
    for (const judged of suppressions?.judged ?? []) {
      const { suppression, isUsed, isExpired } = judged;
      const named = rules.find(({ id }) => id === judged.rule.id);
      // A rule that is switched off here may be on for somebody else.
      const isOn = named && isReporting(named, ruleLevel(settings, named.id));
      if (suppressions && suppression.reach && isOn && !isUsed && !isExpired && suppression.until?.isDate !== false) {
        report({
          at: { path: suppressions.path, range: judged.rule.range },
          severity: 'information',
          message: suppression.reach,
          values: { rule: judged.rule.id },
          fixes: [removalFix(suppressions, judged)],
        });
      }
    }
  },
});

function isReporting(named: Rule, level: string): boolean {
  return level !== 'off' && !(level === 'default' && named.isOffByDefault === true);
}

function removalFix({ path, text }: SuppressionContext, { suppression, rule: named }: JudgedSuppression): Fix {
  return {
    title: { key: 'remove', template: 'Remove the comment for {rule}', values: { rule: named.id } },
    isPreferred: true,
    bulk: 'confirm',
    changes: [{ path, edits: [removalEdit(text, suppression, named)] }],
  };
}

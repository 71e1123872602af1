import type { TextRange } from '../model/finding.ts';
import type { UsePlace } from '../model/protocol-use.ts';
import { isConditional, memberAt } from './structure.ts';
import type { Evaluator } from './values.ts';

/** The statement around a token, with the sign that ends it. */
export function statementRange({ code, structure }: Evaluator, i: number): TextRange {
  const last = structure.statementEnd(i);
  const end = code.is(last + 1, ';') ? last + 1 : last;
  return code.range(structure.statementStart(i), end);
}

/** What surrounds a token. What depends on the preprocessor is filled in by those who know all builds. */
export function describePlace(evaluator: Evaluator, i: number): UsePlace {
  const { structure } = evaluator;
  return {
    isDebugOnly: false,
    condition: [],
    member: memberAt(structure, i)?.name,
    isConditional: isConditional(structure, i),
    isInTry: isInTry(evaluator, i),
    isGuarded: isGuarded(evaluator, i),
  };
}

function isInTry({ structure }: Evaluator, i: number): boolean {
  for (const { kind, name } of structure.scopesOf(i)) {
    if (kind === 'member' || name === 'try') {
      return name === 'try';
    }
  }
  return false;
}

/** True where a test before the statement, in the same member, looks at the protocols. */
function isGuarded({ code, structure }: Evaluator, i: number): boolean {
  const first = Math.max(memberAt(structure, i)?.first ?? 0, i - 200);
  let isTest = false;
  for (let at = structure.statementStart(i) - 1; at >= first; at--) {
    if (code.isName(at) && /^SecurityProtocol$/i.test(code.name(at))) {
      isTest = true;
    } else if (isTest && /^(?:if|while)$/i.test(code.word(at))) {
      return true;
    } else if (isTest && (code.isEnd(at) || code.is(at, '}'))) {
      return false;
    }
  }
  return false;
}

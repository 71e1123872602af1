import { known, unknown } from '../model/known.ts';
import type { SwitchUse } from '../model/protocol-use.ts';
import { chainText } from './names.ts';
import { chainStart } from './protocol-assignments.ts';
import { describePlace, statementRange } from './use-places.ts';
import { type Evaluator, splitArguments } from './values.ts';

/** `AppContext.SetSwitch("...", value)`. */
export function readSwitches(evaluator: Evaluator): SwitchUse[] {
  const { code } = evaluator;
  const found: SwitchUse[] = [];
  for (let i = 0; i < code.length; i++) {
    if (!code.isName(i) || !code.same(code.name(i), 'SetSwitch') || !code.is(i + 1, '(')) {
      continue;
    }
    const text = chainText(code, chainStart(code, i)) ?? '';
    const [name, value] = splitArguments(code, i + 1);
    const isOurs =
      evaluator.type(text.slice(0, text.lastIndexOf('.'))) === 'AppContext' ||
      evaluator.names.staticImports.some((one) => evaluator.type(one) === 'AppContext');
    if (!isOurs || !name || !value) {
      continue;
    }
    const written = evaluator.text(name.first, name.last);
    const word = value.first === value.last ? code.word(value.first).toLowerCase() : '';
    found.push({
      kind: 'switch',
      name: written === undefined ? unknown('the name is not known') : known(written),
      value: word === 'true' || word === 'false' ? known(word === 'true') : unknown('the value is not known'),
      nameRange: innerRange(evaluator, name.first, name.last),
      valueRange: code.range(value.first, value.last),
      range: statementRange(evaluator, i),
      where: describePlace(evaluator, i),
    });
  }
  return found;
}

/** The text of one string without its quotes; a constant, or several strings, as they stand. */
export function innerRange({ code }: Evaluator, first: number, last: number) {
  const written = code.word(first);
  const start = /^[$@]*"+/.exec(written)?.[0].length ?? 0;
  const end = /"+$/.exec(written)?.[0].length ?? 0;
  return first === last && start > 0 && end > 0
    ? { start: code.start(first) + start, end: code.end(first) - end }
    : code.range(first, last);
}

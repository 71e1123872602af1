import type { TextRange } from '../../model/finding.ts';
import { type CommandWord, splitCommands } from '../command-lines.ts';
import { usesOfCommand } from '../command-uses.ts';
import { shiftRange } from '../shift-use.ts';
import { textOf } from './arguments.ts';
import type { Command, CommandElement } from './nodes.ts';
import type { Run, Scope } from './run.ts';
import type { Value } from './value.ts';

/** A command that is a program of its own. */
export interface ProgramCall {
  readonly run: Run;
  readonly command: Command;
  readonly scope: Scope;
}

/** `curl --tls-max` is the program: the command of that name in Windows PowerShell has no such options. */
export function isOptionOfProgram(element: CommandElement): boolean {
  if (element.kind === 'parameter') {
    return /^[skLfX]+$/.test(element.name);
  }
  const [first] = element.value.kind === 'string' ? element.value.parts : [];
  return typeof first === 'string' && /^--\w/.test(first);
}

/** A program, called as a shell would call it. */
export function runProgram({ run, command, scope }: ProgramCall): undefined {
  const words = [wordOf(run.evaluate(command.name, scope), command.name.range)];
  for (const element of command.elements) {
    if (element.kind === 'parameter') {
      const { start, end } = element.range;
      words.push({ value: scope.file.text.slice(start, end), range: element.range });
    }
    if (element.value) {
      words.push(wordOf(run.evaluate(element.value, scope), element.value.range));
    }
  }
  const { range } = command;
  for (const use of usesOfCommand({ words, range }, scope.where)) {
    run.use(use, scope);
  }
  return undefined;
}

/** What is not known is written as a variable. */
function wordOf(value: Value, range: TextRange): CommandWord {
  return { value: textOf(value) ?? '$', range };
}

/** A program that PowerShell starts with a list of arguments: `Start-Process reg -ArgumentList 'add ...'`. */
export function runStarted({ run, command, scope }: ProgramCall, program: Value, list: Value | undefined): undefined {
  const values = list?.kind === 'list' ? list.items : list ? [list] : [];
  if (!values.every(({ kind }) => kind === 'text')) {
    return;
  }
  const words = values.flatMap((value) => (value.kind === 'text' ? wordsOf(value, scope) : []));
  const { range } = command;
  for (const use of usesOfCommand({ words: [wordOf(program, command.name.range), ...words], range }, scope.where)) {
    run.use(use, scope);
  }
}

/** The words of a text; their places are exact where the text stands in quotes as it is. */
function wordsOf({ value, range }: Value & { kind: 'text' }, { file }: Scope): CommandWord[] {
  const from = file.text.indexOf(value, range.start);
  const isExact = from >= 0 && from + value.length <= range.end;
  return splitCommands(value, 'batch').flatMap(({ words }) =>
    words.map((word) => ({ value: word.value, range: isExact ? shiftRange(word.range, from) : range })),
  );
}

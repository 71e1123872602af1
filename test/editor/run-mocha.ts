import type { TestResult } from './results.ts';
import { testLimitMilliseconds } from './results.ts';

export interface MochaRun {
  /** Loads the test files; `suite` and `test` are global by then. */
  load: () => Promise<void> | void;
  grep?: string | undefined;
  /** Called after each test, with a line for the person who watches. */
  onResult: (result: TestResult, line: string) => void;
}

/** Runs Mocha tests in this process: in the extension host and in the runner alike. */
export async function runMocha(run: MochaRun): Promise<TestResult[]> {
  const { default: Mocha } = await import('mocha');
  // The reporter that prints nothing: each result is printed as it comes, in one form for both kinds of tests.
  const mocha = new Mocha({ ui: 'tdd', timeout: testLimitMilliseconds, reporter: 'base' });
  if (run.grep) {
    mocha.grep(new RegExp(run.grep));
  }
  // This is how Mocha itself defines the globals of its user interface before it loads a file.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await run.load();
  const results: TestResult[] = [];
  await new Promise<void>((resolve) => {
    const add = (runnable: Mocha.Runnable, state: TestResult['state'], error?: unknown) => {
      const result = resultOf(runnable, state, error);
      results.push(result);
      run.onResult(result, lineOf(result));
    };
    mocha
      .run(() => resolve())
      .on('pass', (test) => add(test, 'passed'))
      .on('pending', (test) => add(test, 'skipped'))
      .on('fail', (test, error) => add(test, 'failed', error));
  });
  return results;
}

const marks = { passed: '✓', failed: '✗', skipped: '-' };

/** Tells the lines of test results from everything else that reaches the console of an extension host. */
export function isResultLine(line: string): boolean {
  return Object.values(marks).some((mark) => line.startsWith(`  ${mark} `));
}

export function isFailureLine(line: string): boolean {
  return line.startsWith(`  ${marks.failed} `);
}

function resultOf(runnable: Mocha.Runnable, state: TestResult['state'], error: unknown): TestResult {
  const result: TestResult = {
    title: runnable.titlePath().join(': '),
    state,
    milliseconds: Math.round(runnable.duration ?? 0),
  };
  if (error !== undefined) {
    result.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  return result;
}

function lineOf(result: TestResult): string {
  const line = `  ${marks[result.state]} ${result.title} (${result.milliseconds} ms)`;
  return result.error ? `${line}\n${result.error.replace(/^/gm, '      ')}` : line;
}

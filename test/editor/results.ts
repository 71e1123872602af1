/** How one test ended, in the form in which the extension host hands it to the runner. */
export interface TestResult {
  /** The suite and the test, separated by ": ". */
  title: string;
  state: 'passed' | 'failed' | 'skipped';
  milliseconds: number;
  /** Message and stack; only for failed tests. */
  error?: string;
}

/** What the runner tells the extension host; a file beside the workspace, because both launchers can pass on that. */
export interface SuiteOrder {
  /** Name of the folder under `test/editor/suite` and of the workspace under `test/editor/workspaces`. */
  workspace: string;
  /** Only tests whose title matches this regular expression run. */
  grep?: string;
}

export const orderFile = 'order.json';
export const resultsFile = 'results.json';

/** Time limit of one test. Generous: build machines are slow, and only a broken test reaches it. */
export const testLimitMilliseconds = 120_000;

/** What a launcher needs to run one suite in one kind of VS Code. */
export interface SuiteLaunch {
  /** For file names and messages. */
  name: string;
  /** Absolute path of the folder to open. */
  folder: string;
  /** Absolute path of the extension under test. */
  extension: string;
  /** Absolute path of the module that exports `run()`. */
  bundle: string;
  /** The launcher gives up after this time. */
  limitMilliseconds: number;
  /** Receives what the tests print. */
  onLine: (line: string) => void;
  /** True when the suite has left results and none of them is a failure. */
  isGood: () => Promise<boolean>;
}

import type { CommandContext } from '../activate.ts';

/** Shows the log. Its level is set with "Developer: Set Log Level...". */
export function showLog({ log }: CommandContext): void {
  log.show();
}

import { window } from 'vscode';
import type { CommandContext } from '../activate.ts';

/** Ends the language server and starts a new one. */
export async function restartServer({ client, log, status, start }: CommandContext): Promise<void> {
  try {
    if (client.isRunning()) {
      await client.stop();
    }
    await start();
  } catch (error) {
    status.fail(String(error));
    const choice = await window.showErrorMessage(
      `Dynamics TLS: The server could not be started: ${String(error)}`,
      'Show Log',
    );
    if (choice) {
      log.show();
    }
  }
}

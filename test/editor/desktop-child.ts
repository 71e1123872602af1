/** Runs in a process of its own, so that a VS Code that hangs can be ended together with everything it has started. */
import { runTests } from '@vscode/test-electron';

process.exitCode = await runTests(JSON.parse(process.argv[2] ?? '{}')).catch(() => 1);

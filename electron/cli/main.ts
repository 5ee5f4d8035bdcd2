/** The command line: `headlight <command> [options]`. */
import process from 'node:process';
import { runCli } from './cli.ts';
import { EXIT } from './command.ts';

/** Ends the process when stdout has taken everything: nothing that a library left running keeps it alive. */
function finish(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}

// A reader such as `head` may close the pipe early; that is its choice, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failure);
});

finish(
  await runCli(process.argv.slice(2), {
    write: (text) => process.stdout.write(text),
    note: (text) => process.stderr.write(text),
    status: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001B[K${text}`) : undefined,
  }),
);

/** The command line as a function: words in, exit code out. */
import { ModelError } from '../../native-models/errors.ts';
import { appVersion } from '../host/versions.ts';
import { parseCommandLine } from './arguments.ts';
import { EXIT, UsageError } from './command.ts';
import type { Output } from './command.ts';
import { commands } from './commands/index.ts';
import { commandHelp, generalHelp } from './help.ts';
import { plainLine } from './table.ts';

/** Runs a command. Errors become one sentence on `output.note`; nothing is thrown. */
export async function runCli(words: readonly string[], output: Output): Promise<number> {
  try {
    const parsed = await parseCommandLine(words, commands);
    if (parsed.kind === 'version') output.write(`${appVersion()}\n`);
    else if (parsed.kind === 'help') {
      const { entry } = parsed;
      output.write(entry ? commandHelp(entry, await entry.load()) : generalHelp(commands));
    } else await parsed.command.run(parsed.values, output);
    return EXIT.ok;
  } catch (error) {
    output.note(`headlight: ${sentence(error)}\n`);
    return exitCode(error);
  }
}

/** An error as one line, without a stack trace. */
function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return plainLine(text.replace(/\s*\n\s*/g, ' ').trim()) || 'Something failed without saying why.';
}

const FAILURES: ReadonlySet<ModelError['code']> = new Set(['bad-model', 'device', 'network', 'disk']);

/** A model, a device, a network or a disk that does not do its part is a failure; everything else a ModelError says is about the input. */
function exitCode(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (!(error instanceof ModelError)) return EXIT.failure;
  return FAILURES.has(error.code) ? EXIT.failure : EXIT.usage;
}

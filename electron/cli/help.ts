/** What `help` prints: the commands, or one command's options and examples. */
import type { Command, CommandEntry } from './command.ts';

const PROGRAM = 'npm run -s headlight --';

export function generalHelp(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Headlight: see inside transformer attention.',
    '',
    `Usage: ${PROGRAM} <command> [options]`,
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `\`${PROGRAM} help <command>\` explains a command; --version prints the version.`,
    'Exit codes: 0 ok, 2 something in the arguments (also a text or model that cannot be used), 1 failure.',
    '',
  ].join('\n');
}

export function commandHelp({ name, summary }: CommandEntry, { options, examples, argument }: Command): string {
  const words = argument === undefined ? [] : [{ left: argument.name, right: argument.help }];
  const named = Object.entries(options).map(([option, { value, help, required, repeatable }]) => ({
    left: `--${option}${value === undefined ? '' : ` ${value}`}`,
    right: `${help}${required === true ? ' (required)' : ''}${repeatable === true ? ' (repeatable, applied in order)' : ''}`,
  }));
  const rows = [...words, ...named];
  const width = Math.max(...rows.map(({ left }) => left.length), '--help'.length);
  return [
    summary,
    '',
    `Usage: ${PROGRAM} ${name}${argument === undefined ? '' : ` ${argument.name}`} [options]`,
    '',
    'Options:',
    ...rows.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`),
    `  ${'--help'.padEnd(width)}  this text`,
    '',
    'Examples:',
    ...examples.map((example) => `  ${PROGRAM} ${name} ${example}`),
    '',
  ].join('\n');
}

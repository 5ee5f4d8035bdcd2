/** From the words of the command line to a command and its options. */
import { parseArgs } from 'node:util';
import type { Command, CommandEntry, GivenOption } from './command.ts';
import { parserOptions, UsageError, Values } from './command.ts';

export type Parsed =
  | { readonly kind: 'run'; readonly command: Command; readonly values: Values }
  | { readonly kind: 'help'; readonly entry: CommandEntry | undefined }
  | { readonly kind: 'version' };

/**
 * @param words the arguments after the program's name
 * @throws UsageError for an unknown command or option, a missing or doubled value, or a required option left out
 */
export async function parseCommandLine(words: readonly string[], commands: readonly CommandEntry[]): Promise<Parsed> {
  const [first, ...rest] = words;
  if (first === undefined || first === '--help' || first === '-h') return { kind: 'help', entry: undefined };
  if (first === '--version' || first === '-v') return { kind: 'version' };
  const find = (name: string): CommandEntry => {
    const entry = commands.find((each) => each.name === name);
    if (!entry) throw unknownCommand(name, commands);
    return entry;
  };
  if (first === 'help') return { kind: 'help', entry: rest[0] === undefined ? undefined : find(rest[0]) };
  const entry = find(first);
  const command = await entry.load();
  const values = parseOptions(entry.name, command, rest);
  if (values === 'help') return { kind: 'help', entry };
  for (const [option, { required }] of Object.entries(command.options)) {
    if (required === true && values.text(option) === undefined) {
      throw new UsageError(`The option --${option} is missing; see \`headlight help ${entry.name}\`.`);
    }
  }
  return { kind: 'run', command, values };
}

function unknownCommand(name: string, commands: readonly CommandEntry[]): UsageError {
  const names = commands.map((command) => command.name);
  const near = nearest(name, names);
  const hint = near === undefined ? `The commands are ${names.join(', ')}.` : `Did you mean ${near}?`;
  return new UsageError(`There is no command "${name}". ${hint}`);
}

function parseOptions(name: string, command: Command, words: readonly string[]): Values | 'help' {
  const options = parserOptions(command.options);
  const seen = new Set<string>();
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  const values: Record<string, string | boolean> = {};
  const repeated: GivenOption[] = [];
  let argument: string | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (command.argument === undefined || argument !== undefined) throw strayWord(token.value, command);
      argument = token.value;
      continue;
    }
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw unknownOption(token.rawName, name, command);
    if (token.name === 'help') return 'help';
    const value = valueOf(token, option.type);
    if (command.options[token.name]?.repeatable === true) {
      repeated.push({ name: token.name, value: String(value) });
      continue;
    }
    if (seen.has(token.name)) throw new UsageError(`The option --${token.name} was given twice.`);
    seen.add(token.name);
    values[token.name] = value;
  }
  return new Values(values, repeated, argument);
}

function strayWord(word: string, { argument }: Command): UsageError {
  if (argument !== undefined) return new UsageError(`"${word}" is one word too many; there is one ${argument.name}.`);
  return new UsageError(`"${word}" belongs to no option; put words with spaces in quotes: --text "one two".`);
}

interface OptionToken {
  readonly name: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function valueOf(token: OptionToken, type: string): string | boolean {
  const { name, value, inlineValue } = token;
  if (type === 'boolean') {
    if (value !== undefined) throw new UsageError(`The option --${name} takes no value.`);
    return true;
  }
  if (value === undefined) throw new UsageError(`The option --${name} needs a value.`);
  // `--text --json` is a forgotten value more often than a text that begins with dashes.
  if (inlineValue !== true && /^--[a-z]|^-h$/.test(value)) {
    throw new UsageError(`The option --${name} needs a value; for one that begins with "--" write --${name}=${value}.`);
  }
  return value;
}

function unknownOption(raw: string, command: string, { options }: Command): UsageError {
  const names = Object.keys(options).map((name) => `--${name}`);
  const near = nearest(raw, names);
  const hint = near === undefined ? `see \`headlight help ${command}\`.` : `did you mean ${near}?`;
  return new UsageError(`\`${command}\` has no option ${raw}; ${hint}`);
}

/** The name that `word` begins, or that differs from it in the fewest letters when that is few; undefined when none is near. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const begun = names.filter((name) => word.length > 2 && name.startsWith(word));
  if (begun.length === 1) return begun[0];
  const ranked = names
    .map((name) => ({ name, distance: editDistance(word, name) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Letters to insert, leave out, replace or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const above = rows[i - 1]!;
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1, swapped ? rows[i - 2]![j - 2]! + 1 : Infinity));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

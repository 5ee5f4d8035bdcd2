/** What a command of the command line is, and the one error that means "the words you typed". */
import type { ParseArgsConfig } from 'node:util';

/** Exit codes of the process. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;

type Options = NonNullable<ParseArgsConfig['options']>;

/** One option as `help` lists it and as parseArgs reads it; `value` is the placeholder of a text option. */
export interface OptionHelp {
  readonly value?: string;
  readonly help: string;
  readonly required?: boolean;
  /** May be given many times; `Values.repeated` has all of them in the order of the command line. */
  readonly repeatable?: boolean;
}

/** One occurrence of a repeatable option. */
export interface GivenOption {
  readonly name: string;
  readonly value: string;
}

/** A line of the table of commands. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

export interface Command {
  readonly options: Readonly<Record<string, OptionHelp>>;
  /** The one word that may stand without an option, as `help` shows it: `REPO`. */
  readonly argument?: { readonly name: string; readonly help: string };
  readonly examples: readonly string[];
  /** Does the work; throws UsageError, ModelError or any other Error. */
  run(values: Values, output: Output): Promise<void>;
}

/** Where a command writes: stdout gets what was asked for, stderr what a person may want to know besides. */
export interface Output {
  write(text: string): void;
  note(text: string): void;
  /** Shows `text` in the terminal's last line, in the place of what it showed before; absent where nobody watches. */
  readonly status?: ((text: string) => void) | undefined;
}

/** The words on the command line are at fault; the message is one readable sentence. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Parsed options. */
export class Values {
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;
  /** Every repeatable option as it was given, in the order of the command line, across options. */
  readonly repeated: readonly GivenOption[];
  /** The word without an option; undefined where there is none. */
  readonly argument: string | undefined;

  constructor(
    values: Readonly<Record<string, string | boolean | undefined>>,
    repeated: readonly GivenOption[] = [],
    argument?: string,
  ) {
    this.#values = values;
    this.repeated = repeated;
    this.argument = argument;
  }

  /** Every option that was given, with its text, or `true` where it has none. */
  given(): Readonly<Record<string, string | boolean>> {
    const entries = Object.entries(this.#values).filter(([, value]) => value !== undefined && value !== false);
    return Object.fromEntries(entries) as Record<string, string | boolean>;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** @throws UsageError when the option was not given */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UsageError(`The option --${name} is missing.`);
    return value;
  }

  /** A whole number from `least` to `most`. @throws UsageError when it is something else */
  count(
    name: string,
    { least = 0, most = Number.MAX_SAFE_INTEGER }: { least?: number; most?: number } = {},
  ): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
      throw new UsageError(`--${name} takes a whole number, ${range}; "${text}" is not one.`);
    }
    return value;
  }

  /** A number above 0. @throws UsageError when it is something else */
  positive(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN;
    if (!(value > 0)) throw new UsageError(`--${name} takes a number above 0; "${text}" is not one.`);
    return value;
  }

  /** A number from `least` to `most`. @throws UsageError when it is something else */
  number(name: string, { least, most }: { least: number; most: number }): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      throw new UsageError(`--${name} takes a number from ${least} to ${most}; "${text}" is not one.`);
    }
    return value;
  }

  /** One of `choices`. @throws UsageError when it is something else */
  choice<const Choice extends string>(name: string, choices: readonly Choice[], standard: Choice): Choice {
    const text = this.text(name) ?? standard;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) {
      throw new UsageError(`--${name} is one of ${choices.join(', ')}; "${text}" is not.`);
    }
    return found;
  }
}

/** The parseArgs configuration of a command's options; every command also has --help. */
export function parserOptions(options: Command['options']): Options {
  const entries = Object.entries(options).map(
    ([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' }] as const,
  );
  return { ...Object.fromEntries(entries), help: { type: 'boolean', short: 'h' } };
}

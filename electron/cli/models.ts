/** What the commands share: finding, opening, running and closing a model. */
import path from 'node:path';
import { stat } from 'node:fs/promises';
import { disposeCore, openModel, runText } from '../../native-models/index.ts';
import type { DeviceChoice, Intervention, LibraryOptions, Model, TextInput, Trace } from '../../native-models/index.ts';
import { Folders } from '../engine/folders.ts';
import { withCacheFolder } from '../host/cache-folder.ts';
import { settingsFolder } from '../host/settings-folder.ts';
import { UsageError } from './command.ts';
import type { OptionHelp, Values } from './command.ts';
import { userFolder } from './files.ts';

const DEVICES = ['auto', 'cpu', 'webgpu', 'dml', 'coreml', 'cuda'] as const satisfies readonly DeviceChoice[];

/** Options of every command that opens a model. */
export const MODEL_OPTIONS = {
  model: { value: 'M', help: 'an id that `models` lists, or a folder with a checkpoint', required: true },
  device: { value: 'D', help: `${DEVICES.join(', ')}; default cpu` },
} as const satisfies Readonly<Record<string, OptionHelp>>;

/** Options of every command that runs a text. */
export const TEXT_OPTIONS = {
  model: MODEL_OPTIONS.model,
  text: { value: 'T', help: 'the text, or - for standard input', required: true },
  pair: { value: 'B', help: 'a second text, for models that take two' },
  device: MODEL_OPTIONS.device,
} as const satisfies Readonly<Record<string, OptionHelp>>;

/** Where models are looked for: as in the app, also in folders that the user added there, and with the cache that was chosen there. */
export async function library(): Promise<Required<LibraryOptions>> {
  return { folders: await new Folders(settingsFolder()).list(), env: await cacheEnvironment() };
}

/** This process's environment, with the cache folder that was chosen in the app. */
export function cacheEnvironment(): Promise<NodeJS.ProcessEnv> {
  return withCacheFolder(process.env, settingsFolder());
}

/** The device of the options; `cpu` when it is left out. @throws UsageError */
export function deviceOf(values: Values): DeviceChoice {
  return values.choice('device', DEVICES, 'cpu');
}

/** Opens the model that the options name, hands it to `work`, and closes it whatever happens. */
export async function withModel<T>(values: Values, work: (model: Model) => Promise<T>): Promise<T> {
  const device = deviceOf(values);
  const model = await openModel(await modelName(values.required('model')), { device, ...(await library()) });
  try {
    return await work(model);
  } finally {
    await model.dispose();
    await disposeCore();
  }
}

/** An id as it is; a relative path to an existing folder as an absolute path from where the user typed it. */
export async function modelName(typed: string): Promise<string> {
  if (typed === '' || typed.startsWith('~') || path.isAbsolute(typed)) return typed;
  const folder = path.resolve(userFolder(), typed);
  const found = await stat(path.join(folder, 'config.json')).catch(() => null);
  return found || /^\.\.?([/\\]|$)/.test(typed) ? folder : typed;
}

/** The texts of the options; `--text -` reads standard input. @throws UsageError when that is not text */
export async function readInput(values: Values): Promise<TextInput> {
  return { text: await typedText(values.required('text')), pair: values.text('pair') };
}

/** A text as `--text` takes it: `-` reads standard input. @throws UsageError when that is not text */
export async function typedText(typed: string): Promise<string> {
  return typed === '-' ? standardInput() : typed;
}

/** Far more than any model takes, and little enough to hold. */
const INPUT_LIMIT = 16 * 2 ** 20;

/** All of standard input without its last line end. */
async function standardInput(): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length > INPUT_LIMIT)
      throw new UsageError('--text -: standard input has more than 16 MB; that is no text to run.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)).replace(/\r?\n$/, '');
  } catch {
    throw new UsageError('--text -: standard input is not UTF-8 text.');
  }
}

/** Runs a text. @throws UsageError for a pair and a model that takes one text; ModelError as runText */
export async function runInput(
  model: Model,
  input: TextInput,
  interventions: readonly Intervention[] = [],
): Promise<Trace> {
  if (input.pair !== undefined && !model.takesPair) {
    throw new UsageError(`${model.entry.id} takes one text; --pair is for models with two segments, such as BERT.`);
  }
  return runText(model, input, { interventions });
}

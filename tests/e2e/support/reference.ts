/** The same numbers without the app in between: native-models, called by the test itself. */
import { openModel, runText, scoreHeads, slice, tokenize } from '../../../native-models/index.ts';
import type { Model, Slice, TextInput, Token } from '../../../native-models/index.ts';
import type { ScoredHead } from '../../../native-models/types.ts';

const open = new Map<string, Promise<Model>>();

function modelOf(id: string): Promise<Model> {
  const known = open.get(id) ?? openModel(id, { device: 'cpu' });
  open.set(id, known);
  return known;
}

export async function tokensOf(model: string, input: TextInput): Promise<readonly Token[]> {
  return (await tokenize(await modelOf(model), input)).tokens;
}

export async function headScoresOf(model: string): Promise<readonly ScoredHead[]> {
  return scoreHeads(await modelOf(model));
}

/** One traced value of a text. */
export async function valueOf(model: string, input: TextInput, name: string, head?: number): Promise<Slice> {
  const trace = await runText(await modelOf(model), input);
  const value = await slice(trace, name, head);
  trace.dispose();
  return value;
}

/** The value at some indices, e.g. query and key. */
export function at({ data, dims }: Slice, ...indices: readonly number[]): number {
  return data[indices.reduce((offset, index, axis) => offset * dims[axis]! + index, 0)]!;
}

export async function closeModels(): Promise<void> {
  for (const model of open.values()) await (await model).dispose();
  open.clear();
}

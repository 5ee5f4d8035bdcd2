/** The committed checkpoints and their reference values (tests/fixtures/README.md lists them), and models opened for a test. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openModel, runText, slice } from '../../native-models/index.ts';
import type { DeviceId, Model, TextInput, Trace } from '../../native-models/index.ts';
import { difference } from './close.ts';
import type { Tolerance } from './close.ts';
import { readNpz } from './npz.ts';
import type { NpyArray } from './npz.ts';

export const fixtures = path.resolve(import.meta.dirname, '../fixtures');
export const bundled = path.resolve(import.meta.dirname, '../../native-models/bundled');

/** The checkpoints that are kept here, one or more of each family and kind of head. */
export const TINY = [
  'tiny-gpt2',
  'tiny-bert',
  'tiny-bert-cls',
  'tiny-bert-tok',
  'tiny-distilbert',
  'tiny-distilbert-body',
  'tiny-distilbert-cls',
  'tiny-distilbert-tok',
  'tiny-roberta',
  'tiny-roberta-body',
  'tiny-roberta-cls',
  'tiny-roberta-tok',
] as const;
export type FixtureName = (typeof TINY)[number] | 'minilm';

interface StoredCase {
  readonly text: string;
  readonly pair: string | null;
  readonly ids: readonly number[];
  readonly type_ids: readonly number[];
}

export interface GoldenCase {
  readonly name: string;
  readonly input: TextInput;
  readonly ids: readonly number[];
  readonly typeIds: readonly number[];
  /** Reference values by traced name. */
  readonly values: ReadonlyMap<string, NpyArray>;
}

export function openFixture(name: FixtureName, device: DeviceId = 'cpu'): Promise<Model> {
  return openModel(path.join(fixtures, name), { device });
}

export function goldenCases(name: FixtureName): readonly GoldenCase[] {
  const stored = JSON.parse(readFileSync(path.join(fixtures, `${name}.cases.json`), 'utf8')) as Record<
    string,
    StoredCase
  >;
  const arrays = readNpz(path.join(fixtures, `${name}.reference.npz`));
  return Object.entries(stored).map(([key, { text, pair, ids, type_ids: typeIds }]) => ({
    name: key,
    input: { text, pair: pair ?? undefined },
    ids,
    typeIds,
    values: new Map(
      [...arrays]
        .filter(([array]) => array.startsWith(`${key}/`) && !/\/(ids|type_ids)$/u.test(array))
        .map(([array, value]) => [array.slice(key.length + 1), value]),
    ),
  }));
}

/** Every reference value that the trace does not reproduce, as sentences. */
export async function mismatches(trace: Trace, golden: GoldenCase, tolerance: Tolerance): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, expected] of golden.values) {
    const actual = await slice(trace, name);
    const reason = difference(actual.data, expected.data as Float32Array, tolerance);
    if (reason !== null) found.push(`${golden.name}/${name}: ${reason}`);
  }
  return found;
}

/** Runs every case of a fixture on a device: how many values were compared, and which were not reproduced. */
export async function compareFixture(
  model: Model,
  cases: readonly GoldenCase[],
  tolerance: Tolerance,
): Promise<{ readonly compared: number; readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  let compared = 0;
  for (const golden of cases) {
    const trace = await runText(model, golden.input);
    wrong.push(...(await mismatches(trace, golden, tolerance)));
    compared += golden.values.size;
  }
  return { compared, wrong };
}

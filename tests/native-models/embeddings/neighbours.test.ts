import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nearestRows } from '../../../native-models/embeddings/neighbours.ts';
import type { EmbeddingTable } from '../../../native-models/embeddings/table.ts';
import { openModel, runText, slice, tokenNeighbours, vectorNeighbours } from '../../../native-models/index.ts';
import type { Model } from '../../../native-models/index.ts';
import { modelErrorOf } from '../checkpoint/support.ts';

/** A float32 table of a safetensors file, by the stored name. */
function storedTable(file: string, name: string): { rows: number; columns: number; values: Float32Array } {
  const bytes = readFileSync(file);
  const header = Number(bytes.readBigUInt64LE(0));
  const entries = JSON.parse(bytes.subarray(8, 8 + header).toString()) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const entry = entries[name];
  if (entry?.dtype !== 'F32') throw new Error(`${file} has no float32 ${name}`);
  const [from, to] = entry.data_offsets.map((offset) => offset + 8 + header);
  const values = new Float32Array(Uint8Array.from(bytes.subarray(from, to)).buffer);
  return { rows: entry.shape[0] ?? 0, columns: entry.shape[1] ?? 0, values };
}

const CASES = [
  ['tests/fixtures/tiny-gpt2', 'transformer.wte.weight'],
  ['tests/fixtures/tiny-bert', 'bert.embeddings.word_embeddings.weight'],
] as const;

describe.each(CASES)('%s', (folder, name) => {
  let model: Model;
  beforeAll(async () => {
    model = await openModel(`${process.cwd()}/${folder}`, { device: 'cpu' });
  });
  afterAll(() => model.dispose());

  it('lists the nearest of all rows of the stored table, by either measure', async () => {
    const { rows, columns, values } = storedTable(`${folder}/model.safetensors`, name);
    const row = (id: number) => Array.from(values.subarray(id * columns, (id + 1) * columns));
    const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, at) => sum + x * (b[at] ?? 0), 0);
    const unit = (a: readonly number[]) => a.map((x) => x / Math.hypot(...a));
    for (const id of [0, 7, rows - 1]) {
      const near = await tokenNeighbours(model, id, 12);
      expect(near.among).toBe(rows - 1);
      expect(Array.from(near.vector)).toEqual(row(id));
      expect(near.norm).toBeCloseTo(Math.hypot(...row(id)), 10);
      const others = Array.from({ length: rows }, (_, other) => other).filter((other) => other !== id);
      const best = (of: (other: number) => number) =>
        others
          .map((other) => ({ id: other, value: of(other) }))
          .sort((a, b) => b.value - a.value)
          .slice(0, 12);
      const cosines = best((other) => product(unit(row(id)), unit(row(other))));
      const dots = best((other) => product(row(id), row(other)));
      expect(near.byCosine.map((each) => each.id)).toEqual(cosines.map((each) => each.id));
      expect(near.byDot.map((each) => each.id)).toEqual(dots.map((each) => each.id));
      near.byCosine.forEach(({ cosine }, at) => expect(cosine).toBeCloseTo(cosines[at]?.value ?? NaN, 10));
      near.byDot.forEach(({ dot }, at) => expect(dot).toBeCloseTo(dots[at]?.value ?? NaN, 10));
    }
  });

  it('finds a token by what enters the first layer as well as by its id', async () => {
    const trace = await runText(model, { text: 'the lamp' });
    const { data } = await slice(trace, 'embedding.token');
    const at = trace.tokens.findIndex(({ special }) => !special);
    const { columns } = model.embeddings.token;
    const near = await vectorNeighbours(model, data.slice(at * columns, (at + 1) * columns), 3);
    expect(near.byCosine[0]).toMatchObject({ id: trace.tokens[at]?.id });
    expect(near.byCosine[0]?.cosine).toBeCloseTo(1, 6);
    trace.dispose();
  });

  it('refuses a token that it does not have, and a vector of another length', async () => {
    const { rows, columns } = model.embeddings.token;
    expect(await modelErrorOf(() => tokenNeighbours(model, rows, 3))).toMatchObject({ reason: 'token-unknown' });
    const vector = new Float32Array(columns + 1);
    expect(await modelErrorOf(() => vectorNeighbours(model, vector, 3))).toMatchObject({ reason: 'vector-length' });
  });
});

it('of equal rows the lower one comes first, and a vector without length is near nothing', async () => {
  const values = Float32Array.of(1, 0, 2, 0, 1, 0, 0, 3);
  const table: EmbeddingTable = {
    ...{ rows: 4, columns: 2 },
    read: (first, count) => Promise.resolve(values.slice(first * 2, (first + count) * 2)),
  };
  const near = await nearestRows(table, Float32Array.of(1, 0), 3);
  expect(near.byCosine.map(({ id }) => id)).toEqual([0, 1, 2]);
  expect(near.byDot.map(({ id }) => id)).toEqual([1, 0, 2]);
  const none = await nearestRows(table, Float32Array.of(0, 0), 2, { except: 0 });
  expect(none.byCosine).toEqual([
    { id: 1, cosine: 0, dot: 0 },
    { id: 2, cosine: 0, dot: 0 },
  ]);
});

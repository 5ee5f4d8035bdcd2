/** Rows, neighbours and positions against PyTorch (tests/fixtures/make_embedding_fixtures.py), of a real BERT too. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openModel,
  positions,
  runText,
  slice,
  tokenNeighbours,
  vectorNeighbours,
} from '../../../native-models/index.ts';
import type { EmbeddingNeighbours, Model } from '../../../native-models/index.ts';
import { assertClose } from '../../support/close.ts';
import { fixtures } from '../../support/fixtures.ts';
import { findMinilm } from '../../support/minilm.ts';
import { readNpz } from '../../support/npz.ts';

type Nearest = Readonly<Record<'cosine' | 'dot', readonly (readonly [id: number, value: number])[]>>;

interface Reference {
  readonly pieces: Readonly<Record<string, number>>;
  readonly hidden: { readonly text: string; readonly at: number; readonly layer: number };
  readonly nearest: Readonly<Record<string, Nearest>>;
  readonly every: number;
}

const minilm = findMinilm();
if ('reason' in minilm) it.skip(`MiniLM: ${minilm.reason}`, () => undefined);

const CASES = [
  ['tiny-gpt2', path.join(fixtures, 'tiny-gpt2')],
  ['tiny-bert', path.join(fixtures, 'tiny-bert')],
  ...('folder' in minilm ? [['minilm', minilm.folder] as const] : []),
] as const;

const COUNT = 25;
/** Of a cosine, and of a dot product as long as MiniLM's rows make it. */
const CLOSE = { atol: 1e-5, rtol: 1e-5 };

function agrees(near: EmbeddingNeighbours, expected: Nearest): void {
  for (const [measure, found] of [
    ['cosine', near.byCosine],
    ['dot', near.byDot],
  ] as const) {
    expect(found.map(({ id }) => id)).toEqual(expected[measure].map(([id]) => id));
    assertClose(
      found.map((each) => each[measure]),
      expected[measure].map(([, value]) => value),
      CLOSE,
      measure,
    );
  }
}

describe.each(CASES)('%s, as PyTorch computes it', (name, folder) => {
  const reference = JSON.parse(readFileSync(path.join(fixtures, `${name}.embeddings.json`), 'utf8')) as Reference;
  const arrays = readNpz(path.join(fixtures, `${name}.embeddings.npz`));
  const floats = (key: string) => arrays.get(key)!.data as Float32Array;
  let model: Model;
  beforeAll(async () => {
    model = await openModel(folder, { device: 'cpu' });
  });
  afterAll(() => model.dispose());

  it.each(Object.entries(reference.pieces))('%s: its row, and the nearest of all others', async (piece, id) => {
    expect(model.tokenizer.pieceId(piece)).toBe(id);
    const near = await tokenNeighbours(model, id, COUNT);
    expect(near.among).toBe(model.embeddings.token.rows - 1);
    expect(near.vector).toEqual(floats(`row/${id}`));
    agrees(near, reference.nearest[id]!);
    // Pieces that go on with a word are told from words.
    if (name !== 'tiny-gpt2') expect(near.text).toBe(piece);
  });

  it('a hidden state, and the rows that are nearest to it', async () => {
    const { text, at, layer } = reference.hidden;
    const trace = await runText(model, { text });
    const { columns } = model.embeddings.token;
    const { data } = await slice(trace, `${model.stacks[0]!.name}.${layer}.hidden`, undefined, { first: at, count: 1 });
    assertClose(data, floats('row/hidden'), { atol: 1e-5, rtol: 1e-5 });
    expect(data).toHaveLength(columns);
    agrees(await vectorNeighbours(model, data, COUNT), reference.nearest['hidden']!);
    trace.dispose();
  });

  it('cosines of its learned places', async () => {
    const found = await positions(model);
    if (found.kind !== 'learned') throw new Error('expected learned positions');
    const { shown, cosine, norms } = found;
    assertClose(norms, floats('positions/norms'), CLOSE);
    const rows = Array.from({ length: Math.ceil(shown / reference.every) }, (_, row) => row * reference.every * shown);
    const kept = rows.flatMap((from) => Array.from(cosine.subarray(from, from + shown)));
    assertClose(kept, floats('positions/cosine'), CLOSE);
  });
});

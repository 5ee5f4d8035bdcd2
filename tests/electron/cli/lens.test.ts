import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenCases } from '../../support/fixtures.ts';
import { readNpz } from '../../support/npz.ts';
import { assertClose } from '../../support/close.ts';
import { cli, temporaryFolder, TINY_BERT, TINY_BERT_CLASSES, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

const CLOSE = { atol: 1e-5, rtol: 1e-5 };
const fixtures = path.join(import.meta.dirname, '../../fixtures');

describe('headlight lens --out', () => {
  it.each([
    ['tiny-gpt2', TINY_GPT2, 300],
    ['tiny-bert', TINY_BERT, 200],
  ] as const)('%s: log-probabilities of every layer, and logits', async (name, model, vocabulary) => {
    const [golden] = goldenCases(name);
    const file = path.join(temporaryFolder(), 'lens.npz');
    const { code, err } = await cli('lens', '--model', model, '--text', golden!.input.text, '--out', file);
    expect([code, err]).toEqual([0, `${file}: ${golden!.ids.length} tokens\n`]);
    const arrays = readNpz(file);
    expect([...arrays.keys()]).toEqual(['lens.embedding', 'lens.0', 'lens.1', 'lens.2', 'logits']);
    const expected = readNpz(path.join(fixtures, `${name}.lens.npz`));
    for (const [key, { dims, data }] of arrays) {
      expect(dims).toEqual([golden!.ids.length, vocabulary]);
      const reference = key === 'logits' ? golden!.values.get('logits') : expected.get(`${golden!.name}/${key}`);
      assertClose(
        data as Float32Array,
        reference!.data as Float32Array,
        key === 'logits' ? { atol: 1e-4, rtol: 1e-4 } : CLOSE,
        key,
      );
    }
  });

  it('writes the layers that were asked for', async () => {
    const file = path.join(temporaryFolder(), 'lens.npz');
    const words = ['lens', '--model', TINY_GPT2, '--text', 'The sea.', '--out', file, '--layers'];
    expect((await cli(...words, '1, embedding')).code).toBe(0);
    expect([...readNpz(file).keys()]).toEqual(['lens.embedding', 'lens.1', 'logits']);
  });

  it('writes nothing for a layer that is not there', async () => {
    const file = path.join(temporaryFolder(), 'lens.npz');
    const { code, err } = await cli('lens', '--model', TINY_GPT2, '--text', 'A', '--out', file, '--layers', '0,7');
    expect([code, err]).toEqual([
      2,
      'headlight: --layers: there is no layer "7"; this model has embedding and 0 to 2.\n',
    ]);
    expect(existsSync(file)).toBe(false);
  });
});

interface Lens {
  readonly kind: string;
  readonly layers: readonly {
    readonly layer: string;
    readonly cells: readonly {
      readonly token: number;
      readonly top: { readonly id: number; readonly text: string; readonly probability: number };
      readonly entropyBits: number;
      readonly klBits: number;
      readonly final: { readonly probability: number; readonly rank: number };
      readonly actual: { readonly probability: number | null; readonly rank: number | null };
    }[];
  }[];
}

describe('headlight lens', () => {
  const text = ['--text', 'The keeper lit the lamp.'];

  it('--json has every layer and token; the text the same numbers of one', async () => {
    const { out } = await cli('lens', '--model', TINY_GPT2, ...text, '--json');
    const lens = JSON.parse(out) as Lens;
    expect(lens).toMatchObject({ kind: 'next-token', interventions: [] });
    expect(lens.layers.map(({ layer }) => layer)).toEqual(['embedding', '0', '1', '2']);
    const cells = lens.layers.map((layer) => layer.cells[3]!);
    expect(cells.at(-1)).toMatchObject({ final: { rank: 0 } });
    const shown = await cli('lens', '--model', TINY_GPT2, ...text, '--position', '3');
    expect(shown.out).toContain('What each layer would predict after token 3,');
    for (const { layer, cells: row } of lens.layers) {
      const line = shown.out.split('\n').find((each) => each.trimStart().startsWith(`${layer} `))!;
      const { top, entropyBits, klBits, actual } = row[3]!;
      expect(line).toContain(`${(100 * top.probability).toFixed(2)} %`);
      expect(line).toMatch(new RegExp(` ${entropyBits.toFixed(2)} +${klBits.toFixed(2)} `));
      expect(line).toMatch(new RegExp(` ${actual.rank}$`));
    }
    expect(lens.layers.map(({ cells: row }) => row.at(-1)!.actual)).toEqual(
      lens.layers.map(() => ({ probability: null, rank: null })),
    );
  });

  it('shows the first mask, and what was changed', async () => {
    const words = ['lens', '--model', TINY_BERT, '--text', 'The [MASK] was [MASK].'];
    const plain = await cli(...words);
    expect(plain.out).toMatch(/What each layer would predict at token \d+, "\[MASK\]": the model's head on each/);
    const changed = await cli(...words, '--ablate', 'encoder.1.self');
    expect(changed.out).toContain('What if: ');
    expect(changed.out.split('\n').at(-4)).not.toBe(plain.out.split('\n').at(-4));
  });

  it.each([
    [['--position', '99'], 'headlight: There is no token 99; the text has tokens 0…'],
    [['--layers', '0'], 'headlight: --layers says which layers go into the file; name it with --out.'],
    [['--out', 'lens.txt'], 'headlight: --out takes a file that ends in .npz'],
  ])('says what is wrong with %o', async (words, message) => {
    const { code, out, err } = await cli('lens', '--model', TINY_GPT2, ...text, ...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('says that a classifier has no lens', async () => {
    const { code, err } = await cli('lens', '--model', TINY_BERT_CLASSES, ...text);
    expect([code, err]).toEqual([
      2,
      'headlight: This model chooses among classes of the whole text; it predicts no token of a vocabulary.\n',
    ]);
  });
});

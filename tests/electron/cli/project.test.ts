import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyPca, fitPca } from '../../../renderer/projection/index.ts';
import { assertClose } from '../../support/close.ts';
import { goldenCases } from '../../support/fixtures.ts';
import { npyStrings, readNpz } from './npz-reader.ts';
import { cli, temporaryFolder, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

const CLOSE = { atol: 1e-4, rtol: 1e-4 };
const arrayOf = (file: string, name: string) => readNpz(new Uint8Array(readFileSync(file))).get(name)!;
const floats = (file: string, name: string): Float32Array => arrayOf(file, name).data;
const rowsOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

interface Summary {
  readonly points: number;
  readonly settings: { readonly method: string };
  readonly explained: readonly number[];
  readonly preservation: { readonly score: number };
}

describe('headlight project', () => {
  it.each([
    ['tiny-gpt2', TINY_GPT2],
    ['tiny-bert', TINY_BERT],
  ] as const)('%s: projects the reference hidden states of a layer, token by token', async (name, model) => {
    const golden = goldenCases(name).find(({ input }) => input.pair === undefined)!;
    const file = path.join(temporaryFolder(), 'points.npz');
    const words = ['--model', model, '--text', golden.input.text, '--layer', '1', '--out', file];
    const { code, err, out } = await cli('project', ...words);
    const count = golden.ids.length;
    expect([code, err]).toEqual([0, `${file}: ${count} points\n`]);
    expect(out).toMatch(/nearest neighbours are kept[\s\S]+variance explained: [\d.]+ % \+ [\d.]+ % = [\d.]+ %\n$/u);
    const [reference] = [...golden.values].filter(([key]) => /^(encoder|decoder)\.1\.hidden$/u.test(key));
    const expected = reference![1].data as Float32Array;
    assertClose(floats(file, 'vectors'), expected, CLOSE, 'vectors');
    expect([...floats(file, 'ids')]).toEqual([...golden.ids]);
    expect([...floats(file, 'positions')]).toEqual(golden.ids.map((_, at) => at));
    expect(new Set(floats(file, 'layers'))).toEqual(new Set([1]));
    const points = { data: expected, count, dims: expected.length / count };
    assertClose(floats(file, 'coordinates'), applyPca(fitPca(points, 2), points), CLOSE, 'coordinates');
    // Coordinates are the centred vectors along the axes that stand beside them.
    const [axes, mean] = [floats(file, 'axes'), floats(file, 'mean')];
    const along = Array.from({ length: 2 * count }, (_, at) => {
      const [point, axis] = [at >> 1, at & 1];
      return mean.reduce(
        (sum, middle, dim) => sum + (expected[point * points.dims + dim]! - middle) * axes[axis * points.dims + dim]!,
        0,
      );
    });
    assertClose(floats(file, 'coordinates'), Float32Array.from(along), CLOSE, 'coordinates along axes');
  });

  it('prints the points as CSV where no file is named, and the trust on stderr', async () => {
    const { code, out, err } = await cli('project', '--model', TINY_GPT2, '--text', 'The sea.', '--dims', '3');
    expect(code).toBe(0);
    const [header, ...rows] = rowsOf(out);
    expect(header).toEqual(['point', 'label', 'sentence', 'position', 'layer', 'part', 'id', 'x', 'y', 'z']);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.every((row) => row.length === 10 && row.slice(7).every((cell) => Number.isFinite(Number(cell))))).toBe(
      true,
    );
    expect(err).toContain('nearest neighbours are kept');
  });

  it('makes one point of each line of a file: the mean of its tokens', async () => {
    const [texts, file] = [path.join(temporaryFolder(), 'texts.txt'), path.join(temporaryFolder(), 'points.npz')];
    writeFileSync(texts, 'The sea.\r\n\nThe king of the sea.\nA sea\n');
    const words = ['project', '--model', TINY_GPT2, '--out', file];
    expect((await cli(...words, '--file', texts, '--sentences', 'mean')).code).toBe(0);
    const means = floats(file, 'vectors');
    expect([...floats(file, 'sentences')]).toEqual([0, 1, 2]);
    expect(npyStrings(arrayOf(file, 'labels'))).toEqual(['The sea.', 'The king of the sea.', 'A sea']);
    const tokens = path.join(temporaryFolder(), 'tokens.npz');
    await cli('project', '--model', TINY_GPT2, '--out', tokens, '--text', 'The king of the sea.');
    const [vectors, hidden] = [floats(tokens, 'vectors'), means.length / 3];
    const count = vectors.length / hidden;
    const mean = Float32Array.from({ length: hidden }, (_, dim) => {
      let sum = 0;
      for (let token = 0; token < count; token += 1) sum += vectors[token * hidden + dim]!;
      return sum / count;
    });
    assertClose(means.subarray(hidden, 2 * hidden), mean, { atol: 1e-5, rtol: 1e-5 }, 'mean of the second line');
  });

  it('follows tokens through every layer', async () => {
    const file = path.join(temporaryFolder(), 'path.npz');
    await cli('project', '--model', TINY_GPT2, '--text', 'The sea', '--layer', 'all', '--out', file);
    expect([...new Set(floats(file, 'layers'))]).toEqual([-1, 0, 1, 2]);
  });

  it.each(['umap', 'tsne'])(
    '%s of the table: the same seed gives the same file, another seed another',
    async (method) => {
      const folder = temporaryFolder();
      const make = async (name: string, seed: string): Promise<Buffer> => {
        const file = path.join(folder, `${name}.csv`);
        const words = ['--rows', '60', '--method', method, '--seed', seed, '--iterations', '60', '--out', file];
        expect((await cli('project', '--model', TINY_GPT2, '--table', ...words)).code).toBe(0);
        return readFileSync(file);
      };
      const first = await make('a', '1');
      expect(rowsOf(first.toString())).toHaveLength(61);
      expect((await make('b', '1')).equals(first)).toBe(true);
      expect((await make('c', '2')).equals(first)).toBe(false);
    },
  );

  it('tells the whole as JSON', async () => {
    const { out } = await cli('project', '--model', TINY_BERT, '--table', '--rows', '40', '--json');
    const { points, settings, explained, preservation } = JSON.parse(out) as Summary;
    expect([points, settings.method]).toEqual([40, 'pca']);
    expect(explained.reduce((sum, share) => sum + share, 0)).toBeLessThan(1);
    expect(preservation.score).toBeGreaterThan(0);
  });

  it.each([
    [[], 'Give one of --text, --file and --table.'],
    [['--text', 'A', '--table'], 'Give one of --text, --file and --table.'],
    [['--table', '--layer', '1'], '--layer is for texts, not for --table.'],
    [['--text', 'The sea', '--rows', '5'], '--rows is for --table.'],
    [['--text', 'The sea', '--layer', '9'], '--layer: '],
    [['--text', 'The sea', '--method', 'mds'], '--method is one of pca, umap, tsne; "mds" is not.'],
    [['--text', 'The sea', '--perplexity', '5'], '--perplexity is not for --method pca.'],
    [['--table', '--method', 'umap', '--min-dist', '2'], '--min-dist takes a number from 0 to 1; "2" is not one.'],
    [['--table', '--rows', '1'], 'PCA takes 2 points or more; there are 1.'],
    [['--text', 'The sea', '--dims', '4'], '--dims is one of 2, 3; "4" is not.'],
    [['--file', 'nowhere.txt'], '--file: '],
  ])('refuses %j in one sentence, and writes nothing', async (words, sentence) => {
    const file = path.join(temporaryFolder(), 'points.csv');
    const { code, out, err } = await cli('project', '--model', TINY_GPT2, ...words, '--out', file);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^headlight: [^\n]+\n$/u);
    expect(err).toContain(sentence);
    expect(existsSync(file)).toBe(false);
  });
});

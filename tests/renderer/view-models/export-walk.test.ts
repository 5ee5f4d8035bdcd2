import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { walkFigure } from '../../../renderer/figures/walk-figure.ts';
import type { WalkBlock, WalkKeys } from '../../../renderer/figures/walk-figure.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { FIRST_WALK } from '../../../renderer/state/app-state.ts';
import type { WalkState } from '../../../renderer/state/app-state.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { decodeSlice } from '../../../renderer/state/slices.ts';
import type { Matrix } from '../../../renderer/state/slices.ts';
import type { Station } from '../../../renderer/state/stations.ts';
import { EXAMPLE_TEXT, exampleModel, exampleRun, exampleSlice } from '../../../renderer/state/worked-example.ts';
import { walkFigureInput } from '../../../renderer/view-models/export-walk.ts';
import { formatNumber } from '../../../renderer/view-models/format.ts';
import { walkSlices } from '../../../renderer/view-models/walk-names.ts';
import { asTrained, matrix, openedModel, runResult, tokensOf } from '../support.ts';

const { document } = parseHTML('<html></html>');
const words = translator(createI18n('en'), 'en');
const heading = { title: 'Title', subtitle: 'place' };
const selection = { ...FIRST_SELECTION, mode: 'one', layer: 1, head: 2 } as const;

/** The worked example's walk: its numbers are known from the slide. */
function exampleFrame(station: Station): Frame {
  const model = exampleModel('Example');
  const place = { ...selection, station, stack: 'encoder', layer: 0, head: 0 } as const;
  const matrices = walkSlices(place, model)
    .filter(({ optional }) => optional !== true)
    .map((request) => decodeSlice(exampleSlice(request)));
  const input = { text: EXAMPLE_TEXT };
  return { run: exampleRun('Example'), model, input, interventions: [], selection: place, matrices };
}

function frameOf(station: Station, matrices: readonly Matrix[], count = 2): Frame {
  const tokens = tokensOf(...Array.from({ length: count }, (_, at) => `t${at}`));
  return {
    ...asTrained,
    run: runResult('t', tokens),
    model: openedModel(),
    selection: { ...selection, station },
    matrices,
  };
}

function inputOf(frame: Frame, shown: Partial<WalkState> = {}, cell = { query: 0, key: null as number | null }) {
  return walkFigureInput({ frame, ...cell, shown: { ...FIRST_WALK, ...shown }, theme: 'light', words }, heading);
}
const textOf = (frame: Frame, shown: Partial<WalkState> = {}): string[] => {
  const svg = walkFigure(inputOf(frame, shown), { document });
  return [...svg.querySelectorAll('text')].map((text) => text.textContent);
};
const keys = (blocks: readonly WalkBlock[]): WalkKeys => {
  const found = blocks.find((block): block is WalkKeys => block.kind === 'keys');
  if (found === undefined) throw new Error('no keys');
  return found;
};
const vectors = (blocks: readonly WalkBlock[]) =>
  blocks.flatMap((block) =>
    block.kind === 'vector' ? [{ sign: block.sign, name: block.name, has: block.strip !== null }] : [],
  );

describe('the worked example', () => {
  it.each([
    ['scores', ['112.0', '96.00']],
    ['scaled', ['14.00', '12.00']],
    ['pattern', ['0.8808', '0.1192', '1.135']],
  ] as const)('%s has the slide’s numbers, marked as hand-made', (station, numbers) => {
    const texts = textOf(exampleFrame(station));
    for (const number of numbers) expect(texts).toContain(number);
    expect(texts).toContain(words('example.mark'));
    for (const token of ['Thinking', 'Machines']) expect(texts.join(' ')).toContain(token);
  });

  it('fills the formula with the numbers of the strongest key', () => {
    const texts = textOf(exampleFrame('scaled'));
    expect(texts.join(' ')).toContain('112.0 √64 = 14.00');
  });

  it('has every station of the slide', () => {
    for (const station of ['qkv', 'scores', 'scaled', 'masked', 'pattern', 'context'] as const) {
      expect(inputOf(exampleFrame(station)).blocks.length, station).toBeGreaterThan(0);
    }
  });
});

describe('keys', () => {
  it('lists them as the screen does: in place or by size, the shown key marked', () => {
    const frame = exampleFrame('scores');
    const labels = (shown: Partial<WalkState>) => keys(inputOf(frame, shown, { query: 1, key: 0 }).blocks).rows;
    expect(labels({}).map(({ label, isSelected }) => [label, isSelected])).toEqual([
      ['Thinking', true],
      ['Machines', false],
    ]);
    const numbers = labels({ order: 'size' }).map(({ cells }) => Number(cells[0]!.text));
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  });

  it('shows dimensions and an opened key’s products where the screen does', () => {
    const blocks = inputOf(exampleFrame('scores'), { detail: 'dimensions', openKey: 1 }).blocks;
    expect(keys(blocks)).toMatchObject({ hasBars: false, stripTitles: ['k', 'q ⊙ k'] });
    expect(keys(blocks).rows[0]!.strips.map(({ hue }) => hue)).toEqual(['key', 'product']);
    const products = blocks.find(({ kind }) => kind === 'products');
    expect(products).toMatchObject({ sum: 'Σ q_d·k_d = 96.00, the score' });
    expect(inputOf(exampleFrame('scaled'), { openKey: 1 }).blocks.some(({ kind }) => kind === 'products')).toBe(false);
  });

  it('leaves keys out as the screen does, and says how many', () => {
    const count = 60;
    const of = (value: string, columns: number, cell: (at: number) => number): Matrix =>
      matrix(
        `decoder.1.self.${value}`,
        count,
        columns,
        Array.from({ length: count * columns }, (_, at) => cell(at)),
      );
    const visible = (at: number): boolean => at % count <= Math.floor(at / count);
    const matrices = [
      ...['q', 'k', 'v', 'context'].map((value) => of(value, 2, (at) => Math.sin(at))),
      ...['scores', 'scaled'].map((value) => of(value, count, () => 1)),
      of('masked', count, (at) => (visible(at) ? 1 : -Infinity)),
      of('pattern', count, (at) => (visible(at) ? 1 / (Math.floor(at / count) + 1) : 0)),
    ];
    const at = (station: Station, everyKey = false) =>
      keys(inputOf(frameOf(station, matrices, count), { everyKey }, { query: 49, key: null }).blocks);
    expect(at('masked').rows).toHaveLength(40);
    expect(at('masked').more).toBe('20 more keys, with weight 0.200 in all');
    expect(at('masked', true).rows.filter(({ isHidden }) => isHidden)).toHaveLength(10);
    expect(at('masked', true).more).toBe('');
    // Hidden keys bring nothing and are not listed.
    expect(at('context', true).rows).toHaveLength(50);
    expect(at('masked', true).rows.at(-1)!.cells[0]!.text).toBe('−∞');
  });
});

describe('vectors', () => {
  const site = (name: string, rows: number, values: readonly number[]): Matrix =>
    matrix(`decoder.1.${name}`, rows, values.length / rows, values);
  const before = matrix('decoder.0.hidden', 2, 3, [1, 2, 3, 4, 5, 6]);
  const output = site('self.output', 2, [1, 1, 1, -4, -5, -6]);

  it('output: each head’s norm, and the stream with what attention adds', () => {
    const norms = matrix('decoder.1.self.outputNorm', 3, 2, [1, 2, 3, 4, 5, 8]);
    const { blocks } = inputOf(frameOf('output', [norms, before, output]), {}, { query: 1, key: null });
    const [heads] = blocks;
    if (heads?.kind !== 'heads') throw new Error(heads?.kind);
    expect(heads.heads).toEqual([
      { label: 'head 0', share: 0.25, value: formatNumber(2, 3), isSelected: false },
      { label: 'head 1', share: 0.5, value: formatNumber(4, 3), isSelected: false },
      { label: 'head 2', share: 1, value: formatNumber(8, 3), isSelected: true },
    ]);
    expect(vectors(blocks).map(({ sign }) => sign)).toEqual(['', '+', '=']);
    const sum = blocks.at(-1);
    expect(sum?.kind === 'vector' && [...(sum.strip?.values ?? [])]).toEqual([0, 0, 0]);
  });

  it('residual: says what is not available', () => {
    const { blocks } = inputOf(frameOf('residual', [before, output]));
    expect(vectors(blocks).map(({ has }) => has)).toEqual([true, true, false, false]);
    expect(textOf(frameOf('residual', [before, output]))).toContain(words('walk.unavailable'));
  });

  it('embedding: parts and sum on one scale, then what enters the layer', () => {
    const parts = ['token', 'position', 'sum'].map((part, at) => matrix(`embedding.${part}`, 2, 2, [at + 1, 0, 0, 0]));
    const { blocks } = inputOf(frameOf('embedding', [...parts, before]));
    expect(vectors(blocks).map(({ sign }) => sign)).toEqual(['', '+', '=', '→', '→']);
    const reaches = blocks.slice(0, 3).map((block) => (block.kind === 'vector' ? block.strip?.reach : null));
    expect(reaches).toEqual([3, 3, 3]);
  });

  it('q, k and v in their colours, each with its size in words', () => {
    const matrices = ['q', 'k', 'v'].map((value) => site(`self.${value}`, 2, [3, 4, 0, 0]));
    const { blocks, legend } = inputOf(frameOf('qkv', matrices));
    const hues = blocks.flatMap((block) => (block.kind === 'vector' ? [block.hue] : []));
    expect(hues).toEqual(['product', 'query', 'key', 'value']);
    expect(blocks[1]).toMatchObject({ detail: '2 numbers · ±4.00 · length 5.00' });
    expect(legend.filter(({ kind }) => kind === 'strip')).toHaveLength(4);
  });
});

it('a query of another text is brought inside this one', () => {
  const frame = exampleFrame('pattern');
  expect(keys(inputOf(frame, {}, { query: 40, key: 30 }).blocks).rows.some(({ isSelected }) => isSelected)).toBe(true);
});

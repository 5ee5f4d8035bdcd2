import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../electron/api/index.ts';
import { LONG_TEXT } from '../../../renderer/state/exact.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import type { Matrix } from '../../../renderer/state/slices.ts';
import { STATIONS } from '../../../renderer/state/stations.ts';
import { inspectorSlices, stationSlices } from '../../../renderer/view-models/names.ts';
import { matrix, runResult, token } from '../support.ts';

const selection = { ...FIRST_SELECTION, stack: 'encoder', layer: 3, head: 2 } as const;

it('asks for the traced value of each station, of one head where it has heads', () => {
  const asked = STATIONS.map(({ id }) => [
    id,
    stationSlices({ ...selection, station: id }).map(({ name, head }) => `${name}#${head ?? ''}`),
  ]);
  expect(Object.fromEntries(asked)).toEqual({
    tokens: [],
    embedding: ['embedding.sum#'],
    qkv: ['encoder.3.self.q#2', 'encoder.3.self.k#2', 'encoder.3.self.v#2'],
    scores: ['encoder.3.self.scores#2'],
    scaled: ['encoder.3.self.scaled#2'],
    masked: ['encoder.3.self.masked#2'],
    pattern: ['encoder.3.self.pattern#2'],
    context: ['encoder.3.self.context#2'],
    output: ['encoder.3.self.output#'],
    residual: ['encoder.3.hidden#'],
    final: ['encoder.final#'],
    prediction: [],
  });
});

describe('of a long text', () => {
  const run = runResult(
    't',
    Array.from({ length: LONG_TEXT + 1 }, (_, index) => token(index, 'a')),
  );
  const short = runResult('t', run.tokens.slice(1));
  const place = { ...selection, query: 300, key: null, station: 'masked' } as const;

  it('matrices are drawn from pictures, unless they have to be exact', () => {
    const formats = (...[shown, exact]: [RunResult, boolean]) =>
      stationSlices(place, undefined, shown, { exact }).map(({ format }) => format);
    expect([formats(run, false), formats(run, true), formats(short, false)]).toEqual([
      ['f16'],
      [undefined],
      [undefined],
    ]);
    expect(stationSlices({ ...place, station: 'qkv' }, undefined, run).map(({ format }) => format)).toEqual(
      Array(3).fill(undefined),
    );
  });

  it('the inspector reads rows: of the last query at most, and of the key that it looks at most once that is known', () => {
    const pattern = { ...matrix('p', 1, 3, [0.2, 0.5, 0.3]), rows: { first: LONG_TEXT, count: 1 } };
    const rows = (key: number | null, known: Matrix | null) =>
      inspectorSlices({ ...place, key }, undefined, run, { known: () => known }).map(
        ({ name, rows: part, format }) => [name.split('.').at(-1), part?.first, part?.count, format] as const,
      );
    const of = (...names: string[]) => names.map((name) => [name, LONG_TEXT, 1, undefined]);
    expect(rows(null, null)).toEqual(of('q', 'scores', 'scaled', 'masked', 'pattern'));
    expect(rows(null, pattern).find(([name]) => name === 'k')).toEqual(['k', 1, 1, undefined]);
    expect(rows(7, null).find(([name]) => name === 'k')).toEqual(['k', 7, 1, undefined]);
  });
});

it('asks for six values of the head for the inspector', () => {
  expect(inspectorSlices(selection).map(({ name }) => name.slice('encoder.3.self.'.length))).toEqual([
    'q',
    'k',
    'scores',
    'scaled',
    'masked',
    'pattern',
  ]);
});

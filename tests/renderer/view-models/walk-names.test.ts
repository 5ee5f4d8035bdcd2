import { describe, expect, it } from 'vitest';
import { LONG_TEXT } from '../../../renderer/state/exact.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import type { Matrix } from '../../../renderer/state/slices.ts';
import { STATIONS } from '../../../renderer/state/stations.ts';
import { hasWalk, siteValue, streamOf, walkSlices } from '../../../renderer/view-models/walk-names.ts';
import { asTrained, matrix, openedModel, runResult, tokensOf } from '../support.ts';

const model = openedModel();
const selection = { ...FIRST_SELECTION, mode: 'one', layer: 1, head: 2 } as const;
const namesAt = (station: (typeof STATIONS)[number]['id'], layer = 1): string[] =>
  walkSlices({ ...selection, station, layer }, model).map(
    ({ name, head }) => `${name}${head === undefined ? '' : `#${head}`}`,
  );

describe('walkSlices', () => {
  it('asks for nothing in the view of all tokens, and where there is no walk', () => {
    for (const { id: station } of STATIONS)
      expect(walkSlices({ ...selection, mode: 'all', station }, model)).toEqual([]);
    for (const station of ['tokens', 'final', 'prediction'] as const) expect(namesAt(station)).toEqual([]);
    expect(STATIONS.filter(({ id }) => hasWalk({ ...selection, station: id })).map(({ id }) => id)).toHaveLength(9);
  });

  it('asks for the same at every station that lists keys, so that one leads to the next without asking', () => {
    const first = namesAt('scores');
    expect(first).toContain('decoder.1.self.pattern#2');
    expect(first).toContain('decoder.1.self.valueNorm');
    for (const station of ['scaled', 'masked', 'pattern', 'context'] as const) expect(namesAt(station)).toEqual(first);
  });

  it('asks for rows of the query in a long text, and for k and v of every token', () => {
    const run = runResult('t', tokensOf(...Array<string>(LONG_TEXT + 1).fill('a')));
    const rowsOf = (tokens: number) =>
      walkSlices({ ...selection, station: 'pattern', query: 9 }, model, { ...run, tokens: run.tokens.slice(0, tokens) })
        .filter(({ head }) => head !== undefined)
        .map(({ name, rows }) => [name.split('.').at(-1), rows?.first] as const);
    const stages = ['scores', 'scaled', 'masked', 'pattern', 'context'];
    const vectors = ['q', 'k', 'v'].map((name) => [name, undefined]);
    expect(rowsOf(LONG_TEXT + 1)).toEqual([...vectors, ...stages.map((name) => [name, 9])]);
    expect(rowsOf(LONG_TEXT).every(([, row]) => row === undefined)).toBe(true);
  });

  it('knows what enters a layer', () => {
    expect(namesAt('output')).toContain('decoder.0.hidden');
    expect(namesAt('output', 0)).toContain('embedding.sum');
    expect(namesAt('residual')).toContain('decoder.1.mlp.output');
    expect(namesAt('qkv')).toContain('decoder.1.self.input');
  });

  it('does without what an engine may not have', () => {
    const needed = walkSlices({ ...selection, station: 'embedding' }, model).filter((slice) => slice.optional !== true);
    expect(needed.map(({ name }) => name)).toEqual(['embedding.sum']);
  });
});

describe('streamOf', () => {
  const hidden = (name: string, values: number[]): Matrix => matrix(name, 2, 2, values);
  const frameOf = (matrices: Matrix[], layer = 1): Frame => ({
    ...asTrained,
    run: runResult('t', tokensOf('a', 'b')),
    model,
    selection: { ...selection, layer },
    matrices,
  });

  it('reads the token’s row and sees a norm before attention', () => {
    const stream = streamOf(
      frameOf([hidden('decoder.0.hidden', [1, 2, 3, 4]), hidden('decoder.1.self.input', [0, 1, -1, 1])]),
      1,
    );
    expect([...stream.enters!]).toEqual([3, 4]);
    expect([...stream.input!]).toEqual([-1, 1]);
    expect(stream.normBefore).toBe(true);
    expect(stream.output).toBeNull();
  });

  it('sees that attention reads the stream as it is', () => {
    const same = [hidden('decoder.0.hidden', [1, 2, 3, 4]), hidden('decoder.1.self.input', [1, 2, 3, 4])];
    expect(streamOf(frameOf(same), 0).normBefore).toBe(false);
  });

  it('knows layers that end with a norm by their last hidden states, and takes the normed embedding for what enters', () => {
    const values = [hidden('decoder.1.hidden', [1, 2, 3, 4]), hidden('decoder.final', [1, 2, 3, 4])];
    const parts = [hidden('embedding.sum', [9, 9, 9, 9]), hidden('decoder.0.self.input', [5, 6, 7, 8])];
    const stream = streamOf(frameOf([...values, ...parts], 0), 1);
    expect(stream.normAfter).toBe(true);
    expect([...stream.enters!]).toEqual([7, 8]);
    const before = streamOf(frameOf([hidden('decoder.final', [0, 0, 0, 1]), values[0]!, ...parts], 0), 1);
    expect(before.normAfter).toBe(false);
    expect([...before.enters!]).toEqual([9, 9]);
  });

  it('says what is not there', () => {
    const stream = streamOf(frameOf([]), 0);
    expect(stream).toMatchObject({ enters: null, input: null, normBefore: null, normAfter: false });
    expect(siteValue(frameOf([]), 'valueNorm')).toBeNull();
  });
});

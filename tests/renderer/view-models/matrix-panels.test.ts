import { describe, expect, it } from 'vitest';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import type { Lens } from '../../../renderer/state/lens.ts';
import { matrixPanels, panelRow, panelTestId, panelTokens } from '../../../renderer/view-models/matrix-panels.ts';
import { partFrames, RUN_PARTS } from '../../../renderer/view-models/run-compare.ts';
import { frameOf, matrix, token } from '../support.ts';

/** `pl` and `ay` are one word. */
const tokens = [token(0, '[CLS]'), token(1, 'pl'), token(2, 'ay', { startsWord: false })];
const others = [{ layer: 1, head: 2 }];
const ROWS = [1, 0, 0, 0.5, 0.5, 0, 0.2, 0.3, 0.5];
const OTHER = [1, 0, 0, 0.1, 0.9, 0, 0.4, 0.4, 0.2];

const patterns = (...values: readonly (readonly number[])[]) =>
  values.map((each, at) => ({ ...matrix(`decoder.${at}.self.pattern`, 3, 3, each), head: at }));
const two = frameOf(patterns(ROWS, OTHER), tokens, { others });
const alone = { part: 'original', frame: two, pair: null } as const;
const lensOf = (change: Partial<Lens>): Lens => ({ ...PLAIN_LENS, ...change });
const numbers = (data: Float32Array | undefined): number[] =>
  [...(data ?? [])].map((value) => Math.round(value * 1e4) / 1e4);

describe('matrixPanels', () => {
  it('is the traced matrix itself for one head as it is', () => {
    const frame = frameOf(patterns(ROWS), tokens);
    const [panel, more] = matrixPanels([{ part: 'original', frame, pair: null }], PLAIN_LENS);
    expect(more).toBeUndefined();
    expect(panel?.matrix).toBe(frame.matrices[0]?.data);
    expect(panel).toMatchObject({ rows: 3, columns: 3, combine: 'each', lensed: null, heads: [{ layer: 0, head: 0 }] });
  });

  it('has a panel a head, of which each names its own', () => {
    const panels = matrixPanels([alone], PLAIN_LENS);
    expect(panels.map(({ heads }) => heads)).toEqual([[{ layer: 0, head: 0 }], others]);
    expect(panels.map((panel) => numbers(panel.matrix))).toEqual([ROWS, OTHER]);
    expect(panels.map(panelTestId)).toEqual(['matrix', 'matrix-1-2']);
  });

  it('combines heads: mean, largest, and a signed difference on a scale of its own', () => {
    const of = (combine: Lens['combine']) => matrixPanels([alone], lensOf({ combine }))[0];
    expect(numbers(of('mean')?.matrix).slice(3, 6)).toEqual([0.3, 0.7, 0]);
    expect(numbers(of('max')?.matrix).slice(3, 6)).toEqual([0.5, 0.9, 0]);
    expect(numbers(of('difference')?.matrix).slice(3, 6)).toEqual([0.4, -0.4, 0]);
    expect(of('difference')?.scale).toMatchObject({ kind: 'diverging' });
    expect(of('difference')?.scale.domain[1]).toBeCloseTo(0.4, 6);
    expect(of('mean')?.heads).toHaveLength(2);
  });

  it('goes by words, and knows which tokens a row stands for', () => {
    const [panel] = matrixPanels([alone], lensOf({ unit: 'words' }));
    if (panel === undefined) throw new Error('expected a panel');
    expect(numbers(panel.matrix)).toEqual([1, 0, 0.35, 0.65]);
    expect([panelTokens(panel, 0), panelTokens(panel, 1)]).toEqual([
      { first: 0, last: 0 },
      { first: 1, last: 2 },
    ]);
    expect([0, 1, 2, 3, null].map((index) => panelRow(panel, index))).toEqual([0, 1, 1, null, null]);
  });

  it('subtracts two runs after the lens, head by head', () => {
    const changed = frameOf(patterns(OTHER, ROWS), tokens, { others }, 'c');
    const lens = lensOf({ hideFirst: true, renormalise: true });
    const panels = matrixPanels(partFrames(two, changed, RUN_PARTS), lens);
    expect(panels.map(({ part }) => part)).toEqual([...RUN_PARTS, ...RUN_PARTS]);
    const [before, after, difference] = panels.map((panel) => numbers(panel.matrix));
    expect(before).toEqual([1, 0, 0.375, 0.625]);
    expect(after).toEqual([1, 0, 0.6667, 0.3333]);
    expect(difference).toEqual([0, 0, 0.2917, -0.2917]);
    expect(panels[2]?.scale).toEqual(panels[5]?.scale);
    expect(numbers(panels[2]?.pair?.[1])).toEqual(after);
  });

  it('leaves stations that are no patterns as they are', () => {
    const frame = frameOf([matrix('decoder.0.self.scores', 3, 3, [...ROWS])], tokens, { station: 'scores', others });
    const panels = matrixPanels([{ part: 'original', frame, pair: null }], lensOf({ unit: 'words', range: 'own' }));
    expect(panels).toHaveLength(1);
    expect(panels[0]).toMatchObject({ rows: 3, lensed: null, scale: { kind: 'diverging' } });
  });

  it('ends each scale at its own largest weight where the lens says so', () => {
    const panels = matrixPanels([alone], lensOf({ range: 'own', hideFirst: true }));
    expect(panels.map(({ scale }) => Math.round(scale.domain[1] * 100) / 100)).toEqual([0.5, 0.9]);
  });
});

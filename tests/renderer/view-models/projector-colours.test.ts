import { describe, expect, it } from 'vitest';
import { THEMES } from '../../../renderer/figures/theme.ts';
import type { PointMeaning } from '../../../renderer/state/projected-points.ts';
import { pointColours } from '../../../renderer/view-models/projector-colours.ts';

const WORDS = {
  others: (count: number) => `${count} others`,
  sentence: (sentence: number) => `sentence ${sentence}`,
  part: (part: string) => `the ${part}`,
  layer: (layer: number) => (layer < 0 ? 'in' : String(layer)),
};
const point = (change: Partial<PointMeaning>): PointMeaning => ({
  ...{ label: 'a', sentence: 0, position: 0, layer: 0, part: 'first', id: 1 },
  ...change,
});
const colours = (points: readonly PointMeaning[], by: Parameters<typeof pointColours>[1]) =>
  pointColours(points, by, THEMES.light, WORDS);

describe('colours of points', () => {
  it('of things are one a thing, the most frequent token first', () => {
    const { legend, colours: own } = colours(
      ['a', 'b', 'b'].map((label) => point({ label })),
      'token',
    );
    if (legend.kind !== 'items') throw new Error(`invalid legend: ${legend.kind}`);
    expect(legend.items.map(({ label, count }) => [label, count])).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
    expect(own[1]).toBe(own[2]);
    expect(own[0]).not.toBe(own[1]);
  });

  it('never repeat silently: what has none left is grey, and said', () => {
    const { legend, colours: own } = colours(
      Array.from({ length: 40 }, (_, at) => point({ label: `t${at}` })),
      'token',
    );
    if (legend.kind !== 'items') throw new Error(`invalid legend: ${legend.kind}`);
    expect(legend.items.at(-1)).toEqual({ label: '11 others', count: 11, colour: THEMES.light.grey, shape: 0 });
    expect(new Set(legend.items.map(({ colour, shape }) => `${colour} ${shape}`)).size).toBe(30);
    expect(own[39]).toBe(THEMES.light.grey);
  });

  it('of sentences and parts keep their order and have their names', () => {
    const points = [point({}), point({ sentence: 1, part: 'second' }), point({ sentence: 1, part: 'second' })];
    const labels = (by: 'sentence' | 'part') => {
      const { legend } = colours(points, by);
      return legend.kind === 'items' ? legend.items.map(({ label }) => label) : [];
    };
    expect(labels('sentence')).toEqual(['sentence 0', 'sentence 1']);
    expect(labels('part')).toEqual(['the first', 'the second']);
  });

  it('of few numbers show every one, with the colour that its points have', () => {
    const { legend, colours: own } = colours(
      [-1, 0, 3].map((layer) => point({ layer })),
      'layer',
    );
    expect(legend.kind).toBe('steps');
    if (legend.kind === 'items') return;
    expect(legend.steps.map(({ label }) => label)).toEqual(['in', '0', '3']);
    expect(legend.steps.map(({ colour }) => colour)).toEqual(own);
    expect(new Set(own).size).toBe(3);
  });

  it('of many numbers go from the least to the most', () => {
    const { legend, colours: own } = colours(
      Array.from({ length: 500 }, (_, id) => point({ id })),
      'row',
    );
    expect(legend.kind).toBe('ramp');
    if (legend.kind === 'items') return;
    expect([legend.steps[0], legend.steps.at(-1)]).toEqual([
      { label: '0', colour: own[0] },
      { label: '499', colour: own[499] },
    ]);
  });
});

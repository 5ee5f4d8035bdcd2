import { describe, expect, it } from 'vitest';
import type { Token } from '../../../electron/api/index.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import type { TextStates } from '../../../renderer/state/hidden-states.ts';
import {
  nearPoints,
  paths,
  pointColours,
  projectionData,
  sentencePoints,
  tokenPoints,
} from '../../../renderer/view-models/projector.ts';

const token = (index: number, id: number, text: string): Token => ({
  ...{ index, id, piece: text, text, startsWord: true, special: false, part: 0, start: 0, end: 1 },
});
const texts: readonly TextStates[] = [
  {
    text: 'the bank',
    tokens: [token(0, 5, 'the'), token(1, 9, ' bank')],
    states: [new Float32Array([1, 0, 0, 1]), new Float32Array([2, 0, 0, 2])],
    hidden: 2,
  },
  {
    text: 'bank',
    tokens: [token(0, 9, ' bank')],
    states: [new Float32Array([0, 3]), new Float32Array([-1, 4])],
    hidden: 2,
  },
];
const LAYERS = [-1, 0];

describe('points of the projector', () => {
  const points = tokenPoints(texts, LAYERS);

  it('are every token of every text at every depth', () => {
    expect([points.count, points.dims]).toEqual([6, 2]);
    expect([...points.data]).toEqual([1, 0, 0, 1, 2, 0, 0, 2, 0, 3, -1, 4]);
    expect(points.meanings.map(({ sentence, layer, position }) => [sentence, layer, position])).toEqual([
      [0, -1, 0],
      [0, -1, 1],
      [0, 0, 0],
      [0, 0, 1],
      [1, -1, 0],
      [1, 0, 0],
    ]);
  });

  it('of sentences are means, or first tokens', () => {
    expect([...sentencePoints(texts, [-1, 0], 'mean').data]).toEqual([0.5, 0.5, 1, 1, 0, 3, -1, 4]);
    expect([...sentencePoints(texts, [-1, 0], 'first').data]).toEqual([1, 0, 2, 0, 0, 3, -1, 4]);
  });

  it('make paths of the same token, one a place', () => {
    expect(paths(points.meanings, 1)).toEqual([
      [1, 3],
      [4, 5],
    ]);
    expect(paths(points.meanings, 0)).toEqual([[0, 2]]);
  });

  it('have neighbours in the space before projection', () => {
    const near = nearPoints(points, 1, 2);
    expect(near.map(({ point }) => point)).toEqual([3, 4]);
    expect(near[0]?.cosine).toBeCloseTo(1, 12);
  });

  it('are rows of data with their coordinates', () => {
    const rows = projectionData(
      points,
      Float32Array.from({ length: 12 }, (_, at) => at),
      2,
    );
    expect(rows[5]).toEqual({
      ...{ point: 5, label: '␣bank', sentence: 1, position: 0, layer: 0, part: 'first', id: 9, x: 10, y: 11 },
    });
  });
});

describe('colours of points', () => {
  const others = (count: number) => `${count} others`;

  it('differ for what differs, and grey is said', () => {
    const { meanings } = tokenPoints(texts, LAYERS);
    const { items, colours } = pointColours(meanings, 'token', THEMES.light, others);
    expect(items.map(({ label, count }) => [label, count])).toEqual([
      ['␣bank', 4],
      ['the', 2],
    ]);
    expect(colours[0]).not.toBe(colours[1]);
    const many = Array.from({ length: 40 }, (_, at) => ({ ...meanings[0]!, label: `t${at}` }));
    const shown = pointColours(many, 'token', THEMES.light, others);
    expect(shown.items.at(-1)).toMatchObject({ label: '11 others', count: 11, colour: THEMES.light.grey });
    const looks = shown.items.map(({ colour, shape }) => `${colour} ${shape}`);
    expect(new Set(looks).size).toBe(looks.length);
  });

  it('of places are a scale', () => {
    const { meanings } = tokenPoints(texts, LAYERS);
    const { scale, colours } = pointColours(meanings, 'position', THEMES.dark, others);
    expect(scale?.domain[1]).toBe(1);
    expect(colours[0]).not.toBe(colours[1]);
    expect(colours[0]).toBe(colours[4]);
  });
});

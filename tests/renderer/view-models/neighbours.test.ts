import { describe, expect, it } from 'vitest';
import type { Neighbours } from '../../../renderer/state/embeddings.ts';
import type { Translate } from '../../../renderer/view-models/failure.ts';
import { neighbourData, neighbourRows, neighboursTable, shared } from '../../../renderer/view-models/neighbours.ts';

const words = ((key: string) => key) as Translate;

const near: Neighbours = {
  id: 7,
  text: ' sea',
  vector: new Float32Array([3, 4]),
  norm: 5,
  among: 8191,
  byCosine: [
    { id: 1, text: ' ocean', cosine: 0.8, dot: 4 },
    { id: 2, text: 'shore', cosine: 0.4, dot: 9 },
  ],
  byDot: [
    { id: 2, text: 'shore', cosine: 0.4, dot: 9 },
    { id: 3, text: ' the', cosine: -0.1, dot: -2 },
  ],
};

describe('neighbours', () => {
  it('have both measures, and a bar up to the largest of the list', () => {
    const [first, second] = neighbourRows(near, 'cosine');
    expect(first).toMatchObject({ id: 1, label: '␣ocean', other: '4.000', share: 1 });
    expect(Number(first!.exact)).toBe(0.8);
    expect(second?.share).toBeCloseTo(0.5, 12);
    expect(neighbourRows(near, 'dot').map(({ share }) => share)).toEqual([1, 0]);
  });

  it('are counted where both lists have them', () => {
    expect(shared(near)).toBe(1);
    expect(shared({ ...near, byDot: [] })).toBe(0);
  });

  it('are a table of both lists side by side', () => {
    const { columns, note } = neighboursTable(near, words);
    expect(columns.map(({ cells }) => cells[0])).toEqual(['1', '␣ocean', '0.8000', 'shore', '9.000']);
    expect(new Set(columns.map(({ cells }) => cells.length))).toEqual(new Set([2]));
    expect(note).toBe('neighbours.among');
  });

  it('are rows of data, a list after the other', () => {
    expect(neighbourData(near).map(({ list, rank, id }) => [list, rank, id])).toEqual([
      ['cosine', 1, 1],
      ['cosine', 2, 2],
      ['dot', 1, 2],
      ['dot', 2, 3],
    ]);
  });
});

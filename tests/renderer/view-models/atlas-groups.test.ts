import { describe, expect, it } from 'vitest';
import type { SiteSummary } from '../../../electron/api/index.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { FIRST_SELECTION, MOST_HEADS } from '../../../renderer/state/selection.ts';
import {
  chooseAll,
  evenEntropy,
  groupTitle,
  headGroups,
  similarHeads,
} from '../../../renderer/view-models/atlas-groups.ts';
import { scoredHead, siteSummary } from '../support.ts';

const diagonal = [255, 0, 0, 0, 255, 0, 0, 0, 255];
const first = [255, 0, 0, 255, 0, 0, 255, 0, 0];
const other = [0, 0, 255, 0, 0, 255, 0, 255, 0];

/** Two layers of three heads; statistics of a head: entropy, distance, first, previous, self, separator. */
function summaryOf(pictures: readonly (readonly number[])[], statistics: readonly (readonly number[])[]): SiteSummary {
  return siteSummary({
    layers: 2,
    heads: 3,
    grid: 3,
    pictures: Uint8Array.from(pictures.flat()).buffer,
    statistics: Float32Array.from(statistics.flat()).buffer,
  });
}

const NONE = [0, 0, 0, 0, 0, 0];
const FACTS = { tokens: 3, isCausal: true, scored: null };

describe('similarHeads', () => {
  it('puts alike heads together and those like no other apart', () => {
    const summary = summaryOf([diagonal, first, other, first, diagonal, diagonal], Array(6).fill(NONE));
    const { groups, alone } = similarHeads(summary);
    expect(groups.map((heads) => [...heads].sort()).sort()).toEqual([
      [0, 4, 5],
      [1, 3],
    ]);
    expect(alone).toEqual([2]);
    expect(similarHeads(summary)).toBe(similarHeads(summary));
  });

  it('does not part heads that hardly differ, however alike all of them are', () => {
    const nearly = (byte: number): number[] => [255, 0, 0, byte, 255, 0, 0, 0, 255];
    const { groups, most } = similarHeads(summaryOf([0, 4, 8, 12, 16, 20].map(nearly), Array(6).fill(NONE)));
    expect(groups).toHaveLength(1);
    expect(most).toBe(0.1);
  });
});

describe('headGroups', () => {
  const pictures = [diagonal, diagonal, diagonal, first, first, first];

  it('names a group after what most of its attention goes to, with the mean', () => {
    const self = [0, 0, 0.25, 0, 0.75, 0];
    const sink = [0, 0, 0.5, 0, 0.125, 0];
    const groups = headGroups(summaryOf(pictures, [self, self, self, sink, sink, sink]), FACTS);
    const names = new Map(groups.map(({ heads, name }) => [heads.includes(0) ? 'diagonal' : 'first', name]));
    expect(names.get('diagonal')).toEqual({ kind: 'statistic', of: 'self', value: 0.75 });
    expect(names.get('first')).toEqual({ kind: 'statistic', of: 'first', value: 0.5 });
  });

  it('numbers a group that is about nothing in particular, and calls even weights spread out', () => {
    const even = evenEntropy(FACTS);
    const spread = [even * 0.9, 0, 0, 0, 0, 0];
    const groups = headGroups(summaryOf(pictures, [NONE, NONE, NONE, spread, spread, spread]), FACTS);
    expect(groups.map(({ name }) => name.kind).sort()).toEqual(['number', 'spread']);
  });

  it('takes the scores of the model where they are known, of its own heads only', () => {
    const scored = [3, 4, 5].map((index) => scoredHead(1, index - 3, { induction: 0.8 }));
    const summary = summaryOf(pictures, Array(6).fill(NONE));
    const names = headGroups(summary, { ...FACTS, scored }).map(({ name }) => name);
    expect(names).toContainEqual(expect.objectContaining({ kind: 'score', of: 'induction' }));
    expect(names.filter(({ kind }) => kind === 'score')).toHaveLength(1);
    const cross = headGroups({ ...summary, site: 'cross' }, { ...FACTS, scored });
    expect(cross.some(({ name }) => name.kind === 'score')).toBe(false);
  });

  it('has every head once', () => {
    const mixed = summaryOf([diagonal, first, other, diagonal, first, first], Array(6).fill(NONE));
    const heads = headGroups(mixed, FACTS).flatMap((group) => group.heads);
    expect([...heads].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(headGroups(mixed, FACTS).at(-1)?.name).toEqual({ kind: 'alone' });
  });
});

describe('evenEntropy', () => {
  it('is that of a row, or the mean over rows that grow', () => {
    expect(evenEntropy({ tokens: 8, isCausal: false })).toBeCloseTo(Math.log(8), 12);
    expect(evenEntropy({ tokens: 3, isCausal: true })).toBeCloseTo((Math.log(2) + Math.log(3)) / 3, 12);
  });
});

describe('groupTitle', () => {
  it('is plain words in both languages', () => {
    for (const language of ['en', 'nl'] as const) {
      const words = translator(createI18n(language), language);
      const titles = [
        groupTitle({ kind: 'statistic', of: 'first', value: 0.92 }, words),
        groupTitle({ kind: 'score', of: 'induction', value: 0.5 }, words),
        groupTitle({ kind: 'spread' }, words),
        groupTitle({ kind: 'number', number: 3 }, words),
        groupTitle({ kind: 'alone' }, words),
      ];
      expect(titles.every((title) => title !== '' && !title.includes('.group'))).toBe(true);
      expect(titles[0]).toContain('0.92');
      expect(titles[3]).toContain('3');
    }
  });
});

describe('chooseAll', () => {
  it('keeps the selected head selected if it is one of them, else selects the first', () => {
    const selection = { ...FIRST_SELECTION, layer: 1, head: 2 };
    expect(chooseAll(selection, [1, 5, 3], 3)).toEqual({
      layer: 1,
      head: 2,
      others: [
        { layer: 0, head: 1 },
        { layer: 1, head: 0 },
      ],
    });
    expect(chooseAll(selection, [1, 3], 3)).toEqual({ layer: 0, head: 1, others: [{ layer: 1, head: 0 }] });
  });

  it('chooses no more than there may be', () => {
    const all = Array.from({ length: 40 }, (_, index) => index);
    expect(chooseAll(FIRST_SELECTION, all, 10).others).toHaveLength(MOST_HEADS - 1);
  });
});

import { describe, expect, it } from 'vitest';
import { HEAD_SCORES } from '../../../electron/api/index.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import {
  COLOUR_GROUPS,
  headReading,
  helpKey,
  isScore,
  isShare,
  quantityOf,
  SCORE_QUANTITIES,
  STATISTIC_QUANTITIES,
  unitKey,
} from '../../../renderer/view-models/head-quantity.ts';
import { scoredHead, siteSummary } from '../support.ts';

/** Out of order, and with a head of another stack. */
const SCORED = [
  scoredHead(1, 2, { induction: 0.75, distance: 4 }),
  scoredHead(0, 0, { induction: 0.25, distance: 2 }),
  { ...scoredHead(0, 1, { induction: 1 }), stack: 'encoder' as const },
];

describe('the quantities', () => {
  it('are the statistics of this sentence and the scores of the contract, told apart by their group', () => {
    const [sentence, scores] = COLOUR_GROUPS;
    expect(sentence?.items).toEqual(['pictures', ...STATISTIC_QUANTITIES]);
    expect(scores?.items).toEqual(HEAD_SCORES.map((name) => `score.${name}`));
    expect(SCORE_QUANTITIES.every(isScore)).toBe(true);
    expect(STATISTIC_QUANTITIES.some(isScore)).toBe(false);
    expect(isScore('pictures')).toBe(false);
  });

  it.each(['en', 'nl'] as const)('have a name, a unit and a definition in %s', (language) => {
    const words = translator(createI18n(language), language);
    for (const quantity of [...STATISTIC_QUANTITIES, ...SCORE_QUANTITIES]) {
      for (const key of [quantity, helpKey(quantity), unitKey(quantity)]) expect(words.has(key), key).toBe(true);
    }
  });

  it('have their own units: weights and shares in 0…1, distances in tokens, entropy in nats', () => {
    expect(unitKey('score.distance')).toBe('statistic.tokens');
    expect(unitKey('statistic.distance')).toBe('statistic.tokens');
    expect(unitKey('statistic.entropy')).toBe('statistic.nats');
    expect(unitKey('score.induction')).toBe('score.weight');
    expect(unitKey('score.uniform')).toBe('score.ratio');
    expect(unitKey('statistic.previous')).toBe('statistic.share');
    expect([...SCORE_QUANTITIES, ...STATISTIC_QUANTITIES].filter((quantity) => !isShare(quantity))).toEqual([
      'score.distance',
      'statistic.entropy',
      'statistic.distance',
    ]);
  });
});

describe('headReading', () => {
  it('puts scores in their place, of this stack only; a head without one is not a number', () => {
    const reading = headReading('score.induction', siteSummary(), SCORED);
    expect([...reading.values]).toEqual([0.25, NaN, NaN, NaN, NaN, 0.75]);
    expect(reading.range).toEqual([0.25, 0.75]);
  });

  it('colours scores in 0…1 on that scale, distances and statistics on their own', () => {
    expect(headReading('score.induction', siteSummary(), SCORED).domain).toEqual([0, 1]);
    expect(headReading('score.distance', siteSummary(), SCORED).domain).toEqual([2, 4]);
    const statistic = headReading('statistic.entropy', siteSummary(), null);
    expect([...statistic.values]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(statistic.domain).toEqual([0, 5]);
  });

  it('has a scale where all heads are alike', () => {
    const same = [0, 1].flatMap((layer) => [0, 1, 2].map((head) => scoredHead(layer, head, { distance: 3 })));
    expect(headReading('score.distance', siteSummary(), same).domain).toEqual([2.5, 3.5]);
  });

  it('has no range before the scores are there, and none for cross-attention', () => {
    expect(headReading('score.induction', siteSummary(), null).range).toBeNull();
    const cross = headReading('score.induction', siteSummary({ site: 'cross' }), SCORED);
    expect([...cross.values].every(Number.isNaN)).toBe(true);
    expect(cross.range).toBeNull();
  });
});

it('quantityOf is the value of headReading, head by head', () => {
  const summary = siteSummary();
  for (const quantity of ['score.induction', 'score.distance', 'statistic.previous'] as const) {
    const { values } = headReading(quantity, summary, SCORED);
    const each = Array.from(values, (_, index) =>
      quantityOf(quantity, summary, SCORED, { layer: Math.floor(index / 3), head: index % 3 }),
    );
    expect(each).toEqual([...values]);
  }
  expect(quantityOf('score.self', siteSummary({ site: 'cross' }), SCORED, { layer: 0, head: 0 })).toBeNaN();
});

import { describe, expect, it } from 'vitest';
import { HEAD_SCORES } from '../../../electron/api/index.ts';
import type { LayerChange, RankedHead } from '../../../electron/api/index.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import {
  COLOUR_GROUPS,
  EFFECT_QUANTITIES,
  groupOf,
  headReading,
  helpKey,
  isDouble,
  isEffect,
  isScore,
  isShare,
  isSigned,
  MOVED,
  NO_NUMBERS,
  panelQuantities,
  quantityOf,
  SCORE_QUANTITIES,
  STATISTIC_QUANTITIES,
  unitKey,
} from '../../../renderer/view-models/head-quantity.ts';
import type { HeadNumbers, Quantity } from '../../../renderer/view-models/head-quantity.ts';
import { scoredHead, siteSummary } from '../support.ts';

/** Out of order, and with a head of another stack. */
const SCORED: HeadNumbers = {
  ...NO_NUMBERS,
  scored: [
    scoredHead(1, 2, { induction: 0.75, distance: 4 }),
    scoredHead(0, 0, { induction: 0.25, distance: 2 }),
    { ...scoredHead(0, 1, { induction: 1 }), stack: 'encoder' as const },
  ],
};

function rankedHead(layer: number, head: number, deltaProbability: number): RankedHead {
  return { stack: 'decoder', layer, head, deltaProbability, deltaLogit: 10 * deltaProbability, klNats: 0.5 };
}

const RANKED: HeadNumbers = {
  ...NO_NUMBERS,
  ranked: [rankedHead(0, 1, 0.125), rankedHead(1, 0, -0.5), { ...rankedHead(0, 0, 1), stack: 'encoder' }],
};

const layerChange = (layer: number, heads: number[]): LayerChange => ({ stack: 'decoder', layer, hidden: 0, heads });
const CHANGED: HeadNumbers = { ...NO_NUMBERS, layers: [layerChange(0, [0, 0, 0]), layerChange(1, [0.25, 0, 0.75])] };

const ALL: readonly Quantity[] = [...STATISTIC_QUANTITIES, ...EFFECT_QUANTITIES, MOVED, ...SCORE_QUANTITIES];

describe('the quantities', () => {
  it('are in groups by where their numbers come from', () => {
    const itemsOf = Object.fromEntries(COLOUR_GROUPS.map(({ id, items }) => [id, items]));
    expect(itemsOf['sentence']).toEqual(['pictures', ...STATISTIC_QUANTITIES]);
    expect(itemsOf['prediction']).toEqual(['effect.deltaProbability', 'effect.deltaLogit', 'effect.klNats']);
    expect(itemsOf['changes']).toEqual(['effect.moved']);
    expect(itemsOf['scores']).toEqual(HEAD_SCORES.map((name) => `score.${name}`));
    for (const { id, items } of COLOUR_GROUPS) expect(new Set(items.map(groupOf))).toEqual(new Set([id]));
  });

  it('know of what kind they are', () => {
    expect(ALL.filter(isScore)).toEqual(SCORE_QUANTITIES);
    expect(ALL.filter(isEffect)).toEqual(EFFECT_QUANTITIES);
    expect(ALL.filter(isSigned)).toEqual(['effect.deltaProbability', 'effect.deltaLogit']);
    expect(ALL.filter((quantity) => !isDouble(quantity))).toEqual(STATISTIC_QUANTITIES);
    expect(isScore('pictures')).toBe(false);
    expect(isEffect('pictures')).toBe(false);
  });

  it.each(['en', 'nl'] as const)(
    'have a name, a unit and a definition in %s, and their groups have one',
    (language) => {
      const words = translator(createI18n(language), language);
      for (const quantity of ALL) {
        for (const key of [quantity, helpKey(quantity), unitKey(quantity)]) expect(words.has(key), key).toBe(true);
      }
      for (const { id } of COLOUR_GROUPS) expect(words.has(`atlas.group.${id}`), id).toBe(true);
    },
  );

  it('have their own units: weights and shares in 0…1, distances in tokens, entropy and KL in nats', () => {
    expect(unitKey('score.distance')).toBe('statistic.tokens');
    expect(unitKey('statistic.distance')).toBe('statistic.tokens');
    expect(unitKey('statistic.entropy')).toBe('statistic.nats');
    expect(unitKey('effect.klNats')).toBe('statistic.nats');
    expect(unitKey('score.induction')).toBe('score.weight');
    expect(unitKey('score.uniform')).toBe('score.ratio');
    expect(unitKey('statistic.previous')).toBe('statistic.share');
    expect(unitKey('effect.deltaProbability')).toBe('effect.unit.deltaProbability');
    expect(ALL.filter((quantity) => !isShare(quantity))).toEqual([
      'statistic.entropy',
      'statistic.distance',
      ...EFFECT_QUANTITIES,
      'score.distance',
    ]);
  });
});

describe('headReading', () => {
  it('puts numbers in their place, of this stack only; a head without one is not a number', () => {
    const reading = headReading('score.induction', siteSummary(), SCORED);
    expect([...reading.values]).toEqual([0.25, NaN, NaN, NaN, NaN, 0.75]);
    expect(reading.range).toEqual([0.25, 0.75]);
    const effect = headReading('effect.deltaLogit', siteSummary(), RANKED);
    expect([...effect.values]).toEqual([NaN, 1.25, NaN, -5, NaN, NaN]);
    expect(effect.range).toEqual([-5, 1.25]);
    expect([...headReading(MOVED, siteSummary(), CHANGED).values]).toEqual([0, 0, 0, 0.25, 0, 0.75]);
  });

  it('colours scores in 0…1 on that scale, distances and statistics on their own', () => {
    expect(headReading('score.induction', siteSummary(), SCORED).scale.domain).toEqual([0, 1]);
    expect(headReading('score.distance', siteSummary(), SCORED).scale.domain).toEqual([2, 4]);
    const statistic = headReading('statistic.entropy', siteSummary(), NO_NUMBERS);
    expect([...statistic.values]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(statistic.scale.domain).toEqual([0, 5]);
  });

  it('colours signed changes on a diverging scale centred on 0, KL from 0, and shares of weight as weights', () => {
    const signed = headReading('effect.deltaProbability', siteSummary(), RANKED).scale;
    expect(signed).toMatchObject({ kind: 'diverging', domain: [-0.5, 0.5] });
    const kl = headReading('effect.klNats', siteSummary(), RANKED).scale;
    expect(kl).toMatchObject({ kind: 'sequential', transform: 'linear', domain: [0, 0.5] });
    const moved = headReading(MOVED, siteSummary(), CHANGED).scale;
    expect(moved).toMatchObject({ kind: 'sequential', transform: 'sqrt', domain: [0, 1] });
  });

  it('has a scale where all heads are alike', () => {
    const scored = [0, 1].flatMap((layer) => [0, 1, 2].map((head) => scoredHead(layer, head, { distance: 3 })));
    expect(headReading('score.distance', siteSummary(), { ...NO_NUMBERS, scored }).scale.domain).toEqual([2.5, 3.5]);
    const ranked = [{ ...rankedHead(0, 0, 0), klNats: 0 }];
    expect(headReading('effect.klNats', siteSummary(), { ...NO_NUMBERS, ranked }).scale.domain).toEqual([0, 1]);
    expect(headReading('effect.deltaLogit', siteSummary(), { ...NO_NUMBERS, ranked }).scale.domain).toEqual([-1, 1]);
  });

  it.each([
    ['score.induction', SCORED],
    ['effect.klNats', RANKED],
    [MOVED, CHANGED],
  ] as const)('%s has no range before it is measured, and none for cross-attention', (quantity, numbers) => {
    expect(headReading(quantity, siteSummary(), NO_NUMBERS).range).toBeNull();
    const cross = headReading(quantity, siteSummary({ site: 'cross' }), numbers);
    expect([...cross.values].every(Number.isNaN)).toBe(true);
    expect(cross.range).toBeNull();
  });
});

it('quantityOf reads one head, and is not a number where nothing is known', () => {
  const of = (quantity: Quantity, numbers: HeadNumbers, layer: number, head: number): number =>
    quantityOf(quantity, siteSummary(), numbers, { layer, head });
  expect(of('score.distance', SCORED, 1, 2)).toBe(4);
  expect(of('effect.deltaProbability', RANKED, 1, 0)).toBe(-0.5);
  expect(of(MOVED, CHANGED, 1, 2)).toBe(0.75);
  expect(of('statistic.previous', NO_NUMBERS, 1, 2)).toBeCloseTo(5.3, 6);
  expect(of('effect.klNats', RANKED, 1, 2)).toBeNaN();
  expect(of(MOVED, CHANGED, 2, 0)).toBeNaN();
  expect(of('score.self', NO_NUMBERS, 0, 0)).toBeNaN();
});

it('the panel of a head lists what colours the heads once it is known, else the statistics', () => {
  const ofSentence = { group: 'sentence', quantities: STATISTIC_QUANTITIES };
  expect(panelQuantities('pictures', SCORED)).toEqual(ofSentence);
  expect(panelQuantities('statistic.entropy', RANKED)).toEqual(ofSentence);
  expect(panelQuantities('score.self', NO_NUMBERS)).toEqual(ofSentence);
  expect(panelQuantities('effect.klNats', SCORED)).toEqual(ofSentence);
  expect(panelQuantities('score.self', SCORED)).toEqual({ group: 'scores', quantities: SCORE_QUANTITIES });
  expect(panelQuantities('effect.klNats', RANKED)).toEqual({ group: 'prediction', quantities: EFFECT_QUANTITIES });
  expect(panelQuantities(MOVED, CHANGED)).toEqual({ group: 'changes', quantities: [MOVED, ...STATISTIC_QUANTITIES] });
});

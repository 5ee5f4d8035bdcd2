/** Handmade patterns whose scores are known, and what holds for any pattern. */
import { describe, expect, it } from 'vitest';
import { measureProse, measureRepeated } from '../../../native-models/heads/measure.ts';
import type { HeadPattern } from '../../../native-models/heads/measure.ts';
import { seededRandom } from '../../../native-models/heads/random.ts';

/** A pattern whose query gives its whole weight to `key(query)`; to itself where that is hidden or not there. */
function pointing(tokens: number, key: (query: number) => number, causal = true): HeadPattern {
  const weights = new Float32Array(tokens * tokens);
  for (let query = 0; query < tokens; query++) {
    const wanted = key(query);
    const seen = wanted >= 0 && wanted < (causal ? query + 1 : tokens);
    weights[query * tokens + (seen ? wanted : query)] = 1;
  }
  return { weights, tokens, causal };
}

function uniform(tokens: number, causal: boolean): HeadPattern {
  const weights = Float32Array.from({ length: tokens * tokens }, (_, at) => {
    const [query, key] = [Math.floor(at / tokens), at % tokens];
    if (!causal) return 1 / tokens;
    return key <= query ? 1 / (query + 1) : 0;
  });
  return { weights, tokens, causal };
}

/** Rows of a softmax of random scores; `sharpness` 0 is uniform, 30 nearly one key. */
function random(tokens: number, causal: boolean, sharpness: number, seed: number): HeadPattern {
  const next = seededRandom(seed);
  const weights = new Float32Array(tokens * tokens);
  for (let query = 0; query < tokens; query++) {
    const keys = causal ? query + 1 : tokens;
    const row = Array.from({ length: keys }, () => Math.exp(sharpness * next()));
    const sum = row.reduce((total, value) => total + value, 0);
    weights.set(
      row.map((value) => value / sum),
      query * tokens,
    );
  }
  return { weights, tokens, causal };
}

const PERIOD = 6;

describe.each([
  ['r r', 0, 2 * PERIOD],
  ['[CLS] r r [SEP]', 1, 2 * PERIOD + 2],
])('on %s', (_shape, first, tokens) => {
  const rounds = { first, period: PERIOD };

  it('a head that looks at the token before scores 1 for it, and 0 for the rest', () => {
    expect(
      measureRepeated(
        pointing(tokens, (query) => query - 1),
        rounds,
      ),
    ).toEqual({
      previousToken: 1,
      nextToken: 0,
      duplicateToken: 0,
      induction: 0,
    });
  });

  it('a head that looks at the token after scores 1 for it', () => {
    const next = pointing(tokens, (query) => query + 1, false);
    expect(measureRepeated(next, rounds)).toMatchObject({ nextToken: 1, previousToken: 0 });
  });

  it('an induction head looks at what came after the same token', () => {
    const induction = pointing(tokens, (query) => query - PERIOD + 1);
    expect(measureRepeated(induction, rounds)).toEqual({
      previousToken: 0,
      nextToken: 0,
      duplicateToken: 0,
      induction: 1,
    });
  });

  it('a duplicate-token head looks at the same token', () => {
    expect(
      measureRepeated(
        pointing(tokens, (query) => query - PERIOD),
        rounds,
      ),
    ).toMatchObject({
      duplicateToken: 1,
      induction: 0,
    });
  });

  it('weights are averaged: half of the queries gives one half', () => {
    const half = pointing(tokens, (query) => (query % 2 === 0 ? query - PERIOD + 1 : query));
    expect(measureRepeated(half, rounds).induction).toBe(0.5);
  });
});

it('a causal head never looks at the token after', () => {
  expect(measureRepeated(random(2 * PERIOD, true, 3, 1), { first: 0, period: PERIOD }).nextToken).toBe(0);
});

/** [CLS] a b c [SEP] d e [SEP] */
const MARKS = {
  special: [true, false, false, false, true, false, false, true],
  separator: [false, false, false, false, true, false, false, true],
};
const none = (tokens: number) => new Array<boolean>(tokens).fill(false);

describe('on prose', () => {
  it('equal weights score 1 for uniform, and the rest is counted', () => {
    expect(measureProse(uniform(8, false), MARKS)).toEqual({
      firstToken: 1 / 8,
      separator: 2 / 8,
      self: 1 / 8,
      // Σ|i − j| over 8 × 8 is 168.
      distance: 168 / 64,
      uniform: 1,
    });
    const causal = measureProse(uniform(4, true), { special: none(4), separator: none(4) });
    expect(causal.uniform).toBeCloseTo(1, 6);
    // Rows 1, 2 and 3 give 1/2, 1/3 and 1/4 to their first token and to themselves; row 0 has no choice.
    expect(causal.firstToken).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 4) / 3, 6);
    expect(causal.self).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 4) / 3, 6);
    // Row i looks i/2 back in the mean, row 0 too.
    expect(causal.distance).toBeCloseTo((0 + 0.5 + 1 + 1.5) / 4, 6);
    expect(causal.separator).toBe(0);
  });

  it('a head that looks at one token has no entropy: no NaN from 0·ln 0', () => {
    expect(
      measureProse(
        pointing(8, () => 0, false),
        MARKS,
      ),
    ).toEqual({
      firstToken: 1,
      separator: 0,
      self: 1 / 8,
      distance: 28 / 8,
      uniform: 0,
    });
  });

  it('a separator head counts for the tokens that are not special, and all separators count', () => {
    const nearest = (query: number) => (query < 5 ? 4 : 7);
    expect(measureProse(pointing(8, nearest, false), MARKS).separator).toBe(1);
    const onlyPlain = pointing(8, (query) => (MARKS.special[query] === true ? 0 : nearest(query)), false);
    expect(measureProse(onlyPlain, MARKS).separator).toBe(1);
    const onlySpecial = pointing(8, (query) => (MARKS.special[query] === true ? 4 : 0), false);
    expect(measureProse(onlySpecial, MARKS).separator).toBe(0);
  });

  it('a head that looks at itself scores 1 for it, whether the first token has a choice or not', () => {
    const marks = { special: none(8), separator: none(8) };
    for (const causal of [true, false]) {
      const own = measureProse(
        pointing(8, (query) => query, causal),
        marks,
      );
      expect(own).toMatchObject({ self: 1, distance: 0, uniform: 0 });
    }
    expect(
      measureProse(
        pointing(8, (query) => query - 1),
        marks,
      ).self,
    ).toBe(0);
  });

  it('one token alone gives numbers', () => {
    const alone = measureProse(uniform(1, true), { special: [false], separator: [false] });
    expect(alone).toEqual({ firstToken: 0, separator: 0, self: 0, distance: 0, uniform: 0 });
    expect(measureProse(uniform(1, false), { special: [false], separator: [false] }).uniform).toBe(0);
  });
});

describe.each([true, false])('any pattern, causal %s', (causal) => {
  it.each([0, 1, 5, 30, 300])('with sharpness %d: scores in 0…1, distance below the length', (sharpness) => {
    for (let seed = 0; seed < 10; seed++) {
      const pattern = random(2 * PERIOD, causal, sharpness, seed);
      const marks = { special: none(2 * PERIOD), separator: none(2 * PERIOD).map((_, at) => at % 5 === 0) };
      const { distance, ...shares } = {
        ...measureRepeated(pattern, { first: 0, period: PERIOD }),
        ...measureProse(pattern, marks),
      };
      for (const [name, value] of Object.entries(shares)) {
        expect(value, name).toBeGreaterThanOrEqual(0);
        expect(value, name).toBeLessThanOrEqual(1);
      }
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThan(2 * PERIOD);
    }
  });

  it('is less even than equal weights', () => {
    const marks = { special: none(12), separator: none(12) };
    const evenness = [0, 1, 5, 30].map((sharpness) => measureProse(random(12, causal, sharpness, 4), marks).uniform);
    expect(evenness[0]).toBeCloseTo(1, 6);
    expect(evenness).toEqual(evenness.toSorted((a, b) => b - a));
    expect(evenness.at(-1)).toBeLessThan(0.5);
  });
});

it('a weight that is no number shows in the score', () => {
  const broken = uniform(8, false);
  broken.weights[8 * 3 + 2] = NaN;
  expect(measureProse(broken, MARKS).uniform).toBeNaN();
  expect(measureRepeated(broken, { first: 0, period: 4 }).previousToken).toBeNaN();
});

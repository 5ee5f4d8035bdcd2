import { describe, expect, it } from 'vitest';
import { drawAt } from '../../../native-models/generate/draw.ts';
import { drawnToken, entropies, filtered, rankOf, sampledOf } from '../../../native-models/generate/filter.ts';
import type { Filtered } from '../../../native-models/generate/filter.ts';
import { seededRandom } from '../../../native-models/heads/random.ts';
import { chiSquaredTail, goodness } from './support.ts';

const logs = (...probabilities: number[]) => Float32Array.from(probabilities, Math.log);
const filters = (change: Partial<{ temperature: number; topK: number | null; topP: number }> = {}) => ({
  ...{ temperature: 1, topK: null, topP: 1 },
  ...change,
});
const orderOf = ({ ranking, logits }: Filtered) => [...ranking.first(logits.length)];
const drawnWith = (place: Filtered) => orderOf(place).map((id, rank) => sampledOf(place, id, rank));
const rankDrawn = (place: Filtered, number: number) => drawnToken(place, number).rank;

describe('filtered(logits, filters)', () => {
  const logits = logs(0.1, 0.4, 0.2, 0.3);

  it('leaves the whole vocabulary as it is without filters', () => {
    const place = filtered(logits, filters());
    expect(orderOf(place)).toEqual([1, 3, 2, 0]);
    expect(place).toMatchObject({ keptByTopK: 4, kept: 4, keptMass: 1 });
    [0.4, 0.3, 0.2, 0.1].forEach((value, rank) => expect(drawnWith(place)[rank]).toBeCloseTo(value, 6));
  });

  it('divides by the temperature before the softmax, over the whole vocabulary', () => {
    const place = filtered(logits, filters({ temperature: 0.5 }));
    const sum = 0.01 + 0.16 + 0.04 + 0.09;
    [0.01, 0.16, 0.04, 0.09].forEach((value, id) => expect(place.tempered[id]).toBeCloseTo(value / sum, 6));
    [0.1, 0.4, 0.2, 0.3].forEach((value, id) => expect(place.probability[id]).toBeCloseTo(value, 6));
  });

  it('keeps k tokens, and the fewest whose share of those reaches p', () => {
    expect(filtered(logits, filters({ topK: 2 }))).toMatchObject({ keptByTopK: 2, kept: 2 });
    expect(filtered(logits, filters({ topK: 9 }))).toMatchObject({ keptByTopK: 4, kept: 4 });
    expect(filtered(logits, filters({ topP: 0.39 })).kept).toBe(1);
    expect(filtered(logits, filters({ topP: 0.41 })).kept).toBe(2);
    expect(filtered(logits, filters({ topP: 0.71 })).kept).toBe(3);
    // Of the two that top-k leaves, the first has 4/7 = 0.571.
    expect(filtered(logits, filters({ topK: 2, topP: 0.57 })).kept).toBe(1);
    expect(filtered(logits, filters({ topK: 2, topP: 0.58 })).kept).toBe(2);
  });

  it('says what share the kept ones have, and draws with probabilities that sum to 1', () => {
    const place = filtered(logits, filters({ topK: 2 }));
    expect(place.keptMass).toBeCloseTo(0.7, 6);
    expect(drawnWith(place)).toEqual([expect.closeTo(4 / 7, 6), expect.closeTo(3 / 7, 6), 0, 0]);
  });

  it('orders equal logits by their ids, −0 and 0 alike, and −∞ last', () => {
    const place = filtered(Float32Array.of(-0, 5, 0, -Infinity, -3, 5), filters());
    expect(orderOf(place)).toEqual([1, 5, 0, 2, 4, 3]);
    [1, 5, 0, 2, 4, 3].forEach((id, rank) => expect(rankOf(place, id)).toBe(rank));
  });

  it('orders as a sort with a comparison does, whatever the logits', () => {
    const random = seededRandom(5);
    const many = Float32Array.from({ length: 5000 }, () => (random() - 0.5) * 10 ** (random() * 12 - 6));
    const expected = Array.from(many, (_, id) => id).sort((a, b) => many[b]! - many[a]! || a - b);
    expect(orderOf(filtered(many, filters()))).toEqual(expected);
  });

  it('gives entropies in bits', () => {
    const even = filtered(new Float32Array(8), filters({ topK: 2 }));
    expect(entropies(even)).toEqual({
      model: expect.closeTo(3, 10) as number,
      tempered: expect.closeTo(3, 10) as number,
      sampled: expect.closeTo(1, 10) as number,
    });
  });

  it.each([
    ['temperature', { temperature: 0 }, 'The temperature is 0; expected a number above 0'],
    ['temperature', { temperature: NaN }, 'expected a number above 0'],
    ['temperature', { temperature: 5000 }, 'at most 1000'],
    ['top-k', { topK: 0 }, 'The top-k is 0; expected a whole number from 1'],
    ['top-k', { topK: 2.5 }, 'expected a whole number from 1'],
    ['top-p', { topP: 0 }, 'The top-p is 0; expected a share above 0'],
    ['top-p', { topP: 1.01 }, 'at most 1'],
  ])('refuses a wrong %s: %j', (name, change, sentence) => {
    expect(() => filtered(logits, filters(change))).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        reason: `filter-${name}`,
        message: expect.stringContaining(sentence) as string,
      }) as Error,
    );
  });

  it('refuses logits that overflowed, and an id that is not there', () => {
    for (const bad of [NaN, Infinity]) {
      expect(() => filtered(Float32Array.of(0, bad), filters())).toThrow('overflows float32');
    }
    const place = filtered(logits, filters());
    for (const id of [-1, 4, 0.5]) expect(() => rankOf(place, id)).toThrow(`There is no candidate ${id}`);
  });
});

describe('drawAt(seed, index)', () => {
  it('is the index-th number of the generator, in any order', () => {
    for (const seed of [0, 7, 2 ** 32 - 1]) {
      const random = seededRandom(seed);
      const numbers = Array.from({ length: 500 }, () => random());
      for (const index of [0, 499, 3, 100]) expect(drawAt(seed, index)).toBe(numbers[index]);
    }
  });
});

describe('rankDrawn(place, number)', () => {
  const place = filtered(logs(0.1, 0.4, 0.2, 0.3), filters({ topK: 3 }));

  it('gives each kept token its share of 0…1, the most probable one first', () => {
    const shares = [4 / 9, 3 / 9, 2 / 9];
    expect([0, shares[0]! - 1e-6].map((number) => rankDrawn(place, number))).toEqual([0, 0]);
    expect(rankDrawn(place, shares[0]! + 1e-6)).toBe(1);
    expect(rankDrawn(place, shares[0]! + shares[1]! + 1e-6)).toBe(2);
    expect(rankDrawn(place, 1 - 2 ** -32)).toBe(2);
  });
});

describe('10,000 draws (χ² test at the 1 % level, each with a seed that was fixed before it was tried)', () => {
  const random = seededRandom(11);
  const logits = Float32Array.from({ length: 300 }, () => 3 * random());
  const count = (place: Filtered, draw: (index: number) => number) => {
    const counts = new Float64Array(logits.length);
    for (let index = 0; index < 10_000; index++) counts[drawnToken(place, draw(index)).id]! += 1;
    return counts;
  };
  const shares = (place: Filtered) => {
    const byId = new Float64Array(logits.length);
    orderOf(place).forEach((id, rank) => (byId[id] = sampledOf(place, id, rank)));
    return byId;
  };

  it.each([
    ['no filter', filters()],
    ['temperature', filters({ temperature: 0.4 })],
    ['top-k and top-p', filters({ topK: 60, topP: 0.9 })],
  ])('follow the probabilities: %s', (_, chosen) => {
    const place = filtered(logits, chosen);
    // One generation after the other, and the first token of 10,000 generations.
    expect(
      goodness(
        count(place, (index) => drawAt(2026, index)),
        shares(place),
      ),
    ).toBeGreaterThan(0.01);
    expect(
      goodness(
        count(place, (index) => drawAt(index, 0)),
        shares(place),
      ),
    ).toBeGreaterThan(0.01);
  });

  it('do not follow probabilities that are a little different, or a generator that is worse', () => {
    const place = filtered(logits, filters());
    const draws = count(place, (index) => drawAt(2026, index));
    const other = (change: Parameters<typeof filters>[0]) => shares(filtered(logits, filters(change)));
    expect(goodness(draws, other({ temperature: 1.15 }))).toBeLessThan(0.01);
    expect(goodness(draws, other({ temperature: 1.3 }))).toBeLessThan(1e-6);
    expect(goodness(draws, other({ topK: 299 }))).toBe(0);
    expect(
      goodness(
        count(place, (index) => drawAt(2026, index % 100)),
        shares(place),
      ),
    ).toBeLessThan(1e-6);
  });

  it('the test itself: tails of χ² as in the tables', () => {
    for (const [statistic, degrees, tail] of [
      [18.307, 10, 0.05],
      [23.209, 10, 0.01],
      [124.342, 100, 0.05],
      [135.807, 100, 0.01],
    ] as const) {
      expect(chiSquaredTail(statistic, degrees)).toBeCloseTo(tail, 2);
    }
  });
});

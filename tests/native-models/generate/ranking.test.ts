import { describe, expect, it } from 'vitest';
import { Ranking } from '../../../native-models/generate/ranking.ts';
import { seededRandom } from '../../../native-models/heads/random.ts';

describe('Ranking.first(count)', () => {
  const random = seededRandom(5);
  const sorted = (logits: Float32Array) =>
    Array.from(logits, (_, id) => id).sort((a, b) => logits[b]! - logits[a]! || a - b);

  it.each([
    ['of many sizes', Float32Array.from({ length: 5000 }, () => (random() - 0.5) * 10 ** (random() * 12 - 6))],
    ['many equal', Float32Array.from({ length: 3000 }, () => Math.round(random() * 20) - 10)],
    ['all equal', new Float32Array(500)],
    ['with −0 and −∞', Float32Array.of(-0, 5, 0, -Infinity, -3, 5)],
    ['none', new Float32Array()],
  ])('is as a sort of all with a comparison, whatever is asked for and in whatever order: %s', (_, logits) => {
    const expected = sorted(logits);
    for (const asked of [[1], [3, 1, 40, 41, 7], [1, 300, 2000, 300], [9000], [40, 9000, 40]]) {
      const ranking = new Ranking(logits);
      for (const count of asked) expect([...ranking.first(count)]).toEqual(expected.slice(0, count));
    }
  });
});

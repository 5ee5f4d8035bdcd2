import { describe, expect, it } from 'vitest';
import { runText } from '../../../native-models/index.ts';
import { ablationFeeds, BATCH_BYTES, batchSize } from '../../../native-models/rank/batch.ts';
import { openFixture } from '../../support/fixtures.ts';

const shape = { name: 'decoder', sites: ['self'], causal: true } as const;
const small = { ...shape, layers: 12, heads: 12, dHead: 64, hidden: 768 };

describe('batchSize', () => {
  it('falls as texts and models grow, and is never below one', () => {
    const ofLengths = [8, 32, 128, 512, 1024].map((tokens) => batchSize([small], tokens));
    expect(ofLengths).toEqual(ofLengths.toSorted((a, b) => b - a));
    expect(ofLengths[1]).toBeGreaterThanOrEqual(8);
    expect(ofLengths.at(-1)).toBe(1);
    const wide = { ...small, layers: 80, heads: 64, hidden: 8192 };
    expect(batchSize([wide], 4096)).toBe(1);
    expect(batchSize([wide], 32)).toBeLessThan(batchSize([small], 32));
  });

  it('keeps the values of a batch within its bytes, by their count in the graph', () => {
    // q, k, v, two outputs and the hidden state of 12 layers, f32: no batch of more than one may need more for these alone.
    for (const tokens of [4, 32, 100, 300]) {
      const kept = batchSize([small], tokens) * tokens * 12 * 6 * 768 * 4;
      expect(kept).toBeLessThan(BATCH_BYTES);
      expect(kept).toBeGreaterThan(BATCH_BYTES / 4);
    }
  });
});

describe('ablationFeeds', () => {
  it('says the text once for each head, with one more head at 0 each time', async () => {
    const model = await openFixture('tiny-bert');
    const [stack] = model.stacks;
    const interventions = [{ kind: 'head', site: { layer: 1, head: 0 }, factor: 2 }] as const;
    const { data } = await runText(model, { text: 'The sea.' }, { interventions });
    const feeds = ablationFeeds(data, [
      { stack: stack!, layer: 0, head: 3 },
      { stack: stack!, layer: 1, head: 0 },
    ]);
    const tokens = data.ids.length;
    for (const name of ['ids', 'positions', 'segments']) {
      expect(feeds[name]!.dims).toEqual([2, tokens]);
      const row = Array.from(data.feeds()[name]!.data as BigInt64Array);
      expect(Array.from(feeds[name]!.data as BigInt64Array)).toEqual([...row, ...row]);
    }
    const factor = feeds['encoder.self.factor']!;
    expect(factor.dims).toEqual([3, 2, 4, 1, 1]);
    expect(Array.from(factor.data as Float32Array)).toEqual([
      ...[1, 1, 1, 0],
      ...[1, 1, 1, 1],
      ...[2, 1, 1, 1],
      ...[0, 1, 1, 1],
      ...[1, 1, 1, 1],
      ...[1, 1, 1, 1],
    ]);
    expect(feeds['encoder.self.mask']).toEqual(data.feeds()['encoder.self.mask']);
    expect((data.feeds()['encoder.self.pictureTiles']!.data as BigInt64Array)[0]).toBe(1n);
    await model.dispose();
  });
});

/** What changed between two runs: measures on handmade matrices, and whole models against an independent recomputation. */
import { describe, expect, it } from 'vitest';

import { relativeChange, totalVariation } from '../../../native-models/compare/changes.ts';
import { runText, slice, startComparison } from '../../../native-models/index.ts';
import { finish } from '../../../native-models/stepwise.ts';
import { openFixture } from '../../support/fixtures.ts';

const floats = (...values: number[]) => Float32Array.from(values);

describe('measures', () => {
  it('total variation is the share of the weight that moved', () => {
    expect(totalVariation(floats(1, 0, 0.5, 0.5), floats(0, 1, 0.5, 0.5), 2)).toBe(0.5);
    expect(totalVariation(floats(0.25, 0.75), floats(0.5, 0.5), 1)).toBe(0.25);
    expect(totalVariation(floats(0.25, 0.75), floats(0.25, 0.75), 1)).toBe(0);
  });

  it('relative change is a ratio of Frobenius norms', () => {
    expect(relativeChange(floats(3, 4), floats(3, 4))).toBe(0);
    expect(relativeChange(floats(3, 4), floats(0, 0))).toBe(1);
    expect(relativeChange(floats(0, 2), floats(3, 6))).toBe(2.5);
    expect(relativeChange(floats(0, 0), floats(0, 0))).toBe(0);
  });
});

describe.each(['tiny-gpt2', 'tiny-bert'] as const)('%s', (name) => {
  it('layers before the change keep their numbers, and later ones differ as their slices do', async () => {
    const model = await openFixture(name);
    const stack = model.stacks[0]!;
    const before = await runText(model, { text: 'The cat sat on the mat.' });
    const interventions = [{ kind: 'head', site: { layer: 1, head: 2 }, factor: 0 }] as const;
    const after = await runText(model, { text: 'The cat sat on the mat.' }, { interventions });
    const comparison = startComparison(before, after);
    expect(await comparison.step()).toBeNull();
    expect(comparison.fraction).toBeCloseTo(1 / stack.layers, 10);
    const layers = await finish(comparison);
    expect(layers.map(({ stack: of, layer }) => [of, layer])).toEqual(
      Array.from({ length: stack.layers }, (_, layer) => [stack.name, layer]),
    );
    expect(layers[0]).toMatchObject({ hidden: 0, heads: new Array<number>(stack.heads).fill(0) });
    // The head that is knocked out still looks where it looked; what it no longer writes changes what follows.
    expect(layers[1]!.heads).toEqual(new Array<number>(stack.heads).fill(0));
    expect(layers[1]!.hidden).toBeGreaterThan(0);
    for (let head = 0; head < stack.heads; head++) {
      const pattern = `${stack.name}.2.self.pattern`;
      const [was, is] = [await slice(before, pattern, head), await slice(after, pattern, head)];
      const moved = was.data.reduce((sum, weight, at) => sum + Math.max(0, is.data[at]! - weight), 0);
      expect(layers[2]!.heads[head]).toBeGreaterThan(0);
      expect(layers[2]!.heads[head]).toBeCloseTo(moved / before.tokens.length, 5);
    }
    await model.dispose();
  });

  it('refuses runs of different texts', async () => {
    const model = await openFixture(name);
    const [one, other] = [await runText(model, { text: 'A cat.' }), await runText(model, { text: 'Two cats sat.' })];
    expect(() => startComparison(one, other)).toThrow(/different texts/u);
    await model.dispose();
  });
});

import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../renderer/state/frames.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import type { Selection } from '../../../renderer/state/selection.ts';
import { formulaFacts } from '../../../renderer/view-models/formula-facts.ts';
import { asTrained, matrix, openedModel, runResult, tokensOf } from '../support.ts';

const model = openedModel();
const run = runResult('t', tokensOf('the', ' cat', 'sat'));
const place: Selection = { ...FIRST_SELECTION, layer: 1, head: 2, station: 'context' };
const head = [
  matrix('q', 3, 2, [1, 2, 3, 4, 5, 6]),
  matrix('k', 3, 2, [7, 8, 9, 10, 11, 12]),
  matrix('scores', 3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
  matrix('scaled', 3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
  matrix('masked', 3, 3, [1, 2, 3, 4, 5, -Infinity, 7, 8, 9]),
  matrix('pattern', 3, 3, [1, 0, 0, 0.25, 0.75, 0, 0.1, 0.2, 0.7]),
];
const inspector: Frame = { ...asTrained, run, model, selection: place, matrices: head };
const context = matrix('decoder.1.self.context', 3, 2, [1, 2, 3, 4, 5, 6]);
const frame: Frame = { ...asTrained, run, model, selection: place, matrices: [context] };
const source = { frame, inspector, walk: null, query: 1, key: 0, prediction: null };

describe('formulaFacts', () => {
  it('reads the query’s and the key’s own numbers', () => {
    const facts = formulaFacts(source);
    expect([...facts.q!]).toEqual([3, 4]);
    expect([...facts.k!]).toEqual([7, 8]);
    expect([...facts.vector!]).toEqual([3, 4]);
    expect(facts.cell).toMatchObject({ score: 4, weight: 0.25, visible: true });
    expect(facts).toMatchObject({ query: ' cat', key: 'the', dHead: 2, heads: 3, causal: true });
  });

  it('names the keys by weight, without those of weight 0', () => {
    expect(formulaFacts(source).strongest).toEqual([
      { token: ' cat', weight: 0.75 },
      { token: 'the', weight: 0.25 },
    ]);
  });

  it('shows no number of another head or another text', () => {
    for (const other of [
      { ...inspector, selection: { ...place, head: 0 } },
      { ...inspector, run: runResult('older', run.tokens) },
      null,
    ]) {
      const facts = formulaFacts({ ...source, inspector: other });
      expect(facts).toMatchObject({ cell: null, q: null, k: null, strongest: [] });
    }
  });

  it('takes q, k and v of the token itself where all three are the figure', () => {
    const matrices = [head[0]!, head[1]!, matrix('v', 3, 2, [0, 1, 0, 2, 0, 3])];
    const qkv = { ...frame, selection: { ...place, station: 'qkv' as const }, matrices };
    const facts = formulaFacts({ ...source, frame: qkv });
    expect([...facts.k!]).toEqual([9, 10]);
    expect([...facts.v!]).toEqual([0, 2]);
  });

  it('survives a selection that lies outside the text', () => {
    expect(formulaFacts({ ...source, query: 9, key: 9 })).toMatchObject({ cell: null, vector: null, tokenId: null });
  });
});

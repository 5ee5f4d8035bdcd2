import { describe, expect, it } from 'vitest';
import {
  colouredBy,
  FIRST_PROJECTION_VIEW,
  isKept,
  keepSentence,
  letGo,
  MOST_KEPT,
  projectedTexts,
  putProjection,
  readProjection,
  typedSetting,
  typedSettings,
} from '../../../renderer/state/projection-view.ts';
import type { ProjectionView } from '../../../renderer/state/projection-view.ts';

const view = (change: Partial<ProjectionView>): ProjectionView => ({ ...FIRST_PROJECTION_VIEW, ...change });

function thereAndBack(of: ProjectionView): ProjectionView {
  const kept = new Map<string, string>();
  putProjection((key, value, first = '') => value !== first && kept.set(key, value), of);
  return readProjection((key) => kept.get(key) ?? '');
}

describe('sentences that are kept', () => {
  it('are kept once, with their pair, the oldest going first', () => {
    const one = view({ kept: [{ text: 'a' }] });
    expect(keepSentence(one, { text: 'a' })).toBe(one.kept);
    expect(keepSentence(one, { text: '' })).toBe(one.kept);
    expect(keepSentence(one, { text: 'a', pair: 'b' })).toEqual([{ text: 'a' }, { text: 'a', pair: 'b' }]);
    const full = view({ kept: Array.from({ length: MOST_KEPT }, (_, at) => ({ text: String(at) })) });
    const more = keepSentence(full, { text: 'new' });
    expect([more.length, more[0]?.text, more.at(-1)?.text]).toEqual([MOST_KEPT, '1', 'new']);
  });

  it('stand after the typed one, which is there once', () => {
    const two = view({ kept: [{ text: 'a' }, { text: 'b' }] });
    expect(projectedTexts(two, { text: 'b' })).toEqual([{ text: 'b' }, { text: 'a' }]);
    expect(isKept(two, { text: 'a', pair: '' })).toBe(true);
    expect(letGo(two, { text: 'a' })).toEqual([{ text: 'b' }]);
  });
});

describe('settings of the projector', () => {
  it('take the numbers that a method allows', () => {
    expect([
      typedSetting('neighbours', '15'),
      typedSetting('neighbours', '1'),
      typedSetting('neighbours', '2.5'),
    ]).toEqual([15, null, null]);
    expect([typedSetting('minDist', '0,25'), typedSetting('minDist', '1.5'), typedSetting('seed', '-1')]).toEqual([
      0.25,
      null,
      null,
    ]);
    expect(typedSettings('pca')).toEqual([]);
    expect(typedSettings('umap')).toEqual(['neighbours', 'minDist', 'seed']);
    expect(typedSettings('tsne')).toEqual(['perplexity', 'seed']);
  });

  it('colour by what the points have', () => {
    expect(colouredBy({ what: 'path', colour: null })).toBe('layer');
    expect(colouredBy({ what: 'states', colour: 'part' })).toBe('part');
    expect(colouredBy({ what: 'table', colour: 'part' })).toBe('row');
  });

  it('come back from an address', () => {
    expect(thereAndBack(FIRST_PROJECTION_VIEW)).toEqual(FIRST_PROJECTION_VIEW);
    const other = view({
      ...{ what: 'sentences', layer: -1, pooling: 'first', rows: 50_000, method: 'tsne', components: 3, seed: 7 },
      ...{ neighbours: 30, minDist: 0.5, perplexity: 12, colour: 'sentence' },
      kept: [{ text: 'bank & river' }, { text: 'a', pair: 'b' }],
    });
    expect(thereAndBack(other)).toEqual(other);
  });

  it('are the first ones where an address is damaged', () => {
    expect(readProjection(() => '[[1], {}, "x", [""]]')).toEqual(FIRST_PROJECTION_VIEW);
    expect(readProjection(() => '{')).toEqual(FIRST_PROJECTION_VIEW);
  });
});

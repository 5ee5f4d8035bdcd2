import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../renderer/projection/types.ts';
import type { Projection } from '../../../renderer/projection/types.ts';
import { figureNotes, figureSubtitle } from '../../../renderer/view-models/projector-figure.ts';

const words = Object.assign(
  (key: string, values?: Record<string, string | number>) =>
    [key, ...Object.entries(values ?? {}).map(([name, value]) => `${name}=${value}`)].join(' '),
  { has: () => true },
);
const projection: Projection = {
  method: 'pca',
  coordinates: new Float32Array(22),
  components: 2,
  explained: [0.5, 0.25],
  preservation: { score: 0.8, trustworthiness: 0.9, k: 5, sampled: 11 },
  reducedTo: null,
  used: DEFAULT_SETTINGS,
  pca: null,
};

describe('what stands around a projection in a file', () => {
  it('says the model, the points, the depth and the method', () => {
    expect(figureSubtitle('tiny', { what: 'states', layer: -1, method: 'pca' }, 11, words)).toBe(
      'tiny · projector.whats.states · projector.entering · projector.methods.pca · projector.points count=11 points=11',
    );
    expect(figureSubtitle('tiny', { what: 'table', layer: 3, method: 'umap' }, 11, words)).not.toContain('after');
  });

  it('says how far to trust it, what is explained, and the settings as they were used', () => {
    expect(figureNotes(projection, 11, words)).toEqual([
      'projector.share share=80.0 % k=5 projector.trust.middle projector.chance chance=50.0 %',
      'projector.explained shares=50.0 % + 25.0 % sum=75.0 %',
    ]);
    const [, settings, reduced] = figureNotes(
      { ...projection, method: 'umap', explained: null, reducedTo: 50 },
      11,
      words,
    );
    expect([settings, reduced]).toEqual([
      'projector.usedUmap neighbours=15 minDist=0.1 seed=0',
      'projector.reduced reducedTo=50',
    ]);
  });
});

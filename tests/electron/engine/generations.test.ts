import { describe, expect, it } from 'vitest';
import { GenerationStore } from '../../../electron/engine/generations.ts';
import type { Generation, Model } from '../../../native-models/index.ts';

const generationOf = (model: string) => ({ model: model as unknown as Model }) as unknown as Generation;

describe('GenerationStore', () => {
  it('keeps the newest few; being asked for keeps one longer', () => {
    const store = new GenerationStore(2);
    const [first, second] = [store.add(generationOf('a')), store.add(generationOf('a'))];
    store.get(first);
    const third = store.add(generationOf('a'));
    expect(() => store.get(second)).toThrow('no longer kept in memory');
    for (const id of [first, third]) expect(store.get(id)).toBeDefined();
  });

  it('closes one, and all of a model that goes', () => {
    const store = new GenerationStore(4);
    const [model, other] = [generationOf('a'), generationOf('b')];
    const ids = [model, model, other].map((each) => store.add(each));
    store.close(ids[0]!);
    store.close('unknown');
    expect(() => store.get(ids[0]!)).toThrow(expect.objectContaining({ reason: 'generation-gone' }) as Error);
    store.closeModel(model.model);
    expect(() => store.get(ids[1]!)).toThrow('start again');
    expect(store.get(ids[2]!)).toBe(other);
  });
});

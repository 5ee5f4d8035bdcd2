import { expect, it } from 'vitest';
import { HoverStore } from '../../../renderer/state/hover.ts';

it('tells its listeners once a cell, however often the pointer moves inside it', () => {
  const hover = new HoverStore();
  let told = 0;
  const stop = hover.subscribe(() => (told += 1));
  hover.set({ query: 1, key: 2 });
  hover.set({ query: 1, key: 2 });
  expect([told, hover.getSnapshot()]).toEqual([1, { query: 1, key: 2 }]);
  hover.set({ query: 1, key: 3 });
  hover.set(null);
  hover.set(null);
  expect([told, hover.getSnapshot()]).toEqual([3, null]);
  stop();
  hover.set({ query: 0, key: 0 });
  expect(told).toBe(3);
});

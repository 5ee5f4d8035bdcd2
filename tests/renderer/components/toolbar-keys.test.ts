import { expect, it } from 'vitest';
import { toolbarGoal } from '../../../renderer/components/toolbar-keys.ts';

const press = (key: string, modifiers = {}) => ({ key, altKey: false, ctrlKey: false, metaKey: false, ...modifiers });

it.each([
  ['ArrowRight', 4, 7],
  ['ArrowLeft', 4, 2],
  ['ArrowLeft', 2, 2],
  ['ArrowRight', 7, 7],
  ['Home', 7, 2],
  ['End', 2, 7],
])('%s leads from %i to %i', (key, stop, goal) => {
  expect(toolbarGoal(press(key), [2, 4, 7], stop)).toBe(goal);
});

it('other keys, and keys with a modifier, lead nowhere', () => {
  expect(toolbarGoal(press('a'), [2, 4], 2)).toBeNull();
  expect(toolbarGoal(press('ArrowRight', { ctrlKey: true }), [2, 4], 2)).toBeNull();
});

import { expect, it } from 'vitest';
import { cellMoveOf, commandOf } from '../../../renderer/state/commands.ts';

const press = (key: string, change = {}) => ({ key, altKey: false, ctrlKey: false, metaKey: false, ...change });

it('knows the keys of the window', () => {
  expect(commandOf(press('ArrowLeft'))).toEqual({ kind: 'head', by: -1 });
  expect(commandOf(press('ArrowDown'))).toEqual({ kind: 'layer', by: 1 });
  expect(commandOf(press(']'))).toEqual({ kind: 'station', by: 1 });
  expect(commandOf(press('E'))).toEqual({ kind: 'export' });
  expect(commandOf(press('?'))).toEqual({ kind: 'help' });
  expect(commandOf(press('t'))).toEqual({ kind: 'mode' });
  expect(commandOf(press(' '))).toEqual({ kind: 'play' });
  expect(commandOf(press('w'))).toEqual({ kind: 'what-if' });
  expect(commandOf(press('v'))).toEqual({ kind: 'view', by: 1 });
  expect(commandOf(press('V', { shiftKey: true }))).toEqual({ kind: 'view', by: -1 });
  expect(commandOf(press('x'))).toBeNull();
});

it('undoes with Ctrl or Cmd and Z, and redoes with Shift as well or with Ctrl+Y', () => {
  for (const modifier of ['ctrlKey', 'metaKey']) {
    expect(commandOf(press('z', { [modifier]: true }))).toEqual({ kind: 'undo' });
    expect(commandOf(press('Z', { [modifier]: true, shiftKey: true }))).toEqual({ kind: 'redo' });
  }
  expect(commandOf(press('y', { ctrlKey: true }))).toEqual({ kind: 'redo' });
  expect(commandOf(press('y', { metaKey: true }))).toBeNull();
  expect(commandOf(press('z', { ctrlKey: true, altKey: true }))).toBeNull();
  expect(commandOf(press('z'))).toBeNull();
});

it('leaves keys with Ctrl, Alt or Cmd to the system', () => {
  for (const modifier of ['altKey', 'ctrlKey', 'metaKey']) {
    expect(commandOf(press('e', { [modifier]: true }))).toBeNull();
  }
});

it('moves cells by arrows, and to the ends', () => {
  expect(cellMoveOf('ArrowUp')).toEqual({ dQuery: -1, dKey: 0 });
  expect(cellMoveOf('End')).toEqual({ dQuery: 0, dKey: Infinity });
  expect(cellMoveOf('Tab')).toBeNull();
});

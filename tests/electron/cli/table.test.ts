import { expect, it } from 'vitest';
import { counted, plainLine, textTable } from '../../../electron/cli/table.ts';

it('textTable(rows, right) lines columns up, wide characters too, without trailing spaces', () => {
  const rows = [
    ['A', 'TEXT', 'N'],
    ['b', '你好', '10'],
    ['ccc', 'e\u0301', '7'],
    ['d', '', ''],
  ];
  expect(textTable(rows, [2])).toBe(['A    TEXT   N', 'b    你好  10', 'ccc  e\u0301      7', 'd', ''].join('\n'));
});

it('plainLine(text) has no line breaks and nothing that a terminal obeys', () => {
  expect(plainLine('a\nb\r\nc')).toBe('a⏎b⏎c');
  expect(plainLine('\u001B[31mred\u0007\u009B')).toBe('\uFFFD[31mred\uFFFD\uFFFD');
  expect(plainLine('naïve 🙂')).toBe('naïve 🙂');
});

it('counted(count, thing) has an s for all but one', () => {
  expect([0, 1, 2].map((count) => counted(count, 'token'))).toEqual(['0 tokens', '1 token', '2 tokens']);
});

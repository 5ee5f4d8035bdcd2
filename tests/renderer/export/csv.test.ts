import { expect, it } from 'vitest';
import { csvText } from '../../../renderer/export/csv.ts';

it('writes rows as RFC 4180 has them, numbers in full', () => {
  const rows = [
    { token: 'sea', bits: 1 / 3 },
    { token: 'a "b", c', bits: null },
    { token: ' old\n', bits: -1e-12 },
  ];
  expect(csvText(rows)).toBe('token,bits\r\nsea,0.3333333333333333\r\n"a ""b"", c",\r\n" old\n",-1e-12\r\n');
});

it('is only a line end without rows', () => {
  expect(csvText([])).toBe('\r\n');
});

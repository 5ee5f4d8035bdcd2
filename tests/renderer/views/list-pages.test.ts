import { expect, it } from 'vitest';
import { pageOf } from '../../../renderer/views/list-pages.tsx';

it('an entry is on its page, and every entry on one page', () => {
  const count = 1602;
  const covered = new Set<number>();
  for (let from = 0; from < count; from = pageOf(from, count, 300).to) {
    const page = pageOf(from, count, 300);
    expect(page.from).toBe(from);
    for (let entry = page.from; entry < page.to; entry++) {
      expect(pageOf(entry, count, 300)).toEqual(page);
      covered.add(entry);
    }
  }
  expect(covered.size).toBe(count);
});

it('a page beyond the last is the last, and none has no entries', () => {
  expect(pageOf(5000, 1602, 300)).toEqual({ from: 1500, to: 1602 });
  expect(pageOf(0, 0, 300)).toEqual({ from: 0, to: 0 });
  expect(pageOf(7, 12, 300)).toEqual({ from: 0, to: 12 });
});

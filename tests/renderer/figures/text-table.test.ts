import { describe, expect, it } from 'vitest';
import { textTable } from '../../../renderer/figures/text-table.ts';
import type { TextTableInput } from '../../../renderer/figures/text-table.ts';
import { testDocument } from './support.ts';

const document = testDocument();
const input: TextTableInput = {
  title: 'Prediction',
  subtitle: 'after it',
  columns: [
    { title: 'Candidate', align: 'start', cells: ['cold', 'late'] },
    { title: 'Probability', align: 'end', cells: ['0.500', '0.250'] },
  ],
  bars: [1, 0.5],
  note: 'a note',
  theme: 'light',
};

describe('textTable', () => {
  it('has every cell as text and a bar as long as its share', () => {
    const svg = textTable(input, { document });
    for (const text of ['Candidate', 'cold', '0.250', 'a note', 'after it']) expect(svg.textContent).toContain(text);
    const widths = [...svg.querySelectorAll('rect[rx]')].map((bar) => Number(bar.getAttribute('width')));
    expect(widths[1]! / widths[0]!).toBeCloseTo(0.5, 6);
  });

  it('is as wide as its words need', () => {
    const wide = { title: 'Piece', align: 'start' as const, cells: ['x'.repeat(20), 'y'] };
    const width = (table: TextTableInput) => Number(textTable(table, { document }).getAttribute('width'));
    expect(width({ ...input, columns: [...input.columns, wide] })).toBeGreaterThan(width(input));
  });

  it('names what is invalid', () => {
    const short = { title: 'x', align: 'end' as const, cells: ['1'] };
    expect(() => textTable({ ...input, columns: [...input.columns, short] }, { document })).toThrow(
      'invalid columns: 2, 2, 1 cells',
    );
    expect(() => textTable({ ...input, bars: [1] }, { document })).toThrow('invalid bars: 1 for 2 rows');
    expect(() => textTable({ ...input, columns: [] }, { document })).toThrow('invalid columns');
  });
});

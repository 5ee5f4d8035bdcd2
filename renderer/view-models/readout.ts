/** The selected cell in one sentence, for screen readers. */
import type { Token } from '../../electron/api/index.ts';
import type { Station } from '../state/stations.ts';
import { readText } from './exact-number.ts';
import type { ReadNumber } from './exact-number.ts';
import type { Translate } from './failure.ts';
import { formatNumber, tokenLabel } from './format.ts';
import type { MatrixPanel } from './matrix-panels.ts';

/** Empty while the cell is not known. */
export function cellReadout(
  station: Station,
  query: Pick<Token, 'text'> | undefined,
  key: Pick<Token, 'text'> | undefined,
  value: number,
  words: Translate,
  text = formatNumber(value),
): string {
  if (query === undefined || key === undefined) return '';
  const values = { query: tokenLabel(query.text), key: tokenLabel(key.text), value: text };
  if (value === -Infinity) return words('stage.readoutHidden', values);
  return words(station === 'pattern' ? 'stage.readoutWeight' : 'stage.readoutValue', values);
}

/** A cell of a matrix panel with its number as it is known. */
export interface ReadCell extends ReadNumber {
  readonly row: number;
  readonly column: number;
}

/** Both numbers of a cell of a difference; a side that has no such token has none. */
export function pairNumbers({ pair, missing }: MatrixPanel, index: number): readonly [string, string] {
  const text = (values: Float32Array | undefined): string => {
    const value = values?.[index] ?? NaN;
    return Number.isNaN(value) && missing !== undefined ? '–' : formatNumber(value);
  };
  return [text(pair?.[0]), text(pair?.[1])];
}

/** The same of a cell of a matrix panel, with both numbers where it shows what changed. */
export function panelReadout(panel: MatrixPanel, cell: ReadCell, words: Translate): string {
  const { frame, labels, columns, part, pair } = panel;
  const [query, key] = [labels[cell.row], labels[cell.column]];
  const index = cell.row * columns + cell.column;
  if (part !== 'difference' || pair === null)
    return cellReadout(frame.selection.station, query, key, cell.value, words, readText(cell));
  if (query === undefined || key === undefined) return '';
  const [before, after] = pairNumbers(panel, index);
  const values = { query: query.text, key: key.text, before, after };
  return words('compare.readoutDifference', values);
}

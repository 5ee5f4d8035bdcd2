/** The selected cell in one sentence, for screen readers. */
import type { Token } from '../../electron/api/index.ts';
import type { Station } from '../state/stations.ts';
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
): string {
  if (query === undefined || key === undefined) return '';
  const values = { query: tokenLabel(query.text), key: tokenLabel(key.text), value: formatNumber(value) };
  if (value === -Infinity) return words('stage.readoutHidden', values);
  return words(station === 'pattern' ? 'stage.readoutWeight' : 'stage.readoutValue', values);
}

/** The same of a cell of a matrix panel, with both numbers where it shows what changed. */
export function panelReadout(panel: MatrixPanel, row: number, column: number, words: Translate): string {
  const { frame, labels, matrix, columns, part, pair } = panel;
  const [query, key] = [labels[row], labels[column]];
  const index = row * columns + column;
  if (part !== 'difference' || pair === null)
    return cellReadout(frame.selection.station, query, key, matrix[index] ?? NaN, words);
  if (query === undefined || key === undefined) return '';
  const [before, after] = pair.map((values) => formatNumber(values[index] ?? NaN));
  return words('compare.readoutDifference', {
    query: query.text,
    key: key.text,
    before: before ?? '',
    after: after ?? '',
  });
}

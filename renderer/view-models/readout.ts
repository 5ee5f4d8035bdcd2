/** The selected cell in one sentence, for screen readers. */
import type { Token } from '../../electron/api/index.ts';
import type { Station } from '../state/stations.ts';
import type { Translate } from './failure.ts';
import { formatNumber, tokenLabel } from './format.ts';

/** Empty while the cell is not known. */
export function cellReadout(
  station: Station,
  query: Token | undefined,
  key: Token | undefined,
  value: number,
  words: Translate,
): string {
  if (query === undefined || key === undefined) return '';
  const values = { query: tokenLabel(query.text), key: tokenLabel(key.text), value: formatNumber(value) };
  if (value === -Infinity) return words('stage.readoutHidden', values);
  return words(station === 'pattern' ? 'stage.readoutWeight' : 'stage.readoutValue', values);
}

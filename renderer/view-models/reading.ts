/** What the reading view says and colours: the weights between one token and all others. */
import type { Lens } from '../state/lens.ts';
import type { Translate } from './failure.ts';
import { panelFigure } from './figure-input.ts';
import { formatNumber } from './format.ts';
import { headsName } from './matrix-panels.ts';
import type { MatrixPanel } from './matrix-panels.ts';

type Direction = Lens['direction'];

/** The weight from a row's token to another for `from`, to it from the other for `to`; NaN outside the matrix. */
export function weightBetween(
  { matrix, rows, columns }: Pick<MatrixPanel, 'matrix' | 'rows' | 'columns'>,
  row: number,
  other: number,
  direction: Direction,
): number {
  const [query, key] = direction === 'from' ? [row, other] : [other, row];
  return query < rows && key < columns ? (matrix[query * columns + key] ?? NaN) : NaN;
}

export interface Neighbour {
  readonly row: number;
  readonly weight: number;
}

/** The tokens with the largest weights (of a difference: the largest either way), largest first; those of weight 0 are none. */
export function strongest(panel: MatrixPanel, row: number, direction: Direction, count: number): readonly Neighbour[] {
  const found: Neighbour[] = [];
  for (let other = 0; other < panel.columns; other += 1) {
    const weight = weightBetween(panel, row, other, direction);
    if (!(Math.abs(weight) > 0) || !Number.isFinite(weight)) continue;
    const at = found.findIndex((each) => Math.abs(each.weight) < Math.abs(weight));
    if (at >= 0) found.splice(at, 0, { row: other, weight });
    else if (found.length < count) found.push({ row: other, weight });
    if (found.length > count) found.pop();
  }
  return found;
}

/** As many tokens as are named in a line of words. */
const NAMED = 3;

/** `it looks at animal 0.41, street 0.12, the 0.05`. */
export function strongestText(panel: MatrixPanel, row: number, direction: Direction, words: Translate): string {
  const list = strongest(panel, row, direction, NAMED)
    .map((each) => `${panel.labels[each.row]?.text ?? ''} ${formatNumber(each.weight, 3)}`)
    .join(', ');
  const token = panel.labels[row]?.text ?? '';
  const key = direction === 'from' ? 'reading.strongestFrom' : 'reading.strongestTo';
  return words(key, { token, list: list === '' ? words('reading.nothing') : list });
}

/** `it → animal  0.4123`: the weight between the selected token and another, query first. */
export function pairText(
  panel: MatrixPanel,
  row: number,
  other: number,
  direction: Direction,
  words: Translate,
): string {
  const [query, key] = direction === 'from' ? [row, other] : [other, row];
  const value = formatNumber(weightBetween(panel, row, other, direction));
  return words('reading.pair', {
    query: panel.labels[query]?.text ?? '',
    key: panel.labels[key]?.text ?? '',
    value,
  });
}

/** What the colours are, with unit and transform. */
export function readingLegend(panel: MatrixPanel, words: Translate): string {
  const { legendTitle } = panelFigure(panel, { title: '', subtitle: '' }, words);
  return `${legendTitle} · ${words('reading.zero')}`;
}

/** Which heads, and which run of a pair. */
export function readingTitle({ heads, combine, part, pair }: MatrixPanel, words: Translate): string {
  const named = words(`views.panel.${combine}`, { heads: headsName(heads) });
  return pair === null ? named : `${named} · ${words(`compare.part.${part}`)}`;
}

/** Where a token stands on screen, in px: the place of its first character. */
export interface TokenPlace {
  readonly x: number;
  readonly y: number;
}

/** The token on the line above (−1) or below (1) that is nearest sideways; the same one on the first and last line. */
export function stepLine(places: readonly TokenPlace[], at: number, by: -1 | 1): number {
  const here = places[at];
  if (here === undefined) return at;
  const next =
    by > 0 ? places.slice(at).find(({ y }) => y > here.y) : places.slice(0, at).findLast(({ y }) => y < here.y);
  if (next === undefined) return at;
  let best = at;
  let least = Infinity;
  places.forEach(({ x, y }, index) => {
    const distance = Math.abs(x - here.x);
    if (y !== next.y || distance >= least) return;
    [best, least] = [index, distance];
  });
  return best;
}

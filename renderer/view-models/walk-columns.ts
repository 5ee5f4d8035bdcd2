/** What the list of keys shows at each station: where its bars end, its columns of numbers, and how it is sorted. */
import type { KeyStation } from './walk-names.ts';
import type { WalkNumbers, WalkRow } from './walk.ts';

/** A bar in per cent of its track; `below` is left of a zero in the middle. */
export interface Bar {
  readonly left: number;
  readonly width: number;
  readonly side: 'above' | 'below' | 'weight';
}

/** The magnitude at the end of the track; scaled scores keep the scale of the scores, so that the division is seen. */
export function barReach(station: KeyStation, numbers: WalkNumbers): number {
  if (station === 'pattern' || station === 'context') return 1;
  const values = numbers.rows.map((row) => (station === 'masked' ? row.masked : row.score));
  const most = values.filter(Number.isFinite).reduce((reach, value) => Math.max(reach, Math.abs(value)), 0);
  return most > 0 ? most : 1;
}

/** The number that a station is about. */
export function stationValue(station: KeyStation, row: WalkRow): number {
  switch (station) {
    case 'scores':
      return row.score;
    case 'scaled':
      return row.scaled;
    case 'masked':
      return row.masked;
    default:
      return row.weight;
  }
}

/** What keys are sorted by: the station's number; at the weighted sum what a key brings, where that is known. */
export function sortValue(station: KeyStation, row: WalkRow): number {
  return station === 'context' ? (row.contribution ?? row.weight) : stationValue(station, row);
}

/** The bar of a key; of no width where the mask hides it. */
export function barOf(station: KeyStation, row: WalkRow, reach: number): Bar {
  const value = stationValue(station, row);
  if (station === 'pattern' || station === 'context') return { left: 0, width: 100 * value, side: 'weight' };
  const width = Number.isFinite(value) ? Math.min(50, (50 * Math.abs(value)) / reach) : 0;
  return value < 0 ? { left: 50 - width, width, side: 'below' } : { left: 50, width, side: 'above' };
}

/** The largest contribution ‖α·v·W_O‖ of the visible keys; 0 where there is none. */
export function contributionReach(numbers: WalkNumbers): number {
  return numbers.rows.reduce((most, { contribution }) => Math.max(most, contribution ?? 0), 0);
}

export interface NumberColumn {
  /** Also the key of its title, `walk.head.…`, and the end of its test id. */
  readonly id: 'score' | 'before' | 'scaled' | 'masked' | 'shifted' | 'exponential' | 'weight' | 'contribution';
  readonly value: (row: WalkRow) => number | null;
  /** True for what the window computed itself in float64; the others are the engine's float32. */
  readonly isDouble: boolean;
  readonly isQuiet: boolean;
}

const column = (
  id: NumberColumn['id'],
  value: NumberColumn['value'],
  { isDouble = false, isQuiet = false } = {},
): NumberColumn => ({ id, value, isDouble, isQuiet });

export const NUMBER_COLUMNS: Readonly<Record<KeyStation, readonly NumberColumn[]>> = {
  scores: [column('score', (row) => row.score)],
  scaled: [column('before', (row) => row.score, { isQuiet: true }), column('scaled', (row) => row.scaled)],
  masked: [column('masked', (row) => row.masked)],
  pattern: [
    column('shifted', (row) => row.shifted, { isDouble: true, isQuiet: true }),
    column('exponential', (row) => row.exponential, { isDouble: true, isQuiet: true }),
    column('weight', (row) => row.weight),
  ],
  context: [
    column('weight', (row) => row.weight),
    column('contribution', (row) => row.contribution, { isDouble: true }),
  ],
};

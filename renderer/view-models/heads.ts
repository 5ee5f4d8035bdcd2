/** Statistics of every head, read from a run's summary. */
import type { HeadStatistics, SiteSummary } from '../../electron/api/index.ts';
import type { Lens } from '../state/lens.ts';

export type Statistic = keyof HeadStatistics;
export const STATISTIC_ORDER = [
  'entropy',
  'distance',
  'first',
  'previous',
  'self',
  'separator',
] as const satisfies readonly Statistic[];
/** Statistics that are shares of attention, 0…1. */
export const SHARES: readonly Statistic[] = ['first', 'previous', 'self', 'separator'];

/** One statistic of one head; NaN when the summary does not have it. */
export function statisticOf(summary: SiteSummary, layer: number, head: number, statistic: Statistic): number {
  const column = summary.order.indexOf(statistic);
  const values = new Float32Array(summary.statistics);
  const width = summary.order.length;
  return column < 0 ? NaN : (values[(layer * summary.heads + head) * width + column] ?? NaN);
}

/**
 * A head worth looking at first: sharply focused, and not merely on the first token or on separators. The largest
 * (1 − entropy ÷ ln tokens) · (1 − first) · (1 − separator).
 */
export function tellingHead(summary: SiteSummary, tokens: number): { layer: number; head: number } {
  let best = { layer: 0, head: 0 };
  let most = -Infinity;
  for (let index = 0; index < summary.layers * summary.heads; index += 1) {
    const place = { layer: Math.floor(index / summary.heads), head: index % summary.heads };
    const value = (statistic: Statistic): number => statisticOf(summary, place.layer, place.head, statistic);
    const focus = 1 - value('entropy') / Math.log(Math.max(2, tokens));
    const score = focus * (1 - value('first')) * (1 - value('separator'));
    if (score > most) {
      most = score;
      best = place;
    }
  }
  return best;
}

/** The picture of one head: u8 [grid, grid], round(255·√weight); a view, not a copy. */
export function pictureOf(summary: SiteSummary, layer: number, head: number): Uint8Array {
  const size = summary.grid * summary.grid;
  return new Uint8Array(summary.pictures, (layer * summary.heads + head) * size, size);
}

/**
 * The largest byte of a head's picture, at least 1. Where tokens see only what came before, the first one has nothing but itself to look
 * at: its weight of 1 says nothing about the head and is left aside.
 */
function largestByte(picture: Uint8Array, grid: number): number {
  const isForced = grid > 1 && picture.subarray(1, grid).every((byte) => byte === 0);
  return picture.subarray(isForced ? 1 : 0).reduce((high, byte) => Math.max(high, byte), 1);
}

/** The largest weight of a head's picture, where its own range of colours ends: 0…1, as far as a byte tells. */
export function largestWeight(summary: SiteSummary, layer: number, head: number): number {
  return (largestByte(pictureOf(summary, layer, head), summary.grid) / 255) ** 2;
}

/**
 * The bytes of all pictures, u8 [layer, head, grid, grid]. `own`: of each head in parts of its largest weight, so that 255 is that
 * weight; a byte is 255·√weight, so it is the roots that are divided.
 */
export function pictureBytes(summary: SiteSummary, range: Lens['range']): Uint8Array {
  const bytes = new Uint8Array(summary.pictures);
  if (range === 'shared') return bytes;
  const size = summary.grid * summary.grid;
  const scaled = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += size) {
    const picture = bytes.subarray(start, start + size);
    const most = largestByte(picture, summary.grid);
    picture.forEach((byte, at) => (scaled[start + at] = Math.min(255, Math.round((255 * byte) / most))));
  }
  return scaled;
}

/** Drawing one row of a pattern: the weights stay in 0…1 and sum to 1. Pure functions on rows of f64, one weight a key. */

/** What an arrow key and a page key add to a weight. */
export const STEP = 0.01;
export const PAGE = 0.1;

/**
 * A row to begin drawing from: keys that the query does not see get no weight, and the rest sums to exactly 1.
 * @returns null where the query sees no key
 */
export function startingRow(weights: ArrayLike<number>, visible: readonly boolean[]): readonly number[] | null {
  const seen = visible.map((sees, key) => (sees ? Math.max(0, weights[key] ?? 0) : 0));
  const sum = total(seen);
  if (sum > 0) return seen.map((weight) => weight / sum);
  const count = visible.filter(Boolean).length;
  return count === 0 ? null : visible.map((sees) => (sees ? 1 / count : 0));
}

/**
 * Gives one key a weight; the others share what is left in the proportions they had, or evenly where they had nothing.
 * Keys that the query does not see stay at 0, as softmax leaves them: the mask has to be lifted before they can be drawn. A key
 * that is the only one seen keeps the whole weight.
 * @param row weights that sum to 1, as startingRow gives them
 */
export function withWeight(
  row: readonly number[],
  key: number,
  weight: number,
  visible: readonly boolean[],
): readonly number[] {
  const others = visible.map((sees, other) => sees && other !== key);
  const count = others.filter(Boolean).length;
  if (visible[key] !== true || count === 0 || Number.isNaN(weight)) return row;
  const given = Math.min(1, Math.max(0, weight));
  const sum = total(row.filter((_, other) => others[other] === true));
  return row.map((old, other) => {
    if (other === key) return given;
    if (others[other] !== true) return 0;
    return sum > 0 ? (old / sum) * (1 - given) : (1 - given) / count;
  });
}

/** The weight that a key press on a weight asks for; null for keys that mean something else. */
export function steppedWeight(press: string, weight: number): number | null {
  const steps: Readonly<Record<string, number>> = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: PAGE, PageDown: -PAGE };
  const step = steps[press];
  if (press === 'Home') return 0;
  if (press === 'End') return 1;
  if (step === undefined) return null;
  // Rounding keeps ten steps of 0.01 at 0.1.
  return Math.min(1, Math.max(0, Math.round((weight + step) * 1e6) / 1e6));
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Leaving units out of a pattern: special tokens, and the first token, where heads that do nothing look. */
import type { Lens } from '../../state/lens.ts';
import type { Units } from './units.ts';

/** Units that stay, in the order of the text: those that are not special, and not that of the first token, as the lens says. */
export function keptUnits(
  units: Units,
  { hideSpecial, hideFirst }: Pick<Lens, 'hideSpecial' | 'hideFirst'>,
): Int32Array {
  const all = Int32Array.from({ length: units.count }, (_, unit) => unit);
  return all.filter((unit) => !(hideFirst && unit === 0) && !(hideSpecial && units.special(unit)));
}

export interface HiddenPattern {
  /** [kept, kept], row-major. */
  readonly data: Float32Array;
  /** The weight that each kept row gave to units that are left out, 0…1. */
  readonly taken: Float32Array;
}

/**
 * A pattern without the units that are left out, as queries and as keys.
 *
 * @param pattern [count, count], row-major
 * @param kept indices of what stays, ascending
 * @param renormalise whether the weights that stay are made to sum to 1 again; a row that loses everything stays 0
 * @throws RangeError `invalid pattern: …` when it is not count × count
 */
export function hideUnits(pattern: Float32Array, count: number, kept: Int32Array, renormalise: boolean): HiddenPattern {
  if (pattern.length !== count * count) {
    throw new RangeError(`invalid pattern: ${pattern.length} weights for ${count} × ${count} units`);
  }
  const size = kept.length;
  const taken = new Float32Array(size);
  if (size === count) return { data: pattern, taken };
  const isKept = new Uint8Array(count);
  for (const unit of kept) isKept[unit] = 1;
  const data = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) {
    const start = kept[row]! * count;
    let stays = 0;
    let goes = 0;
    for (let unit = 0; unit < count; unit += 1) {
      if (isKept[unit] === 1) stays += pattern[start + unit]!;
      else goes += pattern[start + unit]!;
    }
    taken[row] = goes;
    const factor = renormalise && stays > 0 ? 1 / stays : 1;
    for (let column = 0; column < size; column += 1)
      data[row * size + column] = pattern[start + kept[column]!]! * factor;
  }
  return { data, taken };
}

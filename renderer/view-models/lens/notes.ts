/** What a lens does to the patterns, to be said beside them: keys of words and what is filled in. */
import type { Combination, Lens } from '../../state/lens.ts';
import type { HiddenPattern } from './hide.ts';
import type { Units } from './units.ts';

export interface LensNote {
  /** Of the catalogue: `lens.note.words`. */
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** What is known once the patterns are made. */
export interface Applied {
  readonly units: Units;
  readonly kept: Int32Array;
  /** Each head's pattern before they are combined. */
  readonly patterns: readonly HiddenPattern[];
  readonly combine: Combination;
  /** True where everything would have been left out, so that nothing is. */
  readonly isSpared: boolean;
}

type Choices = Pick<Lens, 'unit' | 'groups' | 'hideSpecial' | 'hideFirst' | 'renormalise'>;

/** In the order in which it is done. Nothing for a lens that changes nothing. */
export function lensNotes(lens: Choices, applied: Applied): readonly LensNote[] {
  return [...unitNotes(lens, applied.units), ...hiddenNotes(lens, applied), ...combinedNotes(applied)];
}

function unitNotes({ unit, groups }: Choices, units: Units): LensNote[] {
  const values = { tokens: units.unitOf.length, units: units.count };
  const notes: LensNote[] = unit === 'words' ? [{ key: 'lens.note.words', values }] : [];
  if (groups.length > 0) notes.push({ key: 'lens.note.groups', values: { count: groups.length } });
  if (units.merged) notes.push({ key: 'lens.note.merged', values: {} });
  return notes;
}

function hiddenNotes({ hideSpecial, hideFirst, renormalise }: Choices, applied: Applied): LensNote[] {
  const { units, kept, patterns, isSpared } = applied;
  if (isSpared) return [{ key: 'lens.note.spared', values: {} }];
  const isFirstSpecial = units.count > 0 && units.special(0);
  const special = countSpecial(units);
  const notes: LensNote[] = [];
  if (hideSpecial) notes.push({ key: 'lens.note.special', values: { count: special } });
  if (hideFirst && units.count > 0 && !(hideSpecial && isFirstSpecial)) {
    notes.push({ key: 'lens.note.first', values: { token: units.label(0) } });
  }
  if (kept.length === units.count) return notes;
  notes.push({ key: 'lens.note.taken', values: { percent: percentText(meanTaken(patterns)) } });
  if (!renormalise) return notes;
  notes.push({ key: 'lens.note.renormalised', values: {} });
  const count = emptyRows(patterns, kept.length);
  if (count > 0) notes.push({ key: 'lens.note.empty', values: { count } });
  return notes;
}

function combinedNotes({ combine, patterns }: Applied): LensNote[] {
  if (combine === 'each') return [];
  const isPair = combine === 'difference' && patterns.length === 2;
  return [{ key: `lens.note.${isPair ? 'differenceOfTwo' : combine}`, values: { count: patterns.length } }];
}

function countSpecial(units: Units): number {
  let count = 0;
  for (let unit = 0; unit < units.count; unit += 1) count += units.special(unit) ? 1 : 0;
  return count;
}

/** The share of a row's weight that is left out, 0…1: mean over the rows that stay, of all heads; rows without numbers do not count. */
export function meanTaken(patterns: readonly HiddenPattern[]): number {
  let sum = 0;
  let count = 0;
  for (const { taken } of patterns) {
    for (const share of taken) {
      if (Number.isNaN(share)) continue;
      sum += share;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Rows, of all heads together, of which nothing stays. */
function emptyRows(patterns: readonly HiddenPattern[], size: number): number {
  let count = 0;
  for (const { data } of patterns) {
    for (let row = 0; row < size; row += 1)
      count += data.subarray(row * size, (row + 1) * size).every((each) => each === 0) ? 1 : 0;
  }
  return count;
}

/** A share as a percentage of three digits at most: `0 %`, `< 0.1 %`, `4.2 %`, `38 %`. */
export function percentText(share: number): string {
  const percent = 100 * share;
  if (percent === 0) return '0 %';
  if (percent < 0.1) return '< 0.1 %';
  return `${percent.toFixed(percent < 9.95 ? 1 : 0)} %`;
}

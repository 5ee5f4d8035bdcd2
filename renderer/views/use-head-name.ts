/** What a cell of a head is called: its place in the model, its value where the heads have one, and how it is chosen. */
import { useTranslation } from 'react-i18next';
import type { HeadPlace } from '../state/selection.ts';
import { formatNumber, shownIndex } from '../view-models/format.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import { useWords } from './context.tsx';
import type { HeadMark } from './use-head-pointer.ts';

/**
 * @param heads how many heads a layer has
 * @param reading what colours the heads; null: their own weights
 * @returns the name of a head; `rank` counts from 0, null where the heads are not ranked
 */
export function useHeadName(
  heads: number,
  reading: HeadReading | null,
): (place: HeadPlace, mark: HeadMark, rank?: number | null) => string {
  const { t } = useTranslation();
  const words = useWords();
  return ({ layer, head }, mark, rank = null) => {
    const values = { layer: shownIndex(layer), head: shownIndex(head) };
    const value = reading?.values[layer * heads + head] ?? NaN;
    const valued = { ...values, name: reading === null ? '' : words(reading.quantity), value: formatNumber(value, 3) };
    const hasValue = reading !== null && !Number.isNaN(value);
    const plain = rank === null && !hasValue ? t('atlas.cell', values) : t('atlas.cellValue', valued);
    const cell = rank === null ? plain : t('atlas.cellRank', { ...valued, rank: rank + 1 });
    return mark === 'also' ? t('atlasView.alsoChosen', { cell }) : cell;
  };
}

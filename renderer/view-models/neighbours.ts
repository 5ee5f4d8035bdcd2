/** Neighbours in the embedding table: their lists as words and numbers, as a table to export, and as rows of data. */
import type { Neighbour } from '../../electron/api/index.ts';
import type { TextTableInput } from '../figures/text-table.ts';
import type { Neighbours } from '../state/embeddings.ts';
import type { DataRow } from './data-file.ts';
import { pieceLabel } from './distribution.ts';
import type { Translate } from './failure.ts';
import { exactDouble, formatCount, formatNumber } from './format.ts';

export type Measure = 'cosine' | 'dot';
export const MEASURES: readonly Measure[] = ['cosine', 'dot'];

export interface NeighbourRow {
  readonly id: number;
  readonly label: string;
  /** Three or four digits, and all of them. */
  readonly value: string;
  readonly exact: string;
  /** What the other list goes by. */
  readonly other: string;
  /** For a bar: the share of the largest value of the list, 0…1; nothing for what points away. */
  readonly share: number;
}

const listOf = ({ byCosine, byDot }: Neighbours, measure: Measure): readonly Neighbour[] =>
  measure === 'cosine' ? byCosine : byDot;

export function neighbourRows(near: Neighbours, measure: Measure): readonly NeighbourRow[] {
  const list = listOf(near, measure);
  const most = Math.max(...list.map((each) => each[measure]), 0);
  const other = measure === 'cosine' ? 'dot' : 'cosine';
  return list.map((each) => ({
    id: each.id,
    label: pieceLabel(each.text),
    value: formatNumber(each[measure]),
    exact: exactDouble(each[measure]),
    other: formatNumber(each[other]),
    share: most > 0 ? Math.max(0, each[measure]) / most : 0,
  }));
}

/** How many of one list are in the other too. */
export function shared({ byCosine, byDot }: Neighbours): number {
  const ids = new Set(byCosine.map(({ id }) => id));
  return byDot.filter(({ id }) => ids.has(id)).length;
}

/** Both lists beside each other, as a figure. */
export function neighboursTable(near: Neighbours, words: Translate): Pick<TextTableInput, 'columns' | 'note'> {
  const rows = Math.min(near.byCosine.length, near.byDot.length);
  const columns = MEASURES.flatMap((measure) => {
    const list = neighbourRows(near, measure).slice(0, rows);
    return [
      { title: words(`neighbours.by.${measure}`), align: 'start' as const, cells: list.map(({ label }) => label) },
      { title: words(`neighbours.${measure}`), align: 'end' as const, cells: list.map(({ value }) => value) },
    ];
  });
  const rank = { title: '', align: 'end' as const, cells: Array.from({ length: rows }, (_, at) => String(at + 1)) };
  return { columns: [rank, ...columns], note: words('neighbours.among', { count: formatCount(near.among) }) };
}

export function neighbourData(near: Neighbours): readonly DataRow[] {
  return MEASURES.flatMap((measure) =>
    listOf(near, measure).map(({ id, text, cosine, dot }, at) => ({
      list: measure,
      rank: at + 1,
      id,
      text,
      cosine,
      dot,
    })),
  );
}

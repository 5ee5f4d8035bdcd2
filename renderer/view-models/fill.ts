/** Filled masks as their view shows them, and a candidate written into the sentence. */
import type { FilledMask, TextInput, Token } from '../../electron/api/index.ts';
import type { TextTableInput } from '../figures/text-table.ts';
import { pieceLabel, probabilityText } from './distribution.ts';
import type { Translate } from './failure.ts';
import { formatNumber, shownIndex, tokenLabel } from './format.ts';

/** Whether a token can be masked: one of the text's own, and no special one. */
export const isMaskable = ({ special, start }: Token): boolean => !special && start !== null;

/**
 * The text with a candidate in the place of a token.
 * @param insert the candidate as it is written there, with a space before it unless it goes on with the word before
 */
export function written(input: TextInput, { part, start, end }: Token, insert: string): TextInput {
  const whole = (part === 0 ? input.text : input.pair) ?? '';
  if (start === null || end === null) return input;
  const isWord = insert.startsWith(' ');
  const before = isWord || start === 0 ? whole.slice(0, start) : whole.slice(0, start).trimEnd();
  const needsSpace = isWord && before !== '' && !/\s$/u.test(before);
  const text = `${before}${needsSpace ? ' ' : ''}${insert.trimStart()}${whole.slice(end)}`;
  return part === 0 ? { ...input, text } : { ...input, pair: text };
}

/** What a mask is called. */
export function maskTitle({ position, original }: FilledMask, words: Translate): string {
  const index = shownIndex(position);
  return original === null
    ? words('fill.mask', { index })
    : words('fill.was', { index, token: pieceLabel(original.text) });
}

/** Where the masked token itself stands; null for a mask of the sentence. */
export function originalText({ original }: FilledMask, words: Translate): string | null {
  if (original === null) return null;
  const { text, rank, probability } = original;
  return words('fill.original', {
    token: pieceLabel(text),
    rank: String(rank),
    probability: probabilityText(probability),
  });
}

export const entropyText = ({ entropyBits }: FilledMask, words: Translate): string =>
  words('fill.entropy', { bits: formatNumber(entropyBits, 3) });

interface MaskRow {
  readonly mask: FilledMask;
  readonly rank: number;
  readonly candidate: FilledMask['candidates'][number];
}

const rowsOf = (masks: readonly FilledMask[]): readonly MaskRow[] =>
  masks.flatMap((mask) => mask.candidates.map((candidate, rank) => ({ mask, rank, candidate })));

/** Every mask's candidates as one table to take along. */
export function fillTable(
  masks: readonly FilledMask[],
  words: Translate,
): Pick<TextTableInput, 'columns' | 'bars' | 'note'> {
  const rows = rowsOf(masks);
  const cells = (cell: (row: MaskRow) => string) => rows.map(cell);
  const column = (name: string) => words(`fill.columns.${name}`);
  return {
    columns: [
      {
        title: column('candidate'),
        align: 'start',
        cells: cells(({ candidate }) => tokenLabel(candidate.text)),
      },
      {
        title: column('probability'),
        align: 'end',
        cells: cells(({ candidate }) => probabilityText(candidate.probability)),
      },
      { title: column('rank'), align: 'end', cells: cells(({ rank }) => String(rank)) },
      { title: column('place'), align: 'start', cells: cells(({ mask }) => maskTitle(mask, words)) },
    ],
    bars: rows.map(({ candidate }) => candidate.probability),
    note: masks
      .map((mask) => originalText(mask, words))
      .filter((text) => text !== null)
      .join(' · '),
  };
}

/** The same for other programs. */
export function fillRows(masks: readonly FilledMask[]): readonly Readonly<Record<string, string | number | null>>[] {
  return rowsOf(masks).map(({ mask, rank, candidate }) => ({
    position: mask.position,
    original: mask.original?.text ?? null,
    original_rank: mask.original?.rank ?? null,
    original_probability: mask.original?.probability ?? null,
    entropy_bits: mask.entropyBits,
    rank,
    id: candidate.id,
    candidate: candidate.text,
    probability: candidate.probability,
  }));
}

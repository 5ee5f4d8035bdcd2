/** The surprise of a text as its view and its figure show it. */
import type { Surprise, Token, TokenSurprise } from '../../electron/api/index.ts';
import type { ColourScaleSpec } from '../figures/colour-scale.ts';
import { weightScale } from '../figures/colour-scale.ts';
import type { ReadingInput } from '../figures/reading.ts';
import type { Frame } from '../state/frames.ts';
import { probabilityText } from './distribution.ts';
import { changesText } from './export-text.ts';
import type { Translate } from './failure.ts';
import { exactDouble, formatCount, formatNumber, shownIndex, tokenLabel } from './format.ts';
import { typedTokens } from './reading-text.ts';

/** From 0 to the largest surprise of the text. */
export function surpriseScale({ tokens }: Surprise): ColourScaleSpec {
  const most = tokens.reduce((reach, { bits }) => Math.max(reach, bits ?? 0), 0);
  return weightScale({ transform: 'linear', max: most > 0 ? most : 1 });
}

/** One of the numbers about the whole text, with the numbers that it is made of. */
export interface SurpriseSum {
  readonly id: 'perToken' | 'perByte' | 'perplexity';
  readonly label: string;
  readonly value: string;
  /** Exactly, for a title. */
  readonly exact: string;
  readonly formula: string;
}

/** Empty where nothing is scored. */
export function surpriseSums(surprise: Surprise, words: Translate): readonly SurpriseSum[] {
  const { kind, bits, scored, bytes, bitsPerToken, bitsPerByte } = surprise;
  if (bitsPerToken === null) return [];
  const label = (id: SurpriseSum['id']): string =>
    words(kind === 'masked-token' ? `surprise.pseudo.${id}` : `surprise.${id}`);
  const sum = (id: SurpriseSum['id'], value: number, values: Record<string, string>): SurpriseSum => ({
    id,
    label: label(id),
    value: formatNumber(value),
    exact: exactDouble(value),
    formula: words(`surprise.formula.${id}`, values),
  });
  const whole = formatNumber(bits, 5);
  return [
    sum('perToken', bitsPerToken, { bits: whole, count: formatCount(scored) }),
    ...(bitsPerByte === null ? [] : [sum('perByte', bitsPerByte, { bits: whole, count: formatCount(bytes) })]),
    sum('perplexity', 2 ** bitsPerToken, { bits: formatNumber(bitsPerToken) }),
  ];
}

/** One token in a sentence. */
export function tokenText({ index, text }: Token, score: TokenSurprise | undefined, words: Translate): string {
  const place = { token: tokenLabel(text), index: shownIndex(index) };
  const { bits = null, probability = null, rank = null } = score ?? {};
  if (bits === null || probability === null) return words('surprise.tokenPlain', place);
  return words('surprise.tokenScored', {
    ...place,
    bits: formatNumber(bits, 3),
    probability: probabilityText(probability),
    rank: String(rank ?? ''),
  });
}

/** How the numbers were made, and what of the text is not scored. */
export function wayText({ kind, start }: Surprise, words: Translate): string {
  const way = words(`surprise.way.${kind}`);
  if (kind === 'masked-token') return way;
  return `${way} ${start === null ? words('surprise.first') : words('surprise.started', { token: start.text })}`;
}

/** The coloured text as a figure to take along, with the sums under it. */
export function surpriseFigure(frame: Frame, surprise: Surprise, words: Translate): Omit<ReadingInput, 'theme'> {
  const typed = typedTokens(frame.run.tokens, frame.input);
  const sums = surpriseSums(surprise, words).map(({ label, value, formula }) => `${label} ${value} = ${formula}`);
  const changes = changesText(frame, words);
  return {
    title: words('views.heading.surprise'),
    subtitle: [frame.model.entry.name, changes].filter((part) => part !== '').join(' · '),
    runs: typed.map((part, index) => ({ ...part, weight: surprise.tokens[index]?.bits ?? null })),
    anchor: null,
    role: 'query',
    scale: surpriseScale(surprise),
    legendTitle: words('surprise.legend'),
    note: [...sums, wayText(surprise, words)].join(' · '),
    maxWidth: 860,
  };
}

/** The numbers of every token for other programs. */
export function surpriseRows(
  tokens: readonly Token[],
  surprise: Surprise,
): readonly Readonly<Record<string, string | number | null>>[] {
  return tokens.map(({ index, id, text, start, end }) => {
    const { bits = null, probability = null, rank = null } = surprise.tokens[index] ?? {};
    return { index, id, token: text, start, end, bits, probability, rank };
  });
}

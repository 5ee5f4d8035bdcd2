/** A whole distribution in words: how a logit becomes a probability, what is kept, and what a list leaves out. */
import type { RankedToken } from '../../electron/api/index.ts';
import type { TextTableInput } from '../figures/text-table.ts';
import type { Distribution } from '../state/distributions.ts';
import { isPlain } from '../state/sampling.ts';
import type { Translate } from './failure.ts';
import { formatCount, formatNumber, tokenLabel } from './format.ts';

/** A share in percent: three significant digits, exactly 0 and 100 as such, and never rounded up to 100. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  const text = formatNumber(share * 100, 3);
  return text === '100' ? '> 99.9 %' : `${text} %`;
}

/** A probability with three digits; 0 for what is left out. */
export const probabilityText = (value: number): string => formatNumber(value, 3);

/** A piece in a sentence: the space before a word made visible. */
export const pieceLabel = (text: string): string => tokenLabel(text.replace(/^ (?=\S)/u, '␣'));

/** One step of the way from the logit to the probability: what is done, and the number that comes of it. */
export interface ChainStep {
  readonly id: 'logit' | 'divided' | 'softmax' | 'topK' | 'topP' | 'drawn';
  readonly label: string;
  readonly value: string;
  /** True where the filters leave the token out. */
  readonly isCut: boolean;
}

export function chainOf(distribution: Distribution, token: RankedToken, words: Translate): readonly ChainStep[] {
  const { filters, vocabulary, keptByTopK, kept, keptMass } = distribution;
  const { temperature, topK, topP } = filters;
  const step = (id: ChainStep['id'], label: string, value: string, isCut = false): ChainStep => ({
    ...{ id, label, value, isCut },
  });
  const rank = { rank: formatCount(token.rank) };
  const verdict = (isKept: boolean): string => words(isKept ? 'lmHead.kept' : 'lmHead.cut', rank);
  const inK = token.rank < keptByTopK;
  const inP = token.rank < kept;
  const count = formatCount(vocabulary);
  const steps = [
    step('logit', words('lmHead.logit'), formatNumber(token.logit)),
    step(
      'divided',
      words('lmHead.divided', { temperature: String(temperature) }),
      formatNumber(token.logit / temperature),
    ),
    step('softmax', words('lmHead.softmax', { count }), probabilityText(token.tempered)),
  ];
  if (topK !== null) steps.push(step('topK', words('lmHead.rankK', { topK: formatCount(topK) }), verdict(inK), !inK));
  if (topP < 1 && inK) steps.push(step('topP', words('lmHead.massP', { topP: String(topP) }), verdict(inP), !inP));
  if (topK !== null || topP < 1) {
    const label = `${words('lmHead.share', { mass: percent(keptMass) })}: ${words('lmHead.drawn')}`;
    steps.push(step('drawn', label, probabilityText(token.sampled), !inP));
  }
  return steps;
}

/** What of the vocabulary is kept, and how much of the probability. */
export function keptText({ kept, vocabulary, keptMass, filters }: Distribution, words: Translate): string {
  const counts = { kept: formatCount(kept), vocabulary: formatCount(vocabulary) };
  if (kept === vocabulary) return words('lmHead.keptAll', counts);
  const { temperature } = filters;
  return words('lmHead.keptSome', { ...counts, mass: percent(keptMass), temperature: String(temperature) });
}

export function entropyText({ entropy, filters }: Distribution, words: Translate): string {
  const [model, sampled] = [entropy.model, entropy.sampled].map((bits) => formatNumber(bits, 3));
  return words(isPlain(filters) ? 'lmHead.entropy' : 'lmHead.entropyDrawn', {
    model: model ?? '',
    sampled: sampled ?? '',
  });
}

/** That the list is not all there is. */
export function listedText({ candidates, listedMass }: Distribution, words: Translate): string {
  return words('lmHead.listed', { listed: formatCount(candidates.length), mass: percent(listedMass.probability) });
}

/** The row before which the tokens that are left out begin; null where none of the list is. */
export function borderOf({ kept, candidates }: Pick<Distribution, 'kept' | 'candidates'>): number | null {
  return kept < candidates.length ? kept : null;
}

/** The list as a table to take along. */
export function distributionTable(
  distribution: Distribution,
  words: Translate,
): Pick<TextTableInput, 'columns' | 'bars' | 'note'> {
  const { candidates } = distribution;
  const most = candidates[0]?.sampled ?? 1;
  const numbers = (title: string, cell: (token: RankedToken) => string) =>
    ({ title, align: 'end', cells: candidates.map(cell) }) as const;
  return {
    columns: [
      { title: words('lmHead.candidates'), align: 'start', cells: candidates.map(({ text }) => pieceLabel(text)) },
      numbers(words('lmHead.rank'), ({ rank }) => String(rank)),
      numbers(words('stage.logit'), ({ logit }) => formatNumber(logit)),
      numbers(words('lmHead.own'), ({ probability }) => probabilityText(probability)),
      numbers(words('lmHead.sampled'), ({ sampled }) => probabilityText(sampled)),
      numbers(words('stage.columns.id'), ({ id }) => String(id)),
    ],
    bars: candidates.map(({ sampled }) => sampled / most),
    note: `${keptText(distribution, words)} ${listedText(distribution, words)}`,
  };
}

/** Σ of what is shown, and the logit that the engine gives for it. */
export function productSum({ product }: Pick<Distribution, 'product'>): Float32Array {
  if (product === null) return new Float32Array();
  return product.features.map((value, at) => value * (product.row[at] ?? 0));
}

/** What a model predicts at one place, as plain data: candidates, typed tokens, and the sums over the whole vocabulary. */
import { ModelError } from '../errors.ts';
import type { Trace } from '../index.ts';
import type { Model } from '../model.ts';
import type { Fetched } from '../session/runtime.ts';
import { entropies, filtered, rankOf, sampledOf } from './filter.ts';
import type { Filtered } from './filter.ts';
import { assertPredictsTokens, headAt, logitProduct } from './head.ts';
import type { HeadPlace } from './head.ts';
import { readingsOf } from './named.ts';
import { NO_FILTERS } from './types.ts';
import type { Distribution, Filters, NamedText, RankedToken } from './types.ts';

export interface DistributionOptions {
  /** By default none: the model's own probabilities. */
  readonly filters?: Filters | undefined;
  /** How many of the most probable tokens are listed; default 50. The sums are over all, listed or not. */
  readonly candidates?: number | undefined;
  /** A text to find among the tokens. */
  readonly named?: string | undefined;
  /** A token whose logit is taken apart. */
  readonly product?: number | undefined;
}

/**
 * @throws ModelError `bad-request` for a model that predicts no tokens, filters that are none, or a token that is not there;
 *   `bad-text` for a typed text without a token
 */
export async function distributionAt(
  model: Model,
  place: HeadPlace,
  { filters = NO_FILTERS, candidates = 50, named, product }: DistributionOptions,
): Promise<Distribution> {
  const kind = assertPredictsTokens(model);
  const { logits, features } = await headAt(model, place);
  const all = filtered(logits, filters);
  const textOf = pieceNames(model);
  if (product !== undefined) rankOf(all, product);
  const listed = Array.from(all.ranking.first(candidates), (id, rank) => rankedToken(all, id, rank, textOf));
  const sum = (part: 'probability' | 'sampled') => listed.reduce((total, token) => total + token[part], 0);
  return {
    kind,
    position: place.position,
    filters: all.filters,
    vocabulary: logits.length,
    keptByTopK: all.keptByTopK,
    kept: all.kept,
    keptMass: all.keptMass,
    entropy: entropies(all),
    candidates: listed,
    listedMass: { probability: sum('probability'), sampled: sum('sampled') },
    named: named === undefined ? [] : await namedTexts(model, named, all, textOf),
    product: product === undefined ? null : await logitProduct(model, product, features),
  };
}

/**
 * The whole distribution at a token of a run, with what was changed in the run.
 * @param position the token to predict from; by default as `predict`
 */
export async function traceDistribution(
  trace: Trace,
  position: number,
  options: DistributionOptions,
): Promise<Distribution> {
  const { model, data, tokens } = trace;
  assertPredictsTokens(model);
  if (!Number.isInteger(position) || position < 0 || position >= tokens.length) {
    const message = `There is no token ${position}; the text has tokens 0…${tokens.length - 1}.`;
    throw new ModelError('bad-request', 'token-missing', message, { index: position, tokens: tokens.length });
  }
  const stack = model.stacks.at(-1);
  if (stack === undefined) throw new Error('invalid model: it has no stack');
  const { data: finals } = data.kept.get(`${stack.name}.final`) as Fetched;
  const final = finals.slice(position * stack.hidden, (position + 1) * stack.hidden);
  return distributionAt(model, { position, final }, options);
}

/** How tokens are called; a vocabulary that was padded to a round size has entries without a piece. */
export function pieceNames({ tokenizer }: Model): (id: number) => string {
  return (id) => (id < tokenizer.vocabularySize ? tokenizer.pieceText(id) : `‹${id}›`);
}

function rankedToken(all: Filtered, id: number, rank: number, textOf: (id: number) => string): RankedToken {
  return {
    id,
    text: textOf(id),
    rank,
    logit: all.logits[id]!,
    probability: all.probability[id]!,
    tempered: all.tempered[id]!,
    sampled: sampledOf(all, id, rank),
  };
}

async function namedTexts(
  { tokenizer }: Model,
  typed: string,
  all: Filtered,
  textOf: (id: number) => string,
): Promise<readonly NamedText[]> {
  const readings = await readingsOf(tokenizer, typed);
  return readings.map(({ reading, ids }) => ({
    reading,
    pieces: ids.map((id) => ({ id, text: textOf(id) })),
    token: rankedToken(all, ids[0]!, rankOf(all, ids[0]!), textOf),
  }));
}

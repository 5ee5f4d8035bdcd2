/** The logit lens, filled masks and surprise of runs and texts; part of the public surface of native-models. */
import { assertKnown } from '../encoding-fits.ts';
import { pieceNames } from '../generate/distribution.ts';
import type { Trace } from '../index.ts';
import type { Model } from '../model.ts';
import { finish } from '../stepwise.ts';
import type { Stepwise } from '../stepwise.ts';
import { fillMasks, fillNames, maskIdOf } from './fill.ts';
import type { FillOptions } from './fill.ts';
import { tokenHeadOf } from './layer-logits.ts';
import { layerLogProbabilities, lensCellOf, LogitLens } from './logit-lens.ts';
import type { CellPlace, LensFacts } from './logit-lens.ts';
import type { SurpriseOptions } from './sequence.ts';
import { TextSurprise } from './surprise.ts';
import type { FilledMask, LensCell, LensGrid, Surprise } from './types.ts';

export type { FillOptions } from './fill.ts';
export type { CellPlace } from './logit-lens.ts';
export type { SurpriseOptions } from './sequence.ts';
export * from './types.ts';

/**
 * What every layer of a run would predict at every token (nostalgebraist 2020, "interpreting GPT: the logit lens").
 * @throws ModelError `bad-request` for a model that predicts no tokens, or logits that overflowed
 */
export async function lens(trace: Trace): Promise<LensGrid> {
  return finish(startLens(trace));
}

/** The same a part at a time. */
export function startLens(trace: Trace): Stepwise<LensGrid> {
  return new LogitLens(trace.data, factsOf(trace.model));
}

/**
 * One layer's prediction at one token, with its candidates.
 * @throws ModelError as `lens`; `bad-request` for a layer or a token that is not there
 */
export async function lensCell(trace: Trace, place: CellPlace): Promise<LensCell> {
  return lensCellOf(trace.data, factsOf(trace.model), place);
}

/**
 * One layer's prediction at every token over the whole vocabulary: f32 [tokens, vocabulary] each.
 * @param layer −1 for the embedding
 * @throws ModelError as `lensCell`
 */
export async function lensLayer(
  trace: Trace,
  layer: number,
): Promise<{ readonly logits: Float32Array; readonly logProbabilities: Float32Array }> {
  tokenHeadOf(trace.model);
  return layerLogProbabilities(trace.data, layer);
}

/**
 * What a model puts in the place of the text's masks and of tokens that are masked for the question, all of them at once.
 * @returns one a mask, in the order of the text; none for a text without masks and no token to mask
 * @throws ModelError `bad-request` for a model that fills no masks, a token that is not there, or logits that overflowed
 */
export async function fill(trace: Trace, options: FillOptions): Promise<readonly FilledMask[]> {
  return fillMasks(trace.data, maskIdOf(trace.model), fillNames(trace.model, pieceNames(trace.model)), options);
}

/** How much each token of a run surprises its model, with what was changed in the run; a part at a time. @throws as TextSurprise */
export function startSurprise(trace: Trace, options: Pick<SurpriseOptions, 'start'> = {}): Stepwise<Surprise> {
  const { data, model, input } = trace;
  const encoding = { tokens: data.tokens, ids: data.ids, typeIds: data.tokens.map(({ part }) => part) };
  return new TextSurprise(model, { input, encoding, trace: data }, options);
}

/**
 * How much each token of a text of any length surprises a model.
 * @returns the work to be done in parts, and the tokens that its scores are of
 * @throws ModelError `bad-text` for an empty text; `bad-request` as TextSurprise
 */
export async function startTextSurprise(
  model: Model,
  text: string,
  options: SurpriseOptions = {},
): Promise<{ readonly work: Stepwise<Surprise>; readonly tokens: Trace['tokens'] }> {
  const input = { text };
  const encoding = await model.tokenizer.encode(input);
  assertKnown(model, encoding);
  return { work: new TextSurprise(model, { input, encoding, trace: null }, options), tokens: encoding.tokens };
}

function factsOf(model: Model): LensFacts {
  return { kind: tokenHeadOf(model), nameOf: pieceNames(model), maskId: model.tokenizer.maskId };
}

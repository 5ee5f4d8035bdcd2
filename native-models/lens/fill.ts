/** What a model that fills masks puts in the place of tokens: of the text's own masks, and of tokens that are masked for the question. */
import { ModelError } from '../errors.ts';
import type { Model } from '../model.ts';
import { topCandidates } from '../trace/predict.ts';
import type { CandidateName } from '../trace/predict.ts';
import type { Fetched } from '../session/runtime.ts';
import type { TraceData } from '../trace/trace.ts';
import { tokenHeadOf } from './layer-logits.ts';
import { placedToken, rowsOf } from './logit-lens.ts';
import { finalsOfMasked, logitsOf } from './masked-runs.ts';
import type { FilledMask } from './types.ts';
import { sumsOf } from './vocabulary-row.ts';

export interface FillOptions {
  /** Tokens of the text that are masked, beside the masks it has. All masks are there at once. */
  readonly masked: readonly number[];
  readonly candidates: number;
}

export interface FillNames {
  readonly nameOf: CandidateName;
  /** What is written when an id comes after another; null: at the beginning of the text. */
  readonly insertOf: (id: number, before: number | null) => string;
}

/** Names and written forms of a tokenizer's pieces. */
export function fillNames({ tokenizer }: Model, nameOf: CandidateName): FillNames {
  return {
    nameOf,
    insertOf: (id, before) => {
      if (id >= tokenizer.vocabularySize) return nameOf(id);
      // A special token says nothing about what comes after it; a piece does, whichever it is.
      const lead = before === null || tokenizer.specialIds.has(before) ? id : before;
      const alone = tokenizer.decode([lead]);
      const both = tokenizer.decode([lead, id]);
      return both.startsWith(alone) && both.length > alone.length ? both.slice(alone.length) : tokenizer.pieceText(id);
    },
  };
}

/**
 * The mask of a model that fills masks.
 * @throws ModelError `bad-request` `no-masked-head` for a model that fills none
 */
export function maskIdOf(model: Model): number {
  const { maskId } = model.tokenizer;
  if (tokenHeadOf(model) === 'masked-token' && maskId !== null) return maskId;
  const message =
    'This model predicts the token that comes next; masks are filled by a masked language model, such as BERT.';
  throw new ModelError('bad-request', 'no-masked-head', message);
}

/** @throws ModelError `bad-request` as maskIdOf; for a token that is not there; or logits that overflowed */
export async function fillMasks(
  trace: TraceData,
  maskId: number,
  { nameOf, insertOf }: FillNames,
  { masked, candidates }: FillOptions,
): Promise<readonly FilledMask[]> {
  const { ids } = trace;
  for (const token of masked) assertToken(token, ids.length);
  const places = ids.flatMap((id, token) => (id === maskId || masked.includes(token) ? [token] : []));
  if (places.length === 0) return [];
  const finals = await finalStates(trace, maskId, masked);
  const { hidden } = trace.source.traced.stacks.at(-1)!;
  const states = places.map((token) => finals.subarray(token * hidden, (token + 1) * hidden));
  const rows = rowsOf(await logitsOf(trace, states), places.length);
  return places.map((position, at) => {
    const logits = rows[at]!;
    const sums = sumsOf(logits);
    const id = ids[position]!;
    return {
      position,
      original: id === maskId ? null : placedToken(logits, sums, id, nameOf),
      entropyBits: sums.entropyBits,
      candidates: topCandidates(logits, candidates, nameOf).map((candidate) => ({
        ...candidate,
        insert: insertOf(candidate.id, position === 0 ? null : ids[position - 1]!),
      })),
    };
  });
}

/** f32 [tokens, hidden]; those of the run itself where nothing is masked beside what it has. */
async function finalStates(trace: TraceData, maskId: number, masked: readonly number[]): Promise<Float32Array> {
  if (masked.length > 0) return finalsOfMasked(trace, maskId, [masked]);
  return (trace.kept.get(`${trace.source.traced.stacks.at(-1)!.name}.final`) as Fetched).data;
}

function assertToken(token: number, tokens: number): void {
  if (Number.isInteger(token) && token >= 0 && token < tokens) return;
  const message = `There is no token ${token}; the text has tokens 0…${tokens - 1}.`;
  throw new ModelError('bad-request', 'token-missing', message, { index: token, tokens });
}

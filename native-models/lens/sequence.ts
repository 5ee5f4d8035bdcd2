/** What of a text is read to score it: with a start token before it, or with what a tokenizer puts around it taken off. */
import { ModelError } from '../errors.ts';
import type { Model } from '../model.ts';
import type { SitePlan } from '../trace/plan.ts';
import type { TraceData } from '../trace/trace.ts';
import type { Encoding, TextInput } from '../types.ts';

export interface SurpriseOptions {
  /** Puts the model's start token before the text, so that the first token is scored too. Default false. */
  readonly start?: boolean | undefined;
  /** Tokens from window to window of a text that is longer than the model takes; by default half of what it takes. */
  readonly stride?: number | undefined;
}

export interface ScoredText {
  /** null where it is not known; the scores then have no bytes. */
  readonly input: TextInput | null;
  readonly encoding: Encoding;
  /** The run of the whole text, where there is one; what was changed in it holds for the scores. */
  readonly trace: TraceData | null;
}

/** What is read: the ids of the text, perhaps with one before it, and in a masked model without what stands around every window. */
export interface Sequence {
  readonly ids: readonly number[];
  readonly typeIds: readonly number[];
  readonly before: Piece;
  readonly after: Piece;
  /** Place in the text of the sequence's first id: −1 where a start token comes first. */
  readonly offset: number;
}

interface Piece {
  readonly ids: readonly number[];
  readonly typeIds: readonly number[];
}

/** @param startId put before the text; null: nothing is */
export function withStart({ ids, typeIds }: Encoding, startId: number | null): Sequence {
  const nothing = { ids: [], typeIds: [] };
  if (startId === null) return { ids, typeIds, before: nothing, after: nothing, offset: 0 };
  return { ids: [startId, ...ids], typeIds: [0, ...typeIds], before: nothing, after: nothing, offset: -1 };
}

/** What the tokenizer puts around the text ([CLS] … [SEP]) goes around every window. */
export function betweenSpecials({ ids, typeIds, tokens }: Encoding): Sequence {
  const first = Math.max(
    0,
    tokens.findIndex(({ start }) => start !== null),
  );
  const end = tokens.findLastIndex(({ start }) => start !== null) + 1;
  const piece = (from: number, to: number): Piece => ({ ids: ids.slice(from, to), typeIds: typeIds.slice(from, to) });
  return { ...piece(first, end), before: piece(0, first), after: piece(end, ids.length), offset: first };
}

/** Why no start token can be put before a text; null where it can. */
export function startProblem({ startId }: Model, { trace, encoding }: ScoredText): ModelError | null {
  if (startId === null) {
    const message =
      'This model names no start token, so nothing can be put before the text; its first token is not scored.';
    return new ModelError('bad-request', 'surprise-no-start', message);
  }
  if (encoding.tokens[0]?.start === null) {
    const message = 'The tokenizer puts a start token before the text already, so its first token is scored as it is.';
    return new ModelError('bad-request', 'surprise-has-start', message);
  }
  if (trace === null || trace.plans.every(isUnchanged)) return null;
  const message =
    'What is changed in this run belongs to its tokens, which a start token would move; score it without one, or undo the changes.';
  return new ModelError('bad-request', 'surprise-start-changed', message);
}

/** Whether nothing was changed in a run. */
function isUnchanged({ stack, scale, factor, visibility, replaced }: SitePlan): boolean {
  const neutral = Math.fround(1 / Math.sqrt(stack.dHead));
  const edits = visibility.size + replaced.size;
  return edits === 0 && scale.every((each) => each === neutral) && factor.every((each) => each === 1);
}

/**
 * @param longest most tokens of a window
 * @returns tokens from window to window; by default half a window
 * @throws ModelError `bad-request` `surprise-stride`
 */
export function strideOf(stride: number | undefined, longest: number): number {
  if (stride === undefined) return Math.max(1, Math.floor(longest / 2));
  if (Number.isInteger(stride) && stride >= 1 && stride < longest) return stride;
  const message = `A stride of ${stride} tokens is not possible with windows of ${longest}; expected 1 to ${longest - 1}.`;
  throw new ModelError('bad-request', 'surprise-stride', message, { stride, longest });
}

/**
 * The figures of the bundled models on the passage of our own, by the rules of native-models/training/passage.py, computed with
 * our engine.
 */
import { readFileSync } from 'node:fs';

import { runEncoding, slice } from '../../../native-models/index.ts';
import type { Encoding, Model, Token } from '../../../native-models/index.ts';

const PASSAGE = readFileSync(new URL('../../fixtures/passage.txt', import.meta.url), 'utf8');
export const PASSAGE_WORDS = PASSAGE.trim().split(/\s+/u).length;

/** One word in so many is masked in each showing of a window. */
const STRIDE = 7;

/** Bits per byte of a next-token model, in windows of a full context. */
export async function bitsPerByte(model: Model): Promise<number> {
  const { tokens } = await model.tokenizer.encode({ text: PASSAGE });
  let nats = 0;
  for (let start = 0; start < tokens.length - 1; start += model.maxTokens) {
    const shown = tokens.slice(start, Math.min(start + model.maxTokens, tokens.length - 1));
    const { data, vocabulary } = await logitsOf(model, shown);
    for (const at of shown.keys()) {
      const row = data.subarray(at * vocabulary, (at + 1) * vocabulary);
      nats -= logProbability(row, tokens[start + at + 1]!.id);
    }
  }
  const bytes = new TextEncoder().encode(PASSAGE.slice(tokens[0]!.end!)).length;
  return nats / Math.LN2 / bytes;
}

/** The share of masked pieces whose likeliest answer is right, for a masked-token model. */
export async function maskedTop1(model: Model): Promise<number> {
  const { tokens } = await model.tokenizer.encode({ text: PASSAGE });
  const [before, pieces, after] = [tokens[0]!, tokens.slice(1, -1), tokens.at(-1)!];
  const size = model.maxTokens - 2;
  let [masked, right] = [0, 0];
  for (let start = 0; start < pieces.length; start += size) {
    const window = pieces.slice(start, start + size);
    const words = wordNumbers(window);
    for (let shift = 0; shift < STRIDE; shift++) {
      const chosen = window.map((_, at) => words[at]! % STRIDE === shift);
      const shown = window.map((token, at) => (chosen[at]! ? { ...token, id: model.tokenizer.maskId! } : token));
      const { data, vocabulary } = await logitsOf(model, [before, ...shown, after]);
      for (const at of window.keys()) {
        if (!chosen[at]!) continue;
        masked++;
        if (indexOfMax(data.subarray((at + 1) * vocabulary, (at + 2) * vocabulary)) === window[at]!.id) right++;
      }
    }
  }
  return right / masked;
}

/** Which word of the window each piece belongs to, counted from 0; a window can begin inside a word. */
function wordNumbers(window: readonly Token[]): number[] {
  let word = 0;
  return window.map(({ piece }, at) => {
    if (at > 0 && !piece.startsWith('##')) word++;
    return word;
  });
}

async function logitsOf(model: Model, tokens: readonly Token[]): Promise<{ data: Float32Array; vocabulary: number }> {
  const ids = tokens.map(({ id }) => id);
  const encoding: Encoding = {
    tokens: tokens.map((token, index) => ({ ...token, index })),
    ids,
    typeIds: ids.map(() => 0),
  };
  const trace = await runEncoding(model, encoding);
  const { data, dims } = await slice(trace, 'logits');
  trace.dispose();
  return { data, vocabulary: dims[1]! };
}

function logProbability(logits: Float32Array, id: number): number {
  const largest = logits[indexOfMax(logits)]!;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  return logits[id]! - largest - Math.log(sum);
}

function indexOfMax(values: Float32Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at;
  return best;
}

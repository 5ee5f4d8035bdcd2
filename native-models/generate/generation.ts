/**
 * Text generated token by token. Every token is computed once: keys and values of the tokens before are kept (KV cache), and those of
 * tokens that were stepped back from or left for another branch too, so that going back is exact and coming back costs nothing.
 */
import { ModelError } from '../errors.ts';
import type { Model } from '../model.ts';
import type { Session } from '../session/runtime.ts';
import { integerRow } from '../trace/feeds.ts';
import type { Encoding, StackInfo } from '../types.ts';
import { attentionRow } from './attention-row.ts';
import { KvCache, maskAfter } from './cache.ts';
import type { TokenRows } from './cache.ts';
import { distributionAt, pieceNames } from './distribution.ts';
import type { DistributionOptions } from './distribution.ts';
import { drawAt } from './draw.ts';
import { drawnToken, filtered, rankOf, sampledOf } from './filter.ts';
import type { Filtered } from './filter.ts';
import { headAt } from './head.ts';
import { NO_FILTERS } from './types.ts';
import type { AttentionRow, Choosing, Distribution, GeneratedToken, GenerationState, StopReason } from './types.ts';

/** What all tokens of a generation may take, in bytes; some 4,000 tokens of a model as large as GPT-2 small. */
const BYTE_LIMIT = 512 * 2 ** 20;

/** Some tokens of the text that were computed together: the given text, or one generated token. */
interface Part extends TokenRows {
  readonly parent: Part | null;
  /** null for the given text. How it was chosen is told of the last time it was. */
  token: GeneratedToken | null;
  /** f32 [hidden], of the last of its tokens. */
  readonly final: Float32Array;
}

export class Generation {
  readonly model: Model;
  readonly #text: string;
  readonly #encoding: Encoding;
  readonly #stack: StackInfo;
  readonly #session: Session;
  readonly #cache: KvCache;
  /** The given text, and the generated tokens of the branch that is shown. */
  #path: Part[] = [];
  readonly #nodes: Part[] = [];
  /** f32 [vocabulary]: what the part that was computed last predicts. */
  #newest: { readonly part: Part; readonly logits: Float32Array } | null = null;
  /** By part: the child that was on the path last. */
  readonly #followed = new Map<Part, Part>();

  private constructor(model: Model, text: string, encoding: Encoding, session: Session, stack: StackInfo) {
    this.model = model;
    this.#text = text;
    this.#encoding = encoding;
    this.#session = session;
    this.#stack = stack;
    this.#cache = new KvCache(stack);
  }

  /**
   * Reads a text to go on with.
   * @param encoding of `text`, not longer than the model takes
   * @throws ModelError `bad-request` `no-next-token` for a model that does not predict what comes next
   */
  static async start(model: Model, text: string, encoding: Encoding): Promise<Generation> {
    const { session, stack } = await goingOn(model);
    const generation = new Generation(model, text, encoding, session, stack);
    generation.#enter(await generation.#compute(encoding.ids, null, null));
    return generation;
  }

  get state(): GenerationState {
    const path = this.#tokens();
    return {
      prompt: this.#encoding.tokens,
      path,
      nodes: this.#nodes.map(({ token }) => token as GeneratedToken),
      stopped: this.#stopped(),
      text: `${this.#text}${this.model.tokenizer.decode(path.map(({ id }) => id))}`,
      maxTokens: this.model.maxTokens,
    };
  }

  /** Tokens of the text so far, the given ones included. */
  get length(): number {
    return this.#cache.tokens;
  }

  /**
   * Chooses the next token and computes it: one token's work, however long the text is.
   * @returns null where the text is at an end; `state.stopped` says why
   * @throws ModelError `bad-request` for filters or a seed that are none, or where the memory of the generation is full
   */
  async step(choosing: Choosing): Promise<GeneratedToken | null> {
    assertSeed(choosing.seed);
    const filters = choosing.mode === 'greedy' ? NO_FILTERS : choosing;
    const { temperature, topK, topP } = filters;
    if (this.#stopped() !== null) return null;
    const all = filtered(await this.#logits(), { temperature, topK, topP });
    const drawn = choosing.mode === 'greedy' ? null : drawAt(choosing.seed, this.#path.length - 1);
    const chosen = drawn === null ? { id: all.ranking.first(1)[0]!, rank: 0 } : drawnToken(all, drawn);
    const sampled = drawn === null ? null : sampledOf(all, chosen.id, chosen.rank);
    return this.#append(all, { ...chosen, by: choosing.mode, sampled, drawn });
  }

  /**
   * Steps back: the text is as it was before its last tokens. They stay as a branch.
   * @param count of generated tokens; more than there are go back to the given text
   */
  back(count = 1): void {
    this.#leave(Math.max(1, this.#path.length - count));
  }

  /**
   * Takes another token at a place; what came after stays as a branch of its own.
   * @param position of a generated token, or the next one
   * @throws ModelError `bad-request` for a place that is not generated, or a token that is not in the vocabulary
   */
  async branch(position: number, id: number): Promise<GeneratedToken> {
    const first = this.#encoding.ids.length;
    if (!Number.isInteger(position) || position < first || position > this.length) {
      const message = `There is no generated token at ${position}; another one can be taken at ${first}…${this.length}.`;
      throw new ModelError('bad-request', 'place-missing', message, { position, first, last: this.length });
    }
    if (position >= this.model.maxTokens) throw this.#tooLong();
    // Checked before anything changes.
    const all = filtered(await this.#logits(position), NO_FILTERS);
    const rank = rankOf(all, id);
    this.#leave(position - first + 1);
    return this.#append(all, { id, rank, by: 'chosen', sampled: null, drawn: null });
  }

  /**
   * Goes to a token of any branch, and on to the end of what was generated after it last.
   * @throws ModelError `bad-request` for a node that is not there
   */
  select(node: number): void {
    const chosen = this.#nodes[node];
    if (chosen === undefined) {
      const message = `There is no generated token number ${node}; there are ${this.#nodes.length}, counted from 0.`;
      throw new ModelError('bad-request', 'node-missing', message, { node, nodes: this.#nodes.length });
    }
    const path: Part[] = [];
    for (let part: Part | null = chosen; part !== null; part = part.parent) path.unshift(part);
    for (let next = this.#followed.get(chosen); next !== undefined; next = this.#followed.get(next)) path.push(next);
    const shared = path.findIndex((part, at) => part !== this.#path[at]);
    if (shared < 0) return;
    this.#leave(shared);
    for (const part of path.slice(shared)) this.#enter(part);
  }

  /**
   * What was, or is, to choose from at a place of the text that is shown.
   * @param position from 1 to the length of the text: the place of the token that is predicted
   * @throws ModelError as distributionAt, and for a place that is not there
   */
  async distribution(position: number, options: DistributionOptions): Promise<Distribution> {
    return distributionAt(this.model, { position: position - 1, final: this.#finalBefore(position) }, options);
  }

  /**
   * What a token of the text looks at, in one head.
   * @throws ModelError `bad-request` for a token, layer or head that is not there
   */
  attention(position: number, layer: number, head: number): Promise<AttentionRow> {
    return attentionRow({ stack: this.#stack, tokens: this.length, parts: this.#path }, position, layer, head);
  }

  #tokens(): readonly GeneratedToken[] {
    return this.#path.slice(1).map(({ token }) => token as GeneratedToken);
  }

  #stopped(): StopReason | null {
    const last = this.#path.at(-1)?.token ?? null;
    if (last !== null && this.model.tokenizer.separatorIds.has(last.id)) return 'end-of-text';
    return this.length >= this.model.maxTokens ? 'longest-text' : null;
  }

  /** f32 [hidden]: the final state that the token at a place is predicted from. */
  #finalBefore(position: number): Float32Array {
    const first = this.#encoding.ids.length;
    const part = this.#path[position - first];
    if (Number.isInteger(position) && part !== undefined) return part.final;
    const message = `There is no choice at token ${position}; the tokens from ${first} to ${this.length} are chosen.`;
    throw new ModelError('bad-request', 'place-missing', message, { position, first, last: this.length });
  }

  async #logits(position = this.length): Promise<Float32Array> {
    const last = this.#path.at(-1);
    if (position === this.length && this.#newest !== null && this.#newest.part === last) return this.#newest.logits;
    return (await headAt(this.model, { position, final: this.#finalBefore(position) })).logits;
  }

  async #append(
    all: Filtered,
    chosen: Pick<GeneratedToken, 'id' | 'rank' | 'by' | 'sampled' | 'drawn'>,
  ): Promise<GeneratedToken> {
    const parent = this.#path.at(-1) as Part;
    const known = this.#nodes.find((part) => part.parent === parent && part.token?.id === chosen.id);
    if (known === undefined) this.#assertRoom();
    const token: GeneratedToken = {
      node: known?.token?.node ?? this.#nodes.length,
      parent: parent.token?.node ?? null,
      position: this.length,
      text: pieceNames(this.model)(chosen.id),
      probability: all.probability[chosen.id]!,
      ...chosen,
    };
    if (known !== undefined) known.token = token;
    const part = known ?? (await this.#compute([chosen.id], parent, token));
    if (known === undefined) this.#nodes.push(part);
    this.#enter(part);
    return token;
  }

  /** Runs the network on tokens that follow those of the cache. */
  async #compute(ids: readonly number[], parent: Part | null, token: GeneratedToken | null): Promise<Part> {
    const { tokens } = this.#cache;
    const feeds = {
      ids: integerRow(ids),
      positions: integerRow(ids.map((_, at) => tokens + at)),
      [`${this.#stack.name}.self.mask`]: { type: 'float32', ...maskAfter(this.#cache, ids.length) } as const,
      ...this.#cache.feeds(),
    };
    const results = await this.#session.run(feeds, this.#session.outputNames);
    const { final, logits, ...rows } = Object.fromEntries([...results].map(([name, { data }]) => [name, data]));
    if (final === undefined || logits === undefined) throw new Error('invalid network: it has no prediction');
    const values = new Map(Object.entries(rows));
    const part = { count: ids.length, values, final: final.slice(-this.#stack.hidden), parent, token };
    this.#newest = { part, logits };
    return part;
  }

  #enter(part: Part): void {
    const parent = this.#path.at(-1);
    if (parent !== undefined) this.#followed.set(parent, part);
    this.#cache.add(part);
    this.#path.push(part);
  }

  /** Keeps the first `parts` of the path. */
  #leave(parts: number): void {
    this.#path = this.#path.slice(0, parts);
    this.#cache.truncate(this.#path.reduce((sum, { count }) => sum + count, 0));
  }

  #assertRoom(): void {
    const { layers, hidden } = this.#stack;
    const bytes = (this.#encoding.ids.length + this.#nodes.length + 1) * (3 * layers + 1) * hidden * 4;
    if (bytes <= BYTE_LIMIT) return;
    const message = `The branches have ${this.#nodes.length} tokens, which is all that is kept; start again from the text.`;
    throw new ModelError('bad-request', 'generation-full', message, { tokens: this.#nodes.length });
  }

  #tooLong(): ModelError {
    const { maxTokens: limit } = this.model;
    const message = `The text has ${this.length} tokens, the most that this model takes; step back first.`;
    return new ModelError('bad-request', 'generation-at-end', message, { tokens: this.length, limit });
  }
}

async function goingOn(model: Model): Promise<{ readonly session: Session; readonly stack: StackInfo }> {
  const stack = model.stacks.at(-1);
  const session = await model.source.goingOn?.get();
  if (session !== undefined && stack !== undefined) return { session, stack };
  const message = `${model.entry.name} does not predict what comes next, so it cannot write; a decoder such as GPT-2 can (headlight-gpt).`;
  throw new ModelError('bad-request', 'no-next-token', message, { model: model.entry.name });
}

function assertSeed(seed: number): void {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return;
  throw new ModelError(
    'bad-request',
    'seed',
    `The seed is ${seed}; expected a whole number from 0 to ${2 ** 32 - 1}.`,
    {
      seed,
    },
  );
}

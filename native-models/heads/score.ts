/** Scores every head of a model: runs the test sequences and averages what each head does on them. */
import { ModelError } from '../errors.ts';
import type { Stepwise } from '../stepwise.ts';
import { sliceTrace } from '../trace/slice.ts';
import type { TraceData } from '../trace/trace.ts';
import { HEAD_SCORES } from '../types.ts';
import type { Encoding, HeadScore, ScoredHead, StackInfo } from '../types.ts';
import { HEAD_SCORE_DEFINITIONS } from './definitions.ts';
import type { TestSet } from './definitions.ts';
import { measure } from './measure.ts';
import type { HeadPattern } from './measure.ts';
import { testSequences } from './sequences.ts';
import type { SequenceModel, TestSequence } from './sequences.ts';

export interface ScoreOptions {
  /** Called before each test sequence with the share of the work that is done, 0…1. */
  readonly onStage?: (stage: 'scoring', fraction: number) => void;
}

export type ScoredModel = SequenceModel & { readonly stacks: readonly StackInfo[] };

/** One head with the sums of its scores over the sequences so far. */
interface Tally {
  readonly stack: StackInfo;
  readonly layer: number;
  readonly head: number;
  readonly sums: Record<HeadScore, number>;
}

/** The scoring of one model's heads, a test sequence at a time. */
export class HeadScoring implements Stepwise<readonly ScoredHead[]> {
  readonly #model: ScoredModel;
  readonly #run: (encoding: Encoding) => Promise<TraceData>;
  #sequences: readonly TestSequence[] | null = null;
  #tallies: readonly Tally[] = [];
  #done = 0;

  /** @param run runs ids on the model as they are */
  constructor(model: ScoredModel, run: (encoding: Encoding) => Promise<TraceData>) {
    this.#model = model;
    this.#run = run;
  }

  /** The share of the sequences that are done, 0…1. */
  get fraction(): number {
    return this.#sequences === null ? 0 : this.#done / this.#sequences.length;
  }

  /**
   * Runs the next sequence. Not to be called again before it has answered.
   * @returns after the last one, every head of every stack with self-attention, layers first; else null
   * @throws ModelError as `testSequences`; `bad-model` with reason `not-finite` where a head's weights are no numbers
   */
  async step(): Promise<readonly ScoredHead[] | null> {
    this.#sequences ??= await this.#begin();
    const sequences = this.#sequences;
    const sequence = sequences[this.#done];
    if (sequence !== undefined) {
      const trace = await this.#run(sequence.encoding);
      await addScores(this.#tallies, trace, sequence);
      trace.kept.clear();
      this.#done++;
    }
    return this.#done < sequences.length ? null : this.#tallies.map((tally) => averaged(tally, sequences));
  }

  async #begin(): Promise<readonly TestSequence[]> {
    const sequences = await testSequences(this.#model);
    this.#tallies = this.#model.stacks.filter(({ sites }) => sites.includes('self')).flatMap(talliesOf);
    return sequences;
  }
}

function talliesOf(stack: StackInfo): Tally[] {
  return Array.from({ length: stack.layers * stack.heads }, (_, at) => ({
    stack,
    layer: Math.floor(at / stack.heads),
    head: at % stack.heads,
    sums: Object.fromEntries(HEAD_SCORES.map((name) => [name, 0])) as Record<HeadScore, number>,
  }));
}

/** The patterns of a layer are made together and dropped before the next layer's. */
async function addScores(tallies: readonly Tally[], trace: TraceData, sequence: TestSequence): Promise<void> {
  let slice: { readonly name: string; readonly data: Float32Array } | null = null;
  const tokens = sequence.encoding.ids.length;
  for (const { stack, layer, head, sums } of tallies) {
    const name = `${stack.name}.${layer}.self.pattern`;
    if (slice?.name !== name) slice = await sliceTrace(trace, name);
    const weights = slice.data.subarray(head * tokens * tokens, (head + 1) * tokens * tokens);
    const pattern: HeadPattern = { weights, tokens, causal: stack.causal };
    for (const [score, value] of Object.entries(measure(pattern, sequence))) sums[score as HeadScore] += value;
  }
}

function averaged({ stack, layer, head, sums }: Tally, sequences: readonly TestSequence[]): ScoredHead {
  const sizeOf = (set: TestSet) => sequences.filter((sequence) => sequence.set === set).length;
  const scores = HEAD_SCORE_DEFINITIONS.map(({ name, set }) => [name, sums[name] / sizeOf(set)] as const);
  if (scores.some(([, value]) => !Number.isFinite(value))) {
    const where = `${stack.name} layer ${layer} head ${head}`;
    const message = `The attention weights of ${where} are not finite numbers, so the head cannot be scored; the checkpoint may be damaged.`;
    throw new ModelError('bad-model', 'not-finite', message, { stack: stack.name, layer, head });
  }
  return { stack: stack.name, layer, head, scores: Object.fromEntries(scores) as Record<HeadScore, number> };
}

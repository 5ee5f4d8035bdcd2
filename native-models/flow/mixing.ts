/**
 * How the tokens of one layer mix: for each token that leaves the layer, the share that it has of every token that enters it. Made
 * from the pattern rows of the slicing graph, so that interventions are in it.
 */
import { ModelError } from '../errors.ts';
import type { Fetched } from '../session/runtime.ts';
import { sliceTrace } from '../trace/slice.ts';
import type { TraceData } from '../trace/trace.ts';
import type { Range } from '../trace/rows.ts';
import type { FlowWeighting, StackInfo } from '../types.ts';

export interface MixingOptions {
  readonly stack: StackInfo;
  readonly weighting: FlowWeighting;
  /**
   * What the residual stream is worth: a share of every token, 0…1; or `norms`, its own norm beside those of what attention adds;
   * or `none`, attention alone.
   */
  readonly residual: number | 'norms' | 'none';
}

/** Rows `first … first + count − 1` of a layer's mixing; each row of `weights` and its entry of `own` sum to 1. */
export interface MixedRows extends Range {
  /** f64 [count, tokens]: the share of every token that enters, by way of attention. */
  readonly weights: Float64Array;
  /** f64 [count]: what the token keeps of itself, by way of the residual stream. */
  readonly own: Float64Array;
}

/** Pattern rows of all heads are held at once for so many queries. */
const BLOCK = 64;

/**
 * Some rows of one layer's mixing, a block of queries at a time.
 *
 * - Weights and a share r (Abnar & Zuidema 2020, "Quantifying Attention Flow in Transformers", section 3): (1 − r)·W̄ + r·I with W̄
 *   the mean of the heads' patterns; their A' = 0.5·W̄ + 0.5·I is r = 0.5. Heads count alike, whatever factor they were given.
 * - Norms without the residual (Kobayashi et al. 2020, "Attention is Not Only a Weight", section 3): ‖Σₕ αᵢⱼʰ·fʰ(xⱼ)‖ with
 *   fʰ(x) = (x·W_Vʰ + b_Vʰ)·W_Oʰ, the sum over heads before the norm, divided by its sum over j. A head's factor multiplies its α.
 * - Norms with the residual (Kobayashi et al. 2021, "Incorporating Residual and Normalization Layers into Analysis of Masked Language
 *   Models", section 3): ‖g(Σₕ αᵢⱼʰ·fʰ(xⱼ))‖ for j ≠ i, and for the token itself ‖g(Σₕ αᵢᵢʰ·fʰ(xᵢ) + xᵢ)‖, residual and attention to
 *   itself together, which is `own`; g is the linear part of the LayerNorm that follows where the model has one there (BERT), and
 *   nothing elsewhere (GPT-2). The MLP mixes no tokens and is left out, as there.
 *
 * @param onRows called for each block in turn
 * @throws ModelError `bad-request` with reason `flow-not-finite` where a factor was so large that float32 overflowed
 */
export async function mixLayer(
  trace: TraceData,
  options: MixingOptions,
  layer: number,
  rows: Range,
  onRows: (mixed: MixedRows) => void,
): Promise<void> {
  const { stack, weighting, residual } = options;
  const norms = weighting === 'norms' ? await normsOf(trace, stack, layer, residual !== 'none') : null;
  const share = typeof residual === 'number' ? residual : 0;
  const end = rows.first + rows.count;
  for (let first = rows.first; first < end; first += BLOCK - (first % BLOCK)) {
    const count = Math.min(BLOCK - (first % BLOCK), end - first);
    const patterns = await patternRows(trace, stack, layer, { first, count });
    const mixed =
      norms === null
        ? meanRows(patterns, { first, count }, share)
        : norms.withResidual
          ? keptRows(normRows(patterns, { first, count }, norms), { first, count })
          : plainRows(normRows(patterns, { first, count }, norms), { first, count });
    assertFinite(mixed, stack, layer);
    onRows(mixed);
  }
}

/** One [count, tokens] a head. */
async function patternRows(
  trace: TraceData,
  stack: StackInfo,
  layer: number,
  rows: Range,
): Promise<readonly Float32Array[]> {
  const patterns: Float32Array[] = [];
  for (let head = 0; head < stack.heads; head++) {
    patterns.push((await sliceTrace(trace, `${stack.name}.${layer}.self.pattern`, head, rows)).data);
  }
  return patterns;
}

function meanRows(patterns: readonly Float32Array[], { first, count }: Range, share: number): MixedRows {
  const weights = new Float64Array(patterns[0]!.length);
  for (const pattern of patterns) for (let at = 0; at < weights.length; at++) weights[at]! += pattern[at]!;
  scaleRows(weights, count, 1 - share);
  return { first, count, weights, own: new Float64Array(count).fill(share) };
}

/** Inner products of what each token can add, and what every head is multiplied by. */
interface Norms {
  /** f32 [tokens, parts, parts]: heads, then the residual stream where it counts. */
  readonly gram: Fetched;
  readonly factors: Float32Array;
  readonly withResidual: boolean;
}

async function normsOf(trace: TraceData, stack: StackInfo, layer: number, withResidual: boolean): Promise<Norms> {
  const gram = await sliceTrace(trace, `${stack.name}.${layer}.self.${withResidual ? 'mixGram' : 'valueGram'}`);
  const plan = trace.plans.find((each) => each.stack === stack);
  if (plan === undefined) throw new Error(`invalid trace: no plan of ${stack.name}`);
  const factors = plan.factor.slice(layer * stack.heads, (layer + 1) * stack.heads);
  return { gram, factors, withResidual };
}

/** f64 [count, tokens]: ‖Σₚ αₚ·fₚ‖ of every query and key, the residual stream being a part of a token's own with α = 1. */
function normRows(patterns: readonly Float32Array[], { first, count }: Range, norms: Norms): Float64Array {
  const { gram, factors, withResidual } = norms;
  const [tokens = 0, parts = 0] = gram.dims;
  const heads = patterns.length;
  const result = new Float64Array(count * tokens);
  const alpha = new Float64Array(parts);
  for (let row = 0; row < count; row++) {
    for (let key = 0; key < tokens; key++) {
      const at = row * tokens + key;
      let largest = 0;
      for (let head = 0; head < heads; head++) {
        alpha[head] = patterns[head]![at]! * factors[head]!;
        largest = Math.max(largest, Math.abs(alpha[head]!));
      }
      const own = withResidual && key === first + row;
      if (withResidual) alpha[heads] = own ? 1 : 0;
      // Keys that the mask hides.
      if (largest === 0 && !own) continue;
      result[at] = Math.sqrt(Math.max(0, quadratic(alpha, gram.data, key * parts * parts)));
    }
  }
  return result;
}

/** Σ αₚ·αᵣ·G(p, r), G symmetric and beginning at `from`. */
function quadratic(alpha: Float64Array, gram: Float32Array, from: number): number {
  const parts = alpha.length;
  let sum = 0;
  for (let p = 0; p < parts; p++) {
    const row = from + p * parts;
    let cross = 0;
    for (let r = 0; r < p; r++) cross += alpha[r]! * gram[row + r]!;
    sum += alpha[p]! * (2 * cross + alpha[p]! * gram[row + p]!);
  }
  return sum;
}

/** Attention alone; a row of zeros stays one, where all heads are knocked out. */
function plainRows(weights: Float64Array, { first, count }: Range): MixedRows {
  scaleRows(weights, count, 1);
  return { first, count, weights, own: new Float64Array(count) };
}

/** A token's own norm becomes what it keeps. */
function keptRows(weights: Float64Array, { first, count }: Range): MixedRows {
  scaleRows(weights, count, 1);
  const tokens = weights.length / count;
  const own = Float64Array.from({ length: count }, (_, row) => weights[row * tokens + first + row]!);
  own.forEach((_, row) => (weights[row * tokens + first + row] = 0));
  return { first, count, weights, own };
}

/** Makes every row sum to `sum`, but rows of zeros. */
function scaleRows(weights: Float64Array, count: number, sum: number): void {
  const tokens = weights.length / count;
  for (let row = 0; row < count; row++) {
    const cells = weights.subarray(row * tokens, (row + 1) * tokens);
    const total = cells.reduce((all, weight) => all + weight, 0);
    if (total !== 0) for (let key = 0; key < tokens; key++) cells[key]! *= sum / total;
  }
}

function assertFinite({ weights, own, count, first }: MixedRows, { name }: StackInfo, layer: number): void {
  const tokens = weights.length / count;
  const at = weights.findIndex((weight) => !Number.isFinite(weight));
  const row = at < 0 ? own.findIndex((share) => !Number.isFinite(share)) : Math.floor(at / tokens);
  if (row < 0) return;
  const query = first + row;
  const message = `Attention of token ${query} in ${name} layer ${layer} is not finite; a change made it overflow, so its flow cannot be traced.`;
  throw new ModelError('bad-request', 'flow-not-finite', message, { layer, query });
}

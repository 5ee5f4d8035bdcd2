/**
 * Scaled dot-product attention with every stage and every intervention (Vaswani et al. 2017, section 3.2.1). One function emits the
 * stages; the network uses it to run, and the slicing graph uses it to show one head, so both compute the same thing.
 */
import type { GraphBuilder } from '../graph/builder.ts';
import type { Value } from '../graph/tensor.ts';
import { dense } from './dense.ts';
import type { NamedDense } from './dense.ts';
import { headSlices, mixedGram, writtenGram, writtenNorm } from './head-writing.ts';
import type { ResidualAddition } from './head-writing.ts';
import { attentionWithPast, declarePast } from './kv-cache.ts';
import type { Network } from './network.ts';
import { summarise } from './summary.ts';
import type { SummaryControls, SummarySource } from './summary.ts';

export type StackName = 'encoder' | 'decoder' | 'vision';

/** Sizes of one attention site and the run's [batch, token] shape as a graph value. */
export interface AttentionShape {
  readonly stack: StackName;
  readonly layers: number;
  readonly heads: number;
  readonly dHead: number;
  readonly causal: boolean;
  /** int64 [2]: batch, tokens. */
  readonly batchTokens: Value;
}

/**
 * The interventions of one site as graph inputs. Neutral: scale 1/√d_head, factor 1, mask 0 (and −∞ where the model hides).
 * - scale f32 [layers, batch|1, heads, query|1, 1]
 * - factor f32 [layers, batch|1, heads, 1, 1]
 * - mask f32 [tables, batch|1, heads|1, query|1, key|1], added to the scaled scores; maskIndex int64 [layers] picks a table a layer
 *
 * A replaced pattern row R needs no input of its own: scale 0 and mask log R give softmax(log R) = R.
 */
export interface AttentionControls {
  readonly scale: Value;
  readonly factor: Value;
  readonly mask: Value;
  readonly maskIndex: Value;
  readonly summary: SummaryControls;
}

export interface AttentionInputs {
  /** [batch, heads, token, d_head] each. */
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
  /** Broadcastable to [batch, heads, query, key]; null leaves the step out. */
  readonly scale: Value;
  readonly mask: Value | null;
  readonly factor: Value | null;
}

export interface AttentionStages {
  readonly scores: Value;
  readonly scaled: Value;
  readonly masked: Value;
  readonly pattern: Value;
  readonly context: Value;
}

/** The stages one by one, each a value: [batch, heads, query, key], and context [batch, heads, query, d_head]. */
export function attentionStages(
  graph: GraphBuilder,
  inputs: AttentionInputs,
  replace: (pattern: Value) => Value = (pattern) => pattern,
): AttentionStages {
  const scores = graph.op('MatMul', [inputs.q, transposeLast(graph, inputs.k)]);
  const scaled = graph.op('Mul', [scores, inputs.scale]);
  const masked = inputs.mask === null ? scaled : graph.op('Add', [scaled, inputs.mask]);
  const pattern = replace(graph.op('Softmax', [masked], { axis: -1 }));
  const weighted = graph.op('MatMul', [pattern, inputs.v]);
  const context = inputs.factor === null ? weighted : graph.op('Mul', [weighted, inputs.factor]);
  return { scores, scaled, masked, pattern, context };
}

/** The same attention for running: the scale goes into q, which spares a pass over the query × key matrix. */
function attentionForRun(graph: GraphBuilder, inputs: AttentionInputs): SummarySource & { readonly context: Value } {
  const scaledQ = graph.op('Mul', [inputs.q, inputs.scale]);
  const scaled = graph.op('MatMul', [scaledQ, transposeLast(graph, inputs.k)]);
  const masked = inputs.mask === null ? scaled : graph.op('Add', [scaled, inputs.mask]);
  const pattern = graph.op('Softmax', [masked], { axis: -1 });
  const weighted = graph.op('MatMul', [pattern, inputs.v]);
  const context = inputs.factor === null ? weighted : graph.op('Mul', [weighted, inputs.factor]);
  return { scaledQ, k: inputs.k, masked, pattern, context };
}

/** The self-attention of a stack: its sizes, and the graph inputs that all its layers share. */
export interface SelfAttention {
  readonly shape: AttentionShape;
  /** null for a network without tracing. */
  readonly controls: AttentionControls | null;
  /** The mask of a network without tracing; null where there is none. */
  readonly plainMask: Value | null;
}

/** Declares the inputs of a stack's self-attention: its interventions, or only its mask for a network without tracing. */
export function declareSelfAttention(net: Network, shape: AttentionShape): SelfAttention {
  return { shape, controls: declareControls(net, shape), plainMask: declarePlainMask(net, shape) };
}

function declareControls(net: Network, shape: AttentionShape): AttentionControls | null {
  if (!net.tracing) return null;
  const { stack, layers, heads } = shape;
  const input = (name: string, dims: readonly (number | string)[]) =>
    net.graph.input(`${stack}.self.${name}`, 'float32', dims);
  return {
    scale: input('scale', [layers, 'scaleBatch', heads, 'scaleQuery', 1]),
    factor: input('factor', [layers, 'factorBatch', heads, 1, 1]),
    mask: input('mask', ['maskTables', 'maskBatch', 'maskHeads', 'maskQuery', 'maskKey']),
    maskIndex: net.graph.input(`${stack}.self.maskIndex`, 'int64', [layers]),
    summary: {
      weights: input('summaryWeights', ['queryKey', 'linearStatistics']),
      pads: net.graph.input(`${stack}.self.picturePads`, 'int64', [8]),
      tiles: net.graph.input(`${stack}.self.pictureTiles`, 'int64', [6]),
    },
  };
}

function declarePlainMask(net: Network, shape: AttentionShape): Value | null {
  if (net.tracing || !shape.causal) return null;
  return net.graph.input(`${shape.stack}.self.mask`, 'float32', [1, 1, 'query', 'key']);
}

/** What a family hands to the attention of one layer. */
export interface AttentionProjections {
  /** What q, k and v are made from: [rows, hidden]. */
  readonly input: Value;
  /** [rows, heads·d_head] each. */
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
  /** W_O, in the current scope. */
  readonly output: NamedDense;
  readonly residual: ResidualAddition;
}

/**
 * Self-attention of one layer after its projections to q, k and v, up to what it adds to the residual: [rows, hidden].
 * Traces every value of the site that is linear in the tokens, and the head summary.
 */
export function selfAttention(
  net: Network,
  layer: number,
  attention: SelfAttention,
  projected: AttentionProjections,
): Value {
  const { graph } = net;
  const { shape, controls } = attention;
  const { input, output, residual } = projected;
  const name = `${shape.stack}.${layer}.self`;
  net.derive(`${name}.input`, input, ['row', output.output]);
  const [q, k, v] = (['q', 'k', 'v'] as const).map((part) => {
    const split = splitHeads(graph, projected[part], shape);
    const dims = ['batch', shape.heads, 'token', shape.dHead] as const;
    if (net.caching) graph.output(`${name}.${part}`, split, 'float32', dims);
    else net.trace(`${name}.${part}`, split, dims);
    return split;
  }) as [Value, Value, Value];
  if (net.caching) return goingOn(net, name, attention, { q, k, v, output });
  const run = attentionForRun(graph, { q, k, v, ...runInputs(net, layer, attention) });
  let rowsAndColumns = graph.int64([-1, shape.heads * shape.dHead]);
  if (controls !== null) {
    // The layer goes on when its summary is made, so that its pattern can be freed.
    rowsAndColumns = graph.op('Add', [rowsAndColumns, summarise(net, name, run, shape.heads, controls.summary)]);
    const slices = headSlices(net, output, shape.heads);
    net.derive(`${name}.valueNorm`, writtenNorm(net, v, slices), ['batch', shape.heads, 'token']);
    net.derive(`${name}.outputNorm`, writtenNorm(net, run.context, slices), ['batch', shape.heads, 'token']);
    const size = { heads: shape.heads, hidden: output.output };
    const parts = shape.heads + 1;
    net.derive(`${name}.valueGram`, writtenGram(net, v, slices, size), ['row', shape.heads, shape.heads]);
    net.derive(`${name}.mixGram`, mixedGram(net, v, slices, residual, size), ['row', parts, parts]);
  }
  const attended = dense(net, output.name, mergeHeads(graph, run.context, rowsAndColumns), output);
  net.trace(`${name}.output`, attended, ['row', output.output]);
  return attended;
}

/** The same attention for new tokens after others: [rows, hidden]. */
function goingOn(
  net: Network,
  name: string,
  { shape, plainMask }: SelfAttention,
  { q, k, v, output }: Pick<AttentionProjections, 'q' | 'k' | 'v' | 'output'>,
): Value {
  const { graph } = net;
  if (plainMask === null) throw new Error(`invalid attention: ${name} is not causal, so nothing can go on from it`);
  const past = declarePast(net, name, shape.heads, shape.dHead);
  const scaledQ = graph.op('Mul', [q, graph.float32(1 / Math.sqrt(shape.dHead))]);
  const context = attentionWithPast(graph, { scaledQ, mask: plainMask, past, now: { k, v } });
  return dense(net, output.name, mergeHeads(graph, context, graph.int64([-1, shape.heads * shape.dHead])), output);
}

function runInputs(
  { graph }: Network,
  layer: number,
  { shape, controls, plainMask }: SelfAttention,
): Pick<AttentionInputs, 'scale' | 'mask' | 'factor'> {
  if (controls === null) return { scale: graph.float32(1 / Math.sqrt(shape.dHead)), mask: plainMask, factor: null };
  const index = graph.int64([layer], []);
  const ofLayer = (value: Value) => graph.op('Gather', [value, index], { axis: 0 });
  const table = ofLayer(controls.maskIndex);
  return {
    scale: ofLayer(controls.scale),
    mask: graph.op('Gather', [controls.mask, table], { axis: 0 }),
    factor: ofLayer(controls.factor),
  };
}

/** [batch·token, heads·d_head] → [batch, heads, token, d_head]. */
function splitHeads(graph: GraphBuilder, x: Value, { batchTokens, heads, dHead }: AttentionShape): Value {
  const dims = graph.op('Concat', [batchTokens, graph.int64([heads, dHead])], { axis: 0 });
  return graph.op('Transpose', [graph.op('Reshape', [x, dims])], { perm: [0, 2, 1, 3] });
}

/** [batch, heads, token, d_head] → [batch·token, heads·d_head]. @param shape int64 [2]: −1, heads·d_head */
function mergeHeads(graph: GraphBuilder, x: Value, shape: Value): Value {
  return graph.op('Reshape', [graph.op('Transpose', [x], { perm: [0, 2, 1, 3] }), shape]);
}

function transposeLast(graph: GraphBuilder, x: Value): Value {
  return graph.op('Transpose', [x], { perm: [0, 1, 3, 2] });
}

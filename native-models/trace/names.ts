/**
 * The table of traced values: one row a name, with its axes and where the numbers come from. Graph tests, slices, axis labels,
 * exports and the documentation read this table. Layers count from 0.
 */
import type { HeadKind, Scale, StackInfo } from '../types.ts';

export type Axis = 'token' | 'hidden' | 'head' | 'd_head' | 'part' | 'query' | 'key' | 'vocab' | 'label';

/**
 * - `run`: kept by every run (linear in the tokens)
 * - `stage`: made on demand for one layer from its kept q, k, v
 * - `rerun`: made on demand by one more forward pass with the same text and interventions; then kept
 * - `derived`: made on demand from kept values by the part of the network between them, for all layers at once; then kept
 * - `head`: made on demand from the kept final hidden states
 */
export type Origin = 'run' | 'stage' | 'rerun' | 'derived' | 'head';

export interface TraceRow {
  /** The name, or the part after `<stack>.<layer>.` for rows of every layer. */
  readonly name: string;
  readonly level: 'model' | 'stack' | 'layer' | 'site';
  readonly axes: readonly Axis[];
  readonly origin: Origin;
  readonly meaning: string;
}

export const TRACE_TABLE = [
  row('embedding.token', 'model', ['token', 'hidden'], 'run', "the token's row of the embedding table"),
  row('embedding.position', 'model', ['token', 'hidden'], 'run', "the position's row of its table"),
  row('embedding.segment', 'model', ['token', 'hidden'], 'run', "the segment's row of its table"),
  row('embedding.sum', 'model', ['token', 'hidden'], 'run', 'their sum, before any norm'),
  row('input', 'site', ['token', 'hidden'], 'derived', 'x: what q, k and v are made from (in GPT-2, after its norm)'),
  row('q', 'site', ['head', 'token', 'd_head'], 'run', 'queries x·W_Q + b'),
  row('k', 'site', ['head', 'token', 'd_head'], 'run', 'keys x·W_K + b'),
  row('v', 'site', ['head', 'token', 'd_head'], 'run', 'values x·W_V + b'),
  row('valueNorm', 'site', ['head', 'token'], 'derived', "‖v·W_O‖ of a token's value, by the head's slice of W_O"),
  row('valueGram', 'site', ['token', 'head', 'head'], 'derived', "inner products of a token's v·W_O, head by head"),
  row('mixGram', 'site', ['token', 'part', 'part'], 'derived', 'the same, with the residual stream last and its norm'),
  row('scores', 'site', ['head', 'query', 'key'], 'stage', 'q·kᵀ'),
  row('scaled', 'site', ['head', 'query', 'key'], 'stage', 'scores ÷ √d_head'),
  row('masked', 'site', ['head', 'query', 'key'], 'stage', 'scaled, −∞ where the key is hidden from the query'),
  row('pattern', 'site', ['head', 'query', 'key'], 'stage', 'softmax of masked over key; rows sum to 1'),
  row('context', 'site', ['head', 'token', 'd_head'], 'stage', 'pattern·v'),
  row('outputNorm', 'site', ['head', 'token'], 'derived', '‖context·W_O‖: how much the head writes, no bias'),
  row('output', 'site', ['token', 'hidden'], 'rerun', 'all heads after W_O, before the residual is added'),
  row('mlp.output', 'layer', ['token', 'hidden'], 'rerun', 'what the MLP adds to the residual'),
  row('hidden', 'layer', ['token', 'hidden'], 'run', 'hidden states that leave the layer'),
  row('final', 'stack', ['token', 'hidden'], 'run', 'hidden states after the last layer and its norm'),
  row('pooled', 'model', ['hidden'], 'head', "tanh(W·first token's final + b)"),
  row('logits', 'model', ['token', 'vocab'], 'head', 'scores of every entry of the vocabulary, or of every label'),
] as const satisfies readonly TraceRow[];

function row<const Name extends string>(
  name: Name,
  level: TraceRow['level'],
  axes: readonly Axis[],
  origin: Origin,
  meaning: string,
) {
  return { name, level, axes, origin, meaning };
}

/** The facts about a model that decide which rows it has. */
export interface TracedModel {
  readonly stacks: readonly StackInfo[];
  readonly segments: number;
  readonly head: HeadKind;
  readonly scale: Scale;
  readonly pooled: boolean;
}

/** A traced value of a certain model. */
export interface TraceName {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly origin: Origin;
  readonly stack: StackInfo | null;
  readonly layer: number | null;
}

/** Every traced name of a model, in the order of the computation. */
export function traceNamesOf(model: TracedModel): readonly TraceName[] {
  const rows = (level: TraceRow['level']) =>
    (TRACE_TABLE as readonly TraceRow[]).filter((entry) => entry.level === level);
  const ofModel = rows('model')
    .filter(({ name }) => modelHas(model, name))
    .map((entry) => ({ ...pick(entry, model), name: entry.name, stack: null, layer: null }));
  const ofStacks = model.stacks.flatMap((stack) => [
    ...Array.from({ length: stack.layers }, (_, layer) => layer).flatMap((layer) => [
      ...stack.sites.flatMap((site) =>
        rows('site').map((entry) => ({
          ...pick(entry, model),
          name: `${stack.name}.${layer}.${site}.${entry.name}`,
          stack,
          layer,
        })),
      ),
      ...rows('layer').map((entry) => ({
        ...pick(entry, model),
        name: `${stack.name}.${layer}.${entry.name}`,
        stack,
        layer,
      })),
    ]),
    ...rows('stack').map((entry) => ({
      ...pick(entry, model),
      name: `${stack.name}.${entry.name}`,
      stack,
      layer: null,
    })),
  ]);
  const embeddings = ofModel.filter(({ name }) => name.startsWith('embedding.'));
  return [...embeddings, ...ofStacks, ...ofModel.filter((entry) => !embeddings.includes(entry))];
}

/** The axes of `logits` where they are not those of a vocabulary. */
const LABEL_AXES: Readonly<Partial<Record<HeadKind, readonly Axis[]>>> = {
  classification: ['label'],
  'token-classification': ['token', 'label'],
};

function pick(entry: TraceRow, model: TracedModel): Pick<TraceName, 'axes' | 'origin'> {
  const axes = entry.name === 'logits' ? (LABEL_AXES[model.head] ?? entry.axes) : entry.axes;
  return { axes, origin: entry.origin };
}

function modelHas(model: TracedModel, name: string): boolean {
  if (name === 'embedding.segment') return model.segments > 0;
  if (name === 'pooled') return model.pooled;
  return name !== 'logits' || model.head !== 'none';
}

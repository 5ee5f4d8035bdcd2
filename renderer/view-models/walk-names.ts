/** What the walk of one token needs at each station, and where it is in a frame. */
import type { OpenedModel, RunResult } from '../../electron/api/index.ts';
import { isLong, rowOf } from '../state/exact.ts';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import type { Selection } from '../state/selection.ts';
import { isWalked } from '../state/stations.ts';
import type { Matrix, SliceRequest } from '../state/slices.ts';
import { row } from './inspector.ts';
import { headSlice } from './names.ts';
import { sameValues } from './walk.ts';

/** Stations whose walk is a list of keys: they share their values, so that bars change in place from one to the next. */
export const KEY_STATIONS = ['scores', 'scaled', 'masked', 'pattern', 'context'] as const;
export type KeyStation = (typeof KEY_STATIONS)[number];

export const isKeyStation = (station: string): station is KeyStation => KEY_STATIONS.some((id) => id === station);

/** Stations where the walk of one token has a figure of its own; the others show the same in both modes. */
export function hasWalk({ station }: Selection): boolean {
  return isWalked(station);
}

const optional = (name: string): SliceRequest => ({ name, optional: true });

/** Names of the residual stream around the selected layer. */
function streamNames({ stack, layer, site }: Selection) {
  return {
    enters: layer === 0 ? 'embedding.sum' : `${stack}.${layer - 1}.hidden`,
    input: `${stack}.${layer}.${site}.input`,
    output: `${stack}.${layer}.${site}.output`,
    mlp: `${stack}.${layer}.mlp.output`,
    leaves: `${stack}.${layer}.hidden`,
  };
}

/** All values of a station's walk, of a long text's matrices only the query's rows; none outside the walk and for all tokens. */
export function walkSlices(selection: Selection, model: OpenedModel, run?: RunResult): readonly SliceRequest[] {
  if (selection.mode === 'all' || !hasWalk(selection)) return [];
  const { station, stack, layer, site } = selection;
  const head = (values: readonly Parameters<typeof headSlice>[1][]) =>
    values.map((value) => headSlice(selection, value));
  const names = streamNames(selection);
  const layers = stackOf(model.stacks, selection)?.layers ?? 1;
  // Equal after the last layer: the layers end with a norm. See normAfter.
  const ends = [optional(`${stack}.${layers - 1}.hidden`), optional(`${stack}.final`)];
  if (station === 'qkv') return [...head(['q', 'k', 'v']), optional(names.input)];
  if (station === 'embedding') {
    const parts = ['token', 'position', 'segment'].map((part) => optional(`embedding.${part}`));
    return [...parts, { name: 'embedding.sum' }, optional(names.enters), optional(names.input), ...ends];
  }
  if (station === 'output' || station === 'residual') {
    const norms = station === 'output' ? [optional(`${stack}.${layer}.${site}.outputNorm`)] : [optional(names.mlp)];
    return [...norms, { name: names.output }, ...[names.enters, names.input, names.leaves].map(optional), ...ends];
  }
  const stages = head(['scores', 'scaled', 'masked', 'pattern', 'context']);
  const last = (run?.tokens.length ?? 0) - 1;
  const shown =
    run !== undefined && isLong(run) ? stages.map((stage) => rowOf(stage, Math.min(selection.query, last))) : stages;
  return [...head(['q', 'k', 'v']), ...shown, optional(`${stack}.${layer}.${site}.valueNorm`)];
}

/** The matrix of a name that ends so, e.g. `self.input`; null where the frame does not have it. */
export function named(frame: Frame, name: string): Matrix | null {
  return frame.matrices.find((matrix) => matrix.name === name) ?? null;
}

/** A value of the frame's own layer and site, e.g. `scores`. */
export function siteValue(frame: Frame, value: string): Matrix | null {
  const { stack, layer, site } = frame.selection;
  return named(frame, `${stack}.${layer}.${site}.${value}`);
}

/** One token's vector in the residual stream, at the places that the frame knows. */
export interface Stream {
  /** What enters the layer. */
  readonly enters: Float32Array | null;
  /** What W_Q, W_K and W_V read. */
  readonly input: Float32Array | null;
  /** What the layer's attention adds. */
  readonly output: Float32Array | null;
  readonly mlp: Float32Array | null;
  /** What leaves the layer. */
  readonly leaves: Float32Array | null;
  /** Whether `input` is `enters` after a LayerNorm; null where one of them is not known. */
  readonly normBefore: boolean | null;
  /** Whether each sum of the residual stream is followed by a LayerNorm (as in BERT) instead of preceded (as in GPT-2). */
  readonly normAfter: boolean;
}

/**
 * A token's vectors around the selected layer. Layers that end with a norm leave nothing for a final norm to do: then the last
 * hidden states are the final ones, bit for bit. In such a model the embedding is normed too, before the first layer, so that
 * what enters layer 0 is what its attention reads.
 */
export function streamOf(frame: Frame, token: number): Stream {
  const { selection, model } = frame;
  const names = streamNames(selection);
  const layers = stackOf(model.stacks, selection)?.layers ?? 1;
  const last = named(frame, `${selection.stack}.${layers - 1}.hidden`);
  const final = named(frame, `${selection.stack}.final`);
  const normAfter = last !== null && final !== null && sameValues(last, final);
  const input = named(frame, names.input);
  const entersFirst = normAfter && selection.layer === 0 ? input : named(frame, names.enters);
  const vector = (matrix: Matrix | null): Float32Array | null => (matrix === null ? null : row(matrix, token));
  return {
    enters: vector(entersFirst),
    input: vector(input),
    output: vector(named(frame, names.output)),
    mlp: vector(named(frame, names.mlp)),
    leaves: vector(named(frame, names.leaves)),
    normBefore: input === null || entersFirst === null ? null : !sameValues(input, entersFirst),
    normAfter,
  };
}

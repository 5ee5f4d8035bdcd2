/** From what the window holds to what a station's formula says. */
import type { Prediction } from '../../electron/api/index.ts';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import type { Matrix } from '../state/slices.ts';
import { tokenLabel } from './format.ts';
import { cellNumbers, hasRow, row } from './inspector.ts';
import { vectorSlice } from './names.ts';
import type { FormulaFacts } from './station-formula.ts';
import { streamOf } from './walk-names.ts';

export interface FormulaSource {
  /** What the stage shows. */
  readonly frame: Frame;
  /** q, k, scores, scaled, masked and pattern of the head; null or of another run or head while they are on their way. */
  readonly inspector: Frame | null;
  /** The walk's own values, where it has been shown. */
  readonly walk: Frame | null;
  readonly query: number;
  readonly key: number | null;
  readonly prediction: Prediction | null;
}

/** All facts; those that are not there (yet) are null. */
export function formulaFacts({ frame, inspector, walk, query, key, prediction }: FormulaSource): FormulaFacts {
  const { selection, run, model } = frame;
  const stack = stackOf(model.stacks, selection);
  const tokenAt = (index: number | null): string => tokenLabel(run.tokens[index ?? -1]?.text ?? '');
  const matrices = sameHead(frame, inspector) ? inspector.matrices : [];
  const [q, k, scores, scaled, masked, pattern] = matrices;
  const rowOf = (matrix: Matrix | undefined, index: number | null): Float32Array | null =>
    matrix === undefined || index === null || !hasRow(matrix, index) ? null : row(matrix, index);
  const whole = scores && scaled && masked && pattern ? { scores, scaled, masked, pattern } : null;
  const isQkv = selection.station === 'qkv';
  const weights = rowOf(pattern, query);
  const first = prediction?.candidates[0];
  return {
    station: selection.station,
    query: selection.station === 'prediction' ? tokenAt(prediction?.position ?? null) : tokenAt(query),
    key: tokenAt(key),
    tokenId: run.tokens[query]?.id ?? null,
    dHead: stack?.dHead ?? 1,
    heads: stack?.heads ?? 1,
    causal: stack?.causal === true,
    segments: model.segments > 0,
    scale: model.scale,
    normAfter: normsAfter(frame, walk, query),
    cell: whole === null || key === null ? null : cellNumbers(whole, query, key),
    q: isQkv ? rowOf(frame.matrices[0], query) : rowOf(q, query),
    k: isQkv ? rowOf(frame.matrices[1], query) : rowOf(k, key),
    v: isQkv ? rowOf(frame.matrices[2], query) : null,
    vector: rowOf(vectorOf(frame), query),
    strongest: strongestOf(weights, tokenAt),
    candidate:
      first === undefined
        ? null
        : { token: tokenLabel(first.text), logit: first.logit, probability: first.probability },
  };
}

/** Whether the inspector's values are of the head and run that the stage shows. */
function sameHead(frame: Frame, other: Frame | null): other is Frame {
  if (other?.run !== frame.run) return false;
  const [a, b] = [frame.selection, other.selection];
  return a.stack === b.stack && a.site === b.site && a.layer === b.layer && a.head === b.head;
}

/** Known from the walk's values where it has them; else from the kind of stack: encoders of today norm after each sum. */
function normsAfter(frame: Frame, walk: Frame | null, query: number): boolean {
  const known = walk !== null && walk.run === frame.run && walk.matrices.some(({ name }) => name.endsWith('.final'));
  return known ? streamOf(walk, query).normAfter : frame.selection.stack === 'encoder';
}

function vectorOf(frame: Frame): Matrix | undefined {
  const { station } = frame.selection;
  switch (station) {
    case 'embedding':
    case 'context':
    case 'output':
    case 'residual':
    case 'final': {
      const { name } = vectorSlice(frame.selection, station);
      return frame.matrices.find((matrix) => matrix.name === name);
    }
    default:
      return undefined;
  }
}

function strongestOf(
  weights: Float32Array | null,
  tokenAt: (index: number) => string,
): { token: string; weight: number }[] {
  return Array.from(weights ?? [], (weight, key) => ({ key, weight }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ key, weight }) => ({ token: tokenAt(key), weight }));
}

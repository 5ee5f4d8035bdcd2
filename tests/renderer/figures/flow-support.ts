/** Made-up token flows for tests. */
import type { FlowSet, TokenFlowInput } from '../../../renderer/figures/token-flow-input.ts';
import { labels, weights } from './support.ts';

/** @param sets a matrix each */
export function flowInput(
  rows: number,
  columns: number,
  sets = 1,
  changes: Partial<TokenFlowInput> = {},
): TokenFlowInput {
  return {
    sets: Array.from({ length: sets }, (_, at): FlowSet => ({
      label: `layer ${at} · head 2`,
      matrix: weights(rows, columns, at + 1),
      sign: 1,
      style: at,
    })),
    rows,
    columns,
    rowLabels: labels(rows),
    columnLabels: labels(columns),
    rowTitle: 'query',
    columnTitle: 'key',
    title: 'Token flow',
    subtitle: 'who each token looks at',
    threshold: 0.02,
    topK: null,
    direction: 'from',
    theme: 'light',
    maxWidth: 720,
    maxHeight: 640,
    ...changes,
  };
}

/** Which tokens get a row of their own in a flow across layers, and how high every row is. */
import type { LayerFlowInput } from './layer-flow-input.ts';

/** One token, or all tokens between two others that have no row of their own. */
export interface FlowRow {
  readonly first: number;
  readonly count: number;
}

/**
 * The tokens in their order, as many of them as `most` rows allow: those with the largest share at any boundary, and the target.
 * Tokens without a row are put together with their neighbours, so that none is missing.
 */
export function chooseRows({ labels, relevance, target }: LayerFlowInput, most: number): readonly FlowRow[] {
  const tokens = labels.length;
  if (tokens <= most) return labels.map((_, first) => ({ first, count: 1 }));
  const peaks = peakShares(relevance, tokens);
  const ranked = labels
    .map((_, token) => token)
    .sort((a, b) => Number(b === target) - Number(a === target) || peaks[b]! - peaks[a]! || a - b);
  for (let own = Math.max(1, most - 1); own > 1; own--) {
    const rows = rowsWith(new Set(ranked.slice(0, own)), tokens);
    if (rows.length <= most) return rows;
  }
  return rowsWith(new Set([target]), tokens);
}

function rowsWith(own: ReadonlySet<number>, tokens: number): readonly FlowRow[] {
  const rows: FlowRow[] = [];
  for (let first = 0; first < tokens;) {
    let end = first + 1;
    if (!own.has(first)) while (end < tokens && !own.has(end)) end++;
    rows.push({ first, count: end - first });
    first = end;
  }
  return rows;
}

/** The largest share of every token at any boundary. */
function peakShares(relevance: Float32Array, tokens: number): Float32Array {
  const peaks = new Float32Array(tokens);
  relevance.forEach((share, at) => (peaks[at % tokens] = Math.max(peaks[at % tokens]!, share)));
  return peaks;
}

/** For each token the index of its row. */
export function rowOfTokens(rows: readonly FlowRow[], tokens: number): Int32Array {
  const row = new Int32Array(tokens);
  rows.forEach(({ first, count }, index) => row.fill(index, first, first + count));
  return row;
}

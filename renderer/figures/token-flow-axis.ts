/** One side of a token flow: the tokens from top to bottom, some of them readable, the others close together. */

/** Tokens `first` to `last`, both included. */
export interface FlowSpan {
  readonly first: number;
  readonly last: number;
}

export interface FlowAxis {
  readonly count: number;
  /** Upper edge of every token in px of the figure, and at the end the lower edge of the last. */
  readonly edges: Float64Array;
  /** The tokens that are drawn larger; null: all have the same height. */
  readonly focus: FlowSpan | null;
  /** Bundles: runs of tokens that share their lines, of one token where there is room. The bundle of each token … */
  readonly bundleOf: Int32Array;
  /** … and the first token of each bundle, with `count` at the end. */
  readonly starts: Int32Array;
}

/** The least height of a bundle in px: closer lines cannot be told apart. */
const LEAST_BUNDLE = 3;
/** The part of the height that the focus has. */
const FOCUS_SHARE = 0.66;

/**
 * Lays tokens out from top to bottom. Without a focus all have the same height; with one its tokens share two thirds of the height,
 * unless they are more than that of the text.
 *
 * @param place top and height in px
 */
export function flowAxis(
  count: number,
  place: { readonly top: number; readonly height: number },
  focus: FlowSpan | null,
): FlowAxis {
  const { top, height } = place;
  const edges = new Float64Array(count + 1);
  const shown = focus === null || focus.last - focus.first + 1 >= count ? null : focus;
  const inside = shown === null ? count : shown.last - shown.first + 1;
  const share = shown === null ? 1 : Math.max(FOCUS_SHARE, inside / count);
  const large = (height * share) / inside;
  const small = shown === null ? 0 : (height * (1 - share)) / (count - inside);
  edges[0] = top;
  for (let token = 0; token < count; token += 1) {
    edges[token + 1] = edges[token]! + (isIn(shown, token) ? large : small);
  }
  return { count, edges, focus: shown, ...bundlesOf(edges, shown) };
}

/** Whether a token is among those drawn larger, or there is no difference. */
function isIn(span: FlowSpan | null, token: number): boolean {
  return span === null || (token >= span.first && token <= span.last);
}

/** Bundles do not reach over the borders of the focus. */
function bundlesOf(edges: Float64Array, focus: FlowSpan | null): Pick<FlowAxis, 'bundleOf' | 'starts'> {
  const count = edges.length - 1;
  const bundleOf = new Int32Array(count);
  const starts: number[] = [];
  for (let token = 0; token < count; token += 1) {
    const start = starts.at(-1);
    const isFull = start === undefined || edges[token]! - edges[start]! >= LEAST_BUNDLE - 1e-9;
    if (isFull || (focus !== null && (token === focus.first || token === focus.last + 1))) starts.push(token);
    bundleOf[token] = starts.length - 1;
  }
  return { bundleOf, starts: Int32Array.from([...starts, count]) };
}

/**
 * The tokens that are readable around a centre.
 * @param height of the axis in px
 * @param wish how many; null: as many as have `pitch` px each
 * @returns null where all tokens are readable, or wanted
 */
export function focusSpan(
  count: number,
  height: number,
  { centre, wish, pitch }: { readonly centre: number; readonly wish: number | null; readonly pitch: number },
): FlowSpan | null {
  if (wish === null && count * pitch <= height) return null;
  const tokens = Math.max(1, Math.round(wish ?? Math.floor((height * FOCUS_SHARE) / pitch)));
  if (tokens >= count) return null;
  const first = Math.max(0, Math.min(count - tokens, Math.round(centre) - Math.floor(tokens / 2)));
  return { first, last: first + tokens - 1 };
}

export function tokenHeight({ edges }: FlowAxis, token: number): number {
  return edges[token + 1]! - edges[token]!;
}

/** The middle of a token in px. */
export function tokenMiddle({ edges }: FlowAxis, token: number): number {
  return (edges[token]! + edges[token + 1]!) / 2;
}

/** The token at a height of the figure, or null above and below them. */
export function tokenAt({ edges, count }: FlowAxis, y: number): number | null {
  if (!(y >= edges[0]! && y < edges[count]!)) return null;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The tokens whose labels are shown: no two closer than `pitch` px. The selected one goes first, then the focus, then the rest.
 * @returns ascending
 */
export function shownTokens(axis: FlowAxis, pitch: number, selected?: number): number[] {
  const { count, focus } = axis;
  const shown: number[] = [];
  const offer = (token: number): void => {
    const y = tokenMiddle(axis, token);
    if (shown.every((other) => Math.abs(tokenMiddle(axis, other) - y) >= pitch - 1e-6)) shown.push(token);
  };
  if (selected !== undefined) offer(selected);
  const offerAll = (from: number, to: number): void => {
    if (to <= from) return;
    const step = Math.max(1, Math.ceil(pitch / tokenHeight(axis, from) - 1e-6));
    for (let token = from; token < to; token += step) offer(token);
  };
  if (focus !== null) offerAll(focus.first, focus.last + 1);
  offerAll(0, focus?.first ?? count);
  if (focus !== null) offerAll(focus.last + 1, count);
  return shown.sort((a, b) => a - b);
}

/** A long text in overlapping windows, each of its tokens scored in one of them. */

export interface Window {
  /** Where it begins in the sequence, and how much of it it holds. */
  readonly first: number;
  readonly count: number;
  /** What is scored in it: `scoredFirst … scoredEnd − 1` of the sequence. */
  readonly scoredFirst: number;
  readonly scoredEnd: number;
}

export interface WindowOptions {
  /** Of the sequence. */
  readonly tokens: number;
  /** Most tokens of a window. */
  readonly longest: number;
  /** How much further on each window begins, 1 … longest − 1. */
  readonly stride: number;
  /** Whether a token is predicted from both sides: it is then scored where it is further from the cut, else where it comes last. */
  readonly bothSides: boolean;
}

/**
 * Windows as Hugging Face's guide to perplexity has them: each `stride` tokens after the one before, so that a token is scored with at
 * least longest − stride tokens before it, but for those of the first window. The first token of a sequence is scored too where both
 * sides predict it; else nothing predicts it.
 */
export function windowsOf({ tokens, longest, stride, bothSides }: WindowOptions): readonly Window[] {
  const starts = [0];
  while (starts.at(-1)! + longest < tokens) starts.push(starts.at(-1)! + stride);
  const endOf = (at: number): number => Math.min(tokens, starts[at]! + longest);
  const cut = (at: number): number => (bothSides ? Math.floor((starts[at + 1]! + endOf(at)) / 2) : endOf(at));
  return starts.map((first, at) => ({
    first,
    count: endOf(at) - first,
    scoredFirst: at === 0 ? (bothSides ? 0 : 1) : cut(at - 1),
    scoredEnd: at === starts.length - 1 ? tokens : cut(at),
  }));
}

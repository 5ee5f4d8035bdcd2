/** A generated text as views show it: its tokens as runs of text, the branches of its tree, and what a token looks at. */
import type { GeneratedToken, GenerationState, Token } from '../../electron/api/index.ts';
import type { ReadingRun } from '../figures/reading.ts';
import { tokenLabel } from './format.ts';

/** One token of the text, given or generated. */
export interface TextToken {
  readonly index: number;
  readonly id: number;
  readonly before: string;
  /** What stands for it in the text. */
  readonly text: string;
  /** As in lists: never blank. */
  readonly label: string;
  readonly kind: ReadingRun['kind'];
  readonly generated: GeneratedToken | null;
}

/** Every token of the text that is shown, in order. @param text the given text */
export function textTokens({ prompt, path }: GenerationState, text: string): readonly TextToken[] {
  return [...givenTokens(prompt, text), ...path.map(generatedToken)];
}

function givenTokens(prompt: readonly Token[], text: string): readonly TextToken[] {
  let reached = 0;
  return prompt.map((token): TextToken => {
    const { index, id } = token;
    const label = tokenLabel(token.text);
    const [start, end] = [Math.max(token.start ?? reached, reached), token.end ?? reached];
    const shown = text.slice(start, end);
    const own = shown.trimStart();
    const before = text.slice(reached, end - own.length);
    reached = Math.max(reached, end);
    const isMark = token.start === null || own === '';
    const kind = token.special ? 'special' : isMark ? 'mark' : 'text';
    return { index, id, before: isMark ? '' : before, text: isMark ? label : own, label, kind, generated: null };
  });
}

function generatedToken(generated: GeneratedToken): TextToken {
  const { position: index, id, text } = generated;
  const own = text.trimStart();
  const label = tokenLabel(own === '' ? text : own);
  // A piece of a character stands as its bytes; a line end as its sign, with the line end before what follows.
  const kind = own === '' || /^[‹⏎⇥◌]/u.test(own) ? 'mark' : 'text';
  return {
    index,
    id,
    before: text.slice(0, text.length - own.length),
    text: own === '' ? label : own,
    label,
    kind,
    generated,
  };
}

/** Tokens in a row that no other branch leaves between them. */
export interface Segment {
  /** Of its first token. */
  readonly position: number;
  readonly tokens: readonly GeneratedToken[];
  /** Whether the text that is shown has it. */
  readonly isShown: boolean;
  readonly children: readonly Segment[];
}

/** The tree of all that was generated, a segment from fork to fork; in the order they were made. */
export function branchTree({ nodes, path }: Pick<GenerationState, 'nodes' | 'path'>): readonly Segment[] {
  const children = new Map<number | null, GeneratedToken[]>();
  for (const node of nodes) children.set(node.parent, [...(children.get(node.parent) ?? []), node]);
  const shown = new Set(path.map(({ node }) => node));
  const segmentFrom = (first: GeneratedToken): Segment => {
    const tokens = [first];
    let next = children.get(first.node) ?? [];
    // A fork ends a segment, and so does the place that was stepped back to.
    for (let [only] = next; next.length === 1 && only !== undefined; [only] = next) {
      if (shown.has(only.node) !== shown.has(first.node)) break;
      tokens.push(only);
      next = children.get(only.node) ?? [];
    }
    return { position: first.position, tokens, isShown: shown.has(first.node), children: next.map(segmentFrom) };
  };
  return (children.get(null) ?? []).map(segmentFrom);
}

/** The text of a segment, on one line, at most so many characters. */
export function segmentText({ tokens }: Pick<Segment, 'tokens'>, most = 60): string {
  const text = tokens.map((token) => token.text).join('');
  const letters = Array.from(text.trim() === '' ? tokenLabel(text) : text.trim());
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`;
}

export interface SeenToken {
  readonly index: number;
  readonly weight: number;
}

/** The largest weights of a row, largest first. */
export function largestWeights(weights: Float32Array, count: number): readonly SeenToken[] {
  return Array.from(weights, (weight, index) => ({ index, weight }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, count);
}

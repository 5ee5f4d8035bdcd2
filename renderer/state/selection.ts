/** What is selected: where in the model, and which query and key. Pure functions; all indices count from 0. */
import type { SiteSummary, StackInfo, Token } from '../../electron/api/index.ts';
import type { Station } from './stations.ts';

export interface Selection {
  readonly stack: StackInfo['name'];
  readonly site: StackInfo['sites'][number];
  readonly layer: number;
  readonly head: number;
  readonly station: Station;
  readonly query: number;
  /** null until the user chooses one: the key with the largest weight of the query's row is shown. */
  readonly key: number | null;
  /** The token whose prediction is shown; null: where the model itself predicts (last token, [MASK], whole text). */
  readonly position: number | null;
  /** What the stage shows: the computation of the whole sentence, or of the selected query alone. */
  readonly mode: StageMode;
}

export type StageMode = 'all' | 'one';

export const FIRST_SELECTION: Selection = {
  stack: 'decoder',
  site: 'self',
  layer: 0,
  head: 0,
  station: 'pattern',
  query: 0,
  key: null,
  position: null,
  mode: 'all',
};

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

export function stackOf(stacks: readonly StackInfo[], selection: Selection): StackInfo | null {
  return stacks.find((stack) => stack.name === selection.stack) ?? stacks[0] ?? null;
}

/** Keeps the selection inside the model: an unknown stack or site becomes the first, layer and head are clamped. */
export function fitToModel(selection: Selection, stacks: readonly StackInfo[]): Selection {
  const stack = stackOf(stacks, selection);
  if (stack === null) return selection;
  const site = stack.sites.includes(selection.site) ? selection.site : (stack.sites[0] ?? 'self');
  const layer = clamp(selection.layer, stack.layers);
  const head = clamp(selection.head, stack.heads);
  return { ...selection, stack: stack.name, site, layer, head };
}

/**
 * Carries the selection over to a new text. Tokens that were selected stay selected while the text before them is the same;
 * a first text, or one where the query is gone, selects the last token that is not special.
 */
export function fitToTokens(selection: Selection, before: readonly Token[], after: readonly Token[]): Selection {
  const same = (index: number): boolean => before[index] !== undefined && before[index].id === after[index]?.id;
  const query = before.length > 0 && same(selection.query) ? selection.query : lastWord(after);
  const key = selection.key !== null && query === selection.query && same(selection.key) ? selection.key : null;
  const position = selection.position !== null && same(selection.position) ? selection.position : null;
  return { ...selection, query, key, position };
}

/** The last token that is neither special nor punctuation; else the last that is not special; else the last. */
export function lastWord(tokens: readonly Token[]): number {
  const word = tokens.findLast((token) => !token.special && /[\p{L}\p{N}]/u.test(token.text));
  return (word ?? tokens.findLast((token) => !token.special) ?? tokens.at(-1))?.index ?? 0;
}

/** One head to the right or left; past the end of a layer comes the next layer. */
export function stepHead(selection: Selection, stack: StackInfo, by: number): Selection {
  const flat = clamp(selection.layer * stack.heads + selection.head + by, stack.layers * stack.heads);
  return { ...selection, layer: Math.floor(flat / stack.heads), head: flat % stack.heads };
}

export function stepLayer(selection: Selection, stack: StackInfo, by: number): Selection {
  return { ...selection, layer: clamp(selection.layer + by, stack.layers) };
}

/** Moves the selected cell; `columns` is the number of keys. */
export function stepCell(
  selection: Selection,
  key: number,
  rows: number,
  columns: number,
  dQuery: number,
  dKey: number,
): Selection {
  return { ...selection, query: clamp(selection.query + dQuery, rows), key: clamp(key + dKey, columns) };
}

/** The summary of the selected stack and site, if the run has it. */
export function summaryOf(summaries: readonly SiteSummary[], selection: Selection): SiteSummary | null {
  return summaries.find((item) => item.stack === selection.stack && item.site === selection.site) ?? null;
}

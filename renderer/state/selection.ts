/** What is selected: where in the model, and which query and key. Pure functions; all indices count from 0. */
import type { SiteSummary, StackInfo, Token } from '../../electron/api/index.ts';
import type { Station } from './stations.ts';
import type { StageView } from './views.ts';

export interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}

export interface Selection extends HeadPlace {
  readonly stack: StackInfo['name'];
  readonly site: StackInfo['sites'][number];
  /** Heads chosen beside the selected one, in the order of choosing; the selected one is never among them. */
  readonly others: readonly HeadPlace[];
  readonly station: Station;
  readonly query: number;
  /** null until the user chooses one: the key with the largest weight of the query's row is shown. */
  readonly key: number | null;
  /** The token whose prediction is shown; null: where the model itself predicts (last token, [MASK], whole text). */
  readonly position: number | null;
  /** What the stage shows: the computation of the whole sentence, or of the selected query alone. */
  readonly mode: StageMode;
  /** How the patterns of the whole sentence are looked at. */
  readonly view: StageView;
}

export type StageMode = 'all' | 'one';

export const FIRST_SELECTION: Selection = {
  stack: 'decoder',
  site: 'self',
  layer: 0,
  head: 0,
  others: [],
  station: 'pattern',
  query: 0,
  key: null,
  position: null,
  mode: 'all',
  view: 'matrix',
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
  const inside = selection.others.filter((other) => other.layer < stack.layers && other.head < stack.heads);
  return withoutTwins({ ...selection, stack: stack.name, site, layer, head, others: inside });
}

/** As many heads as fit beside each other, and more than one layer of BERT or GPT-2 has. */
export const MOST_HEADS = 16;

export const isSameHead = (a: HeadPlace, b: HeadPlace): boolean => a.layer === b.layer && a.head === b.head;

/** The selected head and those chosen beside it. */
export function chosenHeads({ layer, head, others }: Selection): readonly HeadPlace[] {
  return [{ layer, head }, ...others];
}

/** The selection without a second mention of a head. */
export function withoutTwins(selection: Selection): Selection {
  const { others } = selection;
  const kept = others.filter(
    (other, at) => !isSameHead(other, selection) && others.findIndex((each) => isSameHead(each, other)) === at,
  );
  return kept.length === others.length ? selection : { ...selection, others: kept };
}

/**
 * Chooses a head beside the selected one, or lets it go. Letting the selected one go selects the first of the others; the last head
 * stays, and so does everything where no more can be chosen.
 */
export function toggleHead(selection: Selection, { layer, head }: HeadPlace): Selection {
  const { others } = selection;
  const place = { layer, head };
  if (isSameHead(place, selection)) {
    const [next, ...rest] = others;
    return next === undefined ? selection : { ...selection, ...next, others: rest };
  }
  const rest = others.filter((other) => !isSameHead(other, place));
  if (rest.length < others.length) return { ...selection, others: rest };
  return others.length + 1 >= MOST_HEADS ? selection : { ...selection, others: [...others, place] };
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

/** A cell a move further on, inside the matrix. */
export function cellMoved(
  { row, column }: { readonly row: number; readonly column: number },
  { dQuery, dKey }: { readonly dQuery: number; readonly dKey: number },
  { rows, columns }: { readonly rows: number; readonly columns: number },
): { readonly row: number; readonly column: number } {
  return { row: clamp(row + dQuery, rows), column: clamp(column + dKey, columns) };
}

/** The summary of the selected stack and site, if the run has it. */
export function summaryOf(summaries: readonly SiteSummary[], selection: Selection): SiteSummary | null {
  return summaries.find((item) => item.stack === selection.stack && item.site === selection.site) ?? null;
}

/** From the patterns of the chosen heads to lines: what each run's token flow draws, and the words around it. */
import { lineStyle } from '../figures/head-colours.ts';
import type { LineStyle } from '../figures/head-colours.ts';
import { percent } from '../figures/token-flow-legend.ts';
import type { FlowFacts, FlowSet, TokenFlowInput } from '../figures/token-flow-input.ts';
import type { FigureTheme } from '../figures/theme.ts';
import type { Lens } from '../state/lens.ts';
import type { Translate } from './failure.ts';
import { headsName, matrixPanels } from './matrix-panels.ts';
import type { MatrixPanel } from './matrix-panels.ts';
import type { PartFrame, RunPart } from './run-compare.ts';

/** The lines of one run, or of the difference of two. */
export interface FlowView {
  readonly part: RunPart;
  /** A panel a head, or one of all heads combined; all have the same rows and columns. */
  readonly panels: readonly MatrixPanel[];
  /** Lines of one colour; of a difference, two for each panel: what is more, and what is less. */
  readonly sets: readonly FlowSet[];
  readonly isDifference: boolean;
}

/** A view a run, in the order of `parts`; those that have no matrix are left out. */
export function flowViews(parts: readonly PartFrame[], lens: Lens, words: Translate): readonly FlowView[] {
  const panels = matrixPanels(parts, { ...lens, range: 'shared' });
  return parts.flatMap(({ part }) => {
    const own = panels.filter((panel) => panel.part === part);
    if (own.length === 0) return [];
    const isDifference = own.some((panel) => panel.isDifference);
    return [{ part, panels: own, sets: own.flatMap((panel, at) => setsOf(panel, at, words)), isDifference }];
  });
}

function setsOf(panel: MatrixPanel, at: number, words: Translate): readonly FlowSet[] {
  const { matrix, heads, combine, isDifference, part } = panel;
  const named = words(`views.panel.${combine}`, { heads: headsName(heads) });
  if (!isDifference) return [{ label: named, matrix, sign: 1, style: at }];
  const [first, ...others] = heads;
  const isOfRuns = part === 'difference' || first === undefined;
  const more = isOfRuns ? words('tokenFlow.more') : words('tokenFlow.moreIn', { head: headsName([first]) });
  const less = isOfRuns ? words('tokenFlow.less') : words('tokenFlow.moreIn', { head: headsName(others) });
  return [
    { label: more, matrix, sign: 1, style: 'more' },
    { label: less, matrix, sign: -1, style: 'less' },
  ];
}

/** Of the legend beside the figure: what one colour stands for. */
export interface FlowEntry extends LineStyle {
  readonly label: string;
  /** The panel whose lines can be shown alone; null where colours are not heads. */
  readonly panel: number | null;
}

export function flowEntries({ sets, panels, isDifference }: FlowView, theme: FigureTheme): readonly FlowEntry[] {
  const named = sets.filter(({ label }, at) => sets.findIndex((other) => other.label === label) === at);
  return named.map(({ label, style }) => {
    const panel = !isDifference && panels.length > 1 && typeof style === 'number' ? style : null;
    return { label, panel, ...lineStyle(style, theme) };
  });
}

/** What the lens and the view give the figure; sizes, titles and selection are the caller's to add. */
export type FlowFigure = Omit<TokenFlowInput, 'theme' | 'maxWidth' | 'maxHeight' | 'title' | 'subtitle'>;

/** @param alone the panel whose lines alone are drawn; null: all */
export function flowFigure(view: FlowView, lens: Lens, words: Translate, alone: number | null = null): FlowFigure {
  const [panel] = view.panels;
  if (panel === undefined) throw new RangeError('invalid view: no panel; expected the patterns of a head');
  const { rows, columns, labels } = panel;
  const { threshold, topK, direction } = lens;
  const chosen = alone === null ? view.sets : view.sets.filter(({ style }) => style === alone);
  return {
    sets: chosen.length === 0 ? view.sets : chosen,
    rows,
    columns,
    rowLabels: labels,
    columnLabels: labels,
    rowTitle: words('stage.query'),
    columnTitle: words('stage.key'),
    threshold,
    topK,
    direction,
    words: { notes: (facts) => flowNotes(facts, view.isDifference, words), weight: words('tokenFlow.weight') },
  };
}

/** What is said about the lines drawn. */
export function flowNotes(facts: FlowFacts, isDifference: boolean, words: Translate): readonly string[] {
  const { threshold, topK, direction, drawn, found, share, isBundled, isThinned, isDashed } = facts;
  const note = (key: string, values?: Record<string, string | number>): string =>
    words(`tokenFlow.note.${key}`, values ?? {});
  const lines = { least: thresholdText(threshold), share: percent(share) };
  return [
    note(isDifference ? 'scaleDifference' : 'scale'),
    note(`lines${isDifference ? 'Difference' : ''}${threshold > 0 ? '' : 'All'}`, lines),
    ...(topK === null ? [] : [note(direction === 'from' ? 'topKFrom' : 'topKTo', { count: topK })]),
    ...(drawn < found ? [note('strongest', { drawn, found })] : []),
    ...(isBundled ? [note('bundled')] : []),
    ...(isThinned ? [note('thinned')] : []),
    ...(isDashed ? [note('dashed')] : []),
  ];
}

/** Places of the slider, from 0: by the square root, so that small weights can be told apart. */
export const THRESHOLD_STEPS = 100;

/** The threshold of a place of the slider, to three digits. */
export function thresholdAt(place: number): number {
  return Number(((place / THRESHOLD_STEPS) ** 2).toPrecision(3));
}

/** The place of the slider nearest a threshold. */
export function placeOf(threshold: number): number {
  return Math.round(THRESHOLD_STEPS * Math.sqrt(Math.max(0, Math.min(1, threshold))));
}

export function thresholdText(threshold: number): string {
  return String(Number(threshold.toPrecision(3)));
}

/** The choices of `topK`. */
export const TOP_K = [1, 2, 3, 5, 10, 20] as const;

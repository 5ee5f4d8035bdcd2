/** The head view to take along: of one run, or of several side by side, as the lens has them. */
import { chosenToken } from '../figures/token-flow-layout.ts';
import type { TokenFlowInput } from '../figures/token-flow-input.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { Lens } from '../state/lens.ts';
import { changesText } from './export-text.ts';
import type { Translate } from './failure.ts';
import type { FigureText } from './figure-input.ts';
import { headsName, panelRow } from './matrix-panels.ts';
import type { PartFrame } from './run-compare.ts';
import { placeText } from './stage-text.ts';
import { flowFigure, flowViews } from './token-flow.ts';
import type { FlowView } from './token-flow.ts';

export interface FlowPlace {
  /** The runs that the stage shows side by side, or the only one. */
  readonly parts: readonly PartFrame[];
  readonly lens: Lens;
  readonly cell: { readonly query: number; readonly key: number | null };
  readonly theme: ThemeName;
  readonly words: Translate;
}

/** Room of the figure in px: a column of text at 96 px an inch, and of one of several side by side. */
const WIDTH = 860;
const PANEL = 560;
/** A token has so much height while the figure stays below the most; texts beyond that share lines and leave labels out. */
const TOKEN = 14;
const HEIGHT = { least: 480, most: 2000 };

/**
 * A figure a run, in the order of the stage, and the words above them all; a single one has those words itself. The selected token's
 * lines stand out; every token of the text is there, whatever part of it the stage makes readable.
 * @throws RangeError `invalid parts: …` without a frame
 */
export function flowExport({ parts, lens, cell, theme, words }: FlowPlace): {
  readonly text: FigureText;
  readonly figures: readonly TokenFlowInput[];
} {
  const [first] = parts;
  if (first === undefined) throw new RangeError('invalid parts: none; expected the frame that is shown');
  const views = flowViews(parts, lens, words);
  const text = flowText(first, views, words);
  const figures = views.map((view, at): TokenFlowInput => {
    const figure = flowFigure(view, lens, words);
    const own = views.length === 1 ? text : { title: words(`compare.part.${view.part}`), subtitle: '' };
    const maxHeight = Math.max(HEIGHT.least, Math.min(HEIGHT.most, figure.rows * TOKEN + 80));
    const size = { theme, maxWidth: views.length === 1 ? WIDTH : PANEL, maxHeight, id: `token-flow-${at}` };
    return { ...figure, ...own, ...size, selection: selectionOf(view, lens, cell) };
  });
  return { text, figures };
}

/** Title, what is seen, where, in which model, and what the lens did; several heads are named by the legend. */
function flowText({ frame }: PartFrame, views: readonly FlowView[], words: Translate): FigureText {
  const { selection, model } = frame;
  const [first] = views;
  const heads = new Set(first?.panels.flatMap((panel) => panel.heads.map((head) => headsName([head]))));
  const site = words(selection.site === 'self' ? 'ribbon.siteSelf' : 'ribbon.siteCross');
  const place = heads.size > 1 ? `${words(`ribbon.${selection.stack}`)}, ${site}` : placeText(selection, model, words);
  const notes = first?.panels[0]?.lensed?.note.map(({ key, values }) => words(key, values)) ?? [];
  const parts = [words('stage.subtitle.pattern'), place, model.entry.name, changesText(frame, words), ...notes];
  return { title: words('tokenFlow.title'), subtitle: parts.filter((part) => part !== '').join(' · ') };
}

/** The lines of the chosen side alone stand out; both tokens are marked. */
function selectionOf({ panels }: FlowView, { direction }: Lens, { query, key }: FlowPlace['cell']) {
  const [panel] = panels;
  if (panel === undefined) return undefined;
  const selection = { row: panelRow(panel, query) ?? undefined, column: panelRow(panel, key) ?? undefined };
  return chosenToken({ direction }, selection) === null ? undefined : selection;
}

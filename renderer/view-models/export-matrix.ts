/** Matrices to take along: of one head, of several, of two runs, as the lens has them. */
import type { HeatmapInput } from '../figures/heatmap-input.ts';
import type { ThemeName } from '../figures/theme.ts';
import { PLAIN_LENS } from '../state/lens.ts';
import type { ExportPlace, FigureInput, StageFigureInput } from './export-figure.ts';
import { plain } from './export-text.ts';
import type { Translate } from './failure.ts';
import { panelFigure } from './figure-input.ts';
import type { FigureText } from './figure-input.ts';
import { headsName, matrixPanels, panelRow } from './matrix-panels.ts';
import type { MatrixPanel } from './matrix-panels.ts';
import type { PartFrame } from './run-compare.ts';

/** Room of a matrix alone, and of one of several side by side, in px. */
const WIDTH = 860;
const HEIGHT = 860;
const PANEL = 560;

/** One figure as it is, several as panels of one. */
export function figuresOf(
  panels: readonly FigureInput[],
  around: { readonly text: FigureText; readonly theme: ThemeName; readonly isAcross: boolean },
): StageFigureInput {
  const [only] = panels;
  return panels.length === 1 && only !== undefined ? only : { kind: 'panels', ...around, panels };
}

/** A difference alone says so. */
export function labelled(text: FigureText, { part }: Pick<PartFrame, 'part'>, words: Translate): FigureText {
  if (part !== 'difference') return text;
  return { ...text, subtitle: `${words('compare.partHelp.difference')} · ${text.subtitle}` };
}

export function matrixExport(place: ExportPlace, parts: readonly PartFrame[], text: FigureText): StageFigureInput {
  const { words, theme, lens = PLAIN_LENS } = place;
  const panels = matrixPanels(parts, lens);
  const figures = panels.map((panel, at) =>
    panels.length === 1
      ? panelPart(panel, place, lensText(panel, labelled(text, panel, words), words), { maxWidth: WIDTH, at })
      : panelPart(panel, place, panelText(panel, { panels, parts }, words), { maxWidth: PANEL, at }),
  );
  return figuresOf(figures, { text: lensText(panels[0], text, words), theme, isAcross: true });
}

/** What the lens did is said under the title. */
function lensText(panel: MatrixPanel | undefined, text: FigureText, words: Translate): FigureText {
  const notes = panel?.lensed?.note ?? [];
  const heads = panel !== undefined && panel.combine !== 'each' ? [headsTitle(panel, words)] : [];
  return {
    ...text,
    subtitle: [text.subtitle, ...heads, ...notes.map(({ key, values }) => words(key, values))].join(' · '),
  };
}

/** The head is named where there are several, the run where there are two. */
function panelText(
  { heads, combine, part }: MatrixPanel,
  { panels, parts }: { readonly panels: readonly MatrixPanel[]; readonly parts: readonly PartFrame[] },
  words: Translate,
): FigureText {
  const named = panels.length > parts.length || combine !== 'each' ? [headsTitle({ heads, combine }, words)] : [];
  if (parts.length === 1) return { title: named.join(), subtitle: '' };
  return {
    title: [...named, words(`compare.part.${part}`)].join(' · '),
    subtitle: words(`compare.partHelp.${part}`),
  };
}

/** `Head 1 · 2`, `Mean of heads 1 · 2, 0 · 3`. */
export function headsTitle({ heads, combine }: Pick<MatrixPanel, 'heads' | 'combine'>, words: Translate): string {
  return words(`views.panel.${combine}`, { heads: headsName(heads) });
}

export function panelPart(
  panel: MatrixPanel,
  { cell, theme, words }: ExportPlace,
  text: FigureText,
  around: { readonly maxWidth: number; readonly at: number; readonly selection?: HeatmapInput['selection'] },
): FigureInput {
  const { maxWidth, at } = around;
  const figure = panelFigure(panel, text, words);
  const size = { theme, maxWidth, maxHeight: HEIGHT, id: `figure-${panel.part}${at === 0 ? '' : `-${at}`}` };
  const own = { row: panelRow(panel, cell.query) ?? undefined, column: panelRow(panel, cell.key) ?? undefined };
  return {
    kind: 'heatmap',
    input: { ...figure, legendTitle: plain(figure.legendTitle), ...size, selection: around.selection ?? own },
  };
}

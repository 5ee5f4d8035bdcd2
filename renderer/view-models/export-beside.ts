/** Two sentences or two models side by side, to take along. */
import type { BesidePanels } from './beside-panels.ts';
import { leftRow, linkedRow, SIDES } from './beside-panels.ts';
import { alignedText, sideTitle } from './beside-text.ts';
import type { ExportPlace, StageFigureInput } from './export-figure.ts';
import { figuresOf, panelPart } from './export-matrix.ts';
import type { FigureText } from './figure-input.ts';
import { tokenLabel } from './format.ts';

/** Room of one of the matrices, in px. */
const PANEL = 560;
/** As much of a sentence stands under its panel's title, in characters. */
const QUOTED = 60;

export function besideExport(place: ExportPlace, shown: BesidePanels, text: FigureText): StageFigureInput {
  const { words, theme, cell } = place;
  const row = leftRow(shown, cell.query);
  const column = leftRow(shown, cell.key);
  const figures = SIDES.map((side, at) => {
    const panel = shown.panels[side];
    const around = { title: sideTitle(shown, side, words), subtitle: side === 'difference' ? '' : quoted(panel.frame) };
    const selection = {
      row: linkedRow(shown, 'left', side, row) ?? undefined,
      column: linkedRow(shown, 'left', side, column) ?? undefined,
    };
    return panelPart(panel, place, around, { maxWidth: PANEL, at, selection });
  });
  const notes = (shown.panels.left.lensed?.note ?? []).map(({ key, values }) => words(key, values));
  const subtitle = [words('views.besideTitle'), ...notes, alignedText(shown, words)].join(' · ');
  return figuresOf(figures, { text: { title: text.title, subtitle }, theme, isAcross: true });
}

function quoted({ input }: BesidePanels['panels']['left']['frame']): string {
  const text = tokenLabel(input.text.replace(/\s+/g, ' ').trim());
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}

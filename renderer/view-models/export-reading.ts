/** The coloured text to take along: of one head or run, of several below each other, as the lens has them. */
import type { ReadingInput } from '../figures/reading.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { Lens } from '../state/lens.ts';
import { figureText } from './export-text.ts';
import type { Translate } from './failure.ts';
import type { FigureText } from './figure-input.ts';
import { lensedFrame, rowOf } from './lens/apply.ts';
import { headsName, matrixPanels } from './matrix-panels.ts';
import type { MatrixPanel } from './matrix-panels.ts';
import { readingLegend, readingTitle, weightBetween } from './reading.ts';
import { readingText } from './reading-text.ts';
import type { ReadingPart } from './reading-text.ts';
import type { PartFrame } from './run-compare.ts';

export interface ReadingPlace {
  /** The runs that the stage shows side by side, or the only one. */
  readonly parts: readonly PartFrame[];
  readonly lens: Lens;
  /** The token whose weights are shown. */
  readonly query: number;
  readonly theme: ThemeName;
  readonly words: Translate;
}

/** Room of the figure in px: a column of text at 96 px an inch. */
const WIDTH = 720;

/**
 * A figure a panel, in the order of the stage, and the words above them all; a single one has those words itself.
 * @throws RangeError `invalid parts: …` without a frame
 */
export function readingExport({ parts, lens, query, theme, words }: ReadingPlace): {
  readonly text: FigureText;
  readonly figures: readonly ReadingInput[];
} {
  const [first] = parts;
  if (first === undefined) throw new RangeError('invalid parts: none; expected the frame that is shown');
  const frame = first.pair?.[0] ?? first.frame;
  const shown = lensedFrame(frame, lens);
  const runs = readingText(shown, frame.run.tokens, frame.input);
  const row = rowOf(shown, query);
  const panels = matrixPanels(parts, lens);
  const token = row === null ? '' : (shown.labels[row]?.text ?? '');
  const about =
    row === null ? words('reading.hiddenRow') : words(`reading.ofText.${lens.direction}`, { token, index: query });
  const above = figureText(first.frame, null, words, [about, ...several(panels, words)]);
  const note = shown.note.map(({ key, values }) => words(key, values)).join(' · ');
  const figures = panels.map((panel, at): ReadingInput => {
    const text = panels.length === 1 ? above : { title: readingTitle(panel, words), subtitle: '' };
    const look = { scale: panel.scale, legendTitle: readingLegend(panel, words), theme, maxWidth: WIDTH, note };
    return { ...text, ...coloured(runs, panel, row, lens), ...look, id: `reading-${at}` };
  });
  return { text: above, figures };
}

/** The heads of the only panel, where they are more than the one that the place names. */
function several(panels: readonly MatrixPanel[], words: Translate): readonly string[] {
  const [only] = panels;
  if (only === undefined || panels.length > 1 || only.heads.length < 2) return [];
  return [words(`views.panel.${only.combine}`, { heads: headsName(only.heads) })];
}

function coloured(
  parts: readonly ReadingPart[],
  panel: MatrixPanel,
  row: number | null,
  { direction }: Lens,
): Pick<ReadingInput, 'runs' | 'anchor' | 'role'> {
  const anchor = row === null ? -1 : parts.findIndex((part) => part.row === row);
  const runs = parts.map(({ before, text, kind, row: other }) => ({
    before,
    text,
    kind,
    weight: other === null ? null : row === null ? 0 : weightBetween(panel, row, other, direction),
  }));
  return { runs, anchor: anchor < 0 ? null : anchor, role: direction === 'from' ? 'query' : 'key' };
}

/** Where everything of a token × dimension figure lies, in px: one or more panels side by side that share their row labels. */
import { colourScale, scoreScale, tableColour } from './colour-scale.ts';
import type { ColourScale } from './colour-scale.ts';
import { placeHeading } from './heading.ts';
import type { Heading } from './heading.ts';
import type { AxisLabel } from './heatmap-input.ts';
import { shownIndices } from './heatmap-grid.ts';
import { legendLayout } from './legend.ts';
import type { LegendLayout, Rect, TextLine } from './legend.ts';
import { fitText, labelText, textWidth } from './text.ts';
import { THEMES, TYPE } from './theme.ts';
import type { ThemeName } from './theme.ts';
import { stripTable } from './vector-strip.ts';
import type { StripHue } from './vector-strip.ts';

export interface VectorPanel {
  /** [rows, columns], row-major: a vector of `columns` numbers a token. */
  readonly matrix: Float32Array;
  readonly columns: number;
  /** Above the panel; empty for none. */
  readonly title: string;
  readonly hue: StripHue;
  /** Magnitude that gets the full colour; default: the largest finite one. */
  readonly reach?: number;
  readonly legendTitle: string;
}

export interface TokenVectorsInput {
  readonly rows: number;
  readonly rowLabels: readonly AxisLabel[];
  readonly panels: readonly VectorPanel[];
  readonly title: string;
  readonly subtitle: string;
  /** Name of the columns, `dimension`. */
  readonly columnTitle: string;
  readonly theme: ThemeName;
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly textScale?: number;
  /** Prefix of the ids inside the SVG. Default `vectors`. */
  readonly id?: string;
}

export interface PanelLayout {
  readonly cells: Rect;
  readonly title: TextLine | null;
  readonly ticks: readonly TextLine[];
  readonly legend: LegendLayout & { readonly x: number; readonly y: number };
}

export interface TokenVectorsLayout {
  readonly width: number;
  readonly height: number;
  readonly heading: Heading;
  readonly rowHeight: number;
  /** Empty px below each row's cells. */
  readonly rowGap: number;
  readonly labelSize: number;
  readonly rowLabels: readonly (TextLine & { readonly index: number; readonly full: string })[];
  readonly panels: readonly PanelLayout[];
}

const PANEL_GAP = 28;

/** The diverging scale of a panel, in its hue. */
export function panelScale(panel: VectorPanel, theme: ThemeName): ColourScale {
  const spec = panel.reach === undefined ? scoreScale(panel.matrix) : scoreScale(Float32Array.of(panel.reach));
  const scale = colourScale(spec, THEMES[theme]);
  const table = stripTable(panel.hue, THEMES[theme]);
  const colour = (value: number): string =>
    Number.isFinite(value) ? tableColour(table, scale.position(value)) : scale.missing;
  return { ...scale, table, colour };
}

/**
 * Checks an input and lays it out.
 * @throws RangeError `invalid <name>: <value>` when labels or sizes do not fit the panels
 */
export function tokenVectorsLayout(input: TokenVectorsInput): TokenVectorsLayout {
  checkVectors(input);
  const unit = input.textScale ?? 1;
  const pad = 16 * unit;
  const room = Math.max(200 * unit, input.maxWidth - 2 * pad);
  const heading = placeHeading(input.title, input.subtitle, { unit, pad, room });
  const size = TYPE.label * unit;
  const widest = input.rowLabels.reduce(
    (most, { text }) => Math.max(most, textWidth(labelText(text), size, 'mono')),
    0,
  );
  const labelRoom = Math.min(widest, 120 * unit) + 9 * unit;
  const gap = PANEL_GAP * unit;
  const count = input.panels.length;
  const panelWidth = (room - labelRoom - gap * (count - 1)) / count;
  const top = heading.bottom + (heading.bottom > pad ? 12 * unit : 0) + panelHead(input, unit);
  const legends = input.panels.map((panel) => legendOf(panel, input.theme, panelWidth, unit));
  const legendHeight = Math.max(...legends.map(({ height }) => height)) + 14 * unit;
  const free = Math.max(60 * unit, input.maxHeight - top - legendHeight - pad);
  const rowHeight = fitRow(Math.min(28 * unit, free / input.rows));
  const bottom = top + rowHeight * input.rows;
  const panels = input.panels.map((panel, index): PanelLayout => {
    const x = pad + labelRoom + index * (panelWidth + gap);
    const cells = { x, y: top, width: panelWidth, height: rowHeight * input.rows };
    const legend = { ...legends[index]!, x, y: bottom + 14 * unit };
    return { cells, legend, ...placePanelHead(panel, input.columnTitle, cells, unit) };
  });
  return {
    width: Math.ceil(pad * 2 + room),
    height: Math.ceil(bottom + legendHeight + pad),
    heading,
    rowHeight,
    rowGap: rowHeight >= 8 ? 2 : rowHeight >= 4 ? 1 : 0,
    labelSize: size,
    rowLabels: placeRowLabels(input, { x: pad + labelRoom - 7 * unit, top, rowHeight, size, cap: 120 * unit }),
    panels,
  };
}

/** The panel and cell under a point of the figure, or null. */
export function vectorAt(
  layout: TokenVectorsLayout,
  input: Pick<TokenVectorsInput, 'panels' | 'rows'>,
  x: number,
  y: number,
): { panel: number; row: number; column: number } | null {
  for (const [panel, { cells }] of layout.panels.entries()) {
    const columns = input.panels[panel]!.columns;
    const row = Math.floor((y - cells.y) / layout.rowHeight);
    const column = Math.floor(((x - cells.x) / cells.width) * columns);
    if (row >= 0 && row < input.rows && column >= 0 && column < columns) return { panel, row, column };
  }
  return null;
}

function panelHead(input: TokenVectorsInput, unit: number): number {
  return (input.panels.some(({ title }) => title !== '') ? 22 : 0) * unit + 18 * unit;
}

function fitRow(raw: number): number {
  return raw >= 4 ? Math.floor(raw) : Math.max(0.5, Math.floor(raw * 100) / 100);
}

function legendOf(panel: VectorPanel, theme: ThemeName, width: number, unit: number): LegendLayout {
  const scale = panelScale(panel, theme);
  const off = panel.matrix.some((value) => !Number.isFinite(value))
    ? [{ kind: 'missing' as const, text: 'not a number' }]
    : [];
  return legendLayout({
    scale,
    title: panel.legendTitle,
    off,
    width,
    barWidth: Math.min(240 * unit, width),
    textScale: unit,
  });
}

function placePanelHead(panel: VectorPanel, columnTitle: string, cells: Rect, unit: number) {
  const title: TextLine | null =
    panel.title === '' ? null : { x: cells.x, y: cells.y - 26 * unit, text: panel.title, anchor: 'start' };
  const name = `${columnTitle} →`;
  const last = panel.columns - 1;
  const ticks: TextLine[] = [{ x: cells.x, y: cells.y - 7 * unit, text: '0', anchor: 'start' }];
  if (last > 0) ticks.push({ x: cells.x + cells.width, y: cells.y - 7 * unit, text: String(last), anchor: 'end' });
  const free = cells.width - 60 * unit;
  if (textWidth(name, TYPE.label * unit, 'mono') < free) {
    ticks.push({ x: cells.x + cells.width / 2, y: cells.y - 7 * unit, text: name, anchor: 'middle' });
  }
  return { title, ticks };
}

function placeRowLabels(
  input: TokenVectorsInput,
  place: { x: number; top: number; rowHeight: number; size: number; cap: number },
): TokenVectorsLayout['rowLabels'] {
  const { x, top, rowHeight, size, cap } = place;
  return shownIndices(input.rows, rowHeight, size * 1.25).map((index) => {
    const full = labelText(input.rowLabels[index]!.text);
    const y = top + (index + 0.5) * rowHeight + size * 0.35;
    return { index, full, text: fitText(full, cap, size, 'mono'), x, y, anchor: 'end' as const };
  });
}

function checkVectors(input: TokenVectorsInput): void {
  const { rows, rowLabels, panels, maxWidth, maxHeight } = input;
  if (!Number.isInteger(rows) || rows <= 0) throw new RangeError(`invalid rows: ${rows}`);
  if (rowLabels.length !== rows) throw new RangeError(`invalid rowLabels: ${rowLabels.length} labels for ${rows} rows`);
  if (panels.length === 0) throw new RangeError('invalid panels: none');
  for (const { matrix, columns } of panels) {
    if (!Number.isInteger(columns) || columns <= 0 || matrix.length !== rows * columns) {
      throw new RangeError(`invalid matrix: ${matrix.length} values for ${rows} × ${columns} cells`);
    }
  }
  if (!(maxWidth > 0 && maxHeight > 0)) throw new RangeError(`invalid size: ${maxWidth} × ${maxHeight}`);
}

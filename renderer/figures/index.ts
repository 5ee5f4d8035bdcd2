/** The figures: every one takes plain data and an injected `document`, and returns a detached SVG element. */
export * from './atlas.ts';
export * from './colour-scale.ts';
export * from './heatmap.ts';
export { DIVERGING_PALETTES, SEQUENTIAL_PALETTES } from './palettes.ts';
export type { DivergingPalette, PaletteName, SequentialPalette } from './palettes.ts';
export { dataUrl, encodePng, pngDataUrl } from './png.ts';
export { paintCells, rasterise } from './raster.ts';
export type { MaskedPixels, RasterImage } from './raster.ts';
export { figurePanels } from './panels.ts';
export type { PanelsInput } from './panels.ts';
export { lineStyle, MOST_STYLES } from './head-colours.ts';
export type { LineKind, LineStyle } from './head-colours.ts';
export { tokenFlow } from './token-flow.ts';
export type { FlowDirection, FlowSet, TokenFlowInput } from './token-flow.ts';
export { MONO_FONT, THEMES, TYPE, WORD_FONT } from './theme.ts';
export type { FigureTheme, ThemeName } from './theme.ts';
export * from './vector-strip.ts';
export * from './walk-figure.ts';

/** A line of the table of figures; `id` is what a user types and what a file is named after. */
export interface FigureEntry {
  readonly id: 'heatmap' | 'atlas' | 'token-flow';
  readonly label: string;
  /** What one figure shows: one head's matrix, some heads, or all heads of a site. */
  readonly shows: 'head' | 'heads' | 'site';
}

export const FIGURES: readonly FigureEntry[] = [
  { id: 'heatmap', label: 'Heatmap', shows: 'head' },
  { id: 'atlas', label: 'Atlas of all heads', shows: 'site' },
  { id: 'token-flow', label: 'Token flow', shows: 'heads' },
];

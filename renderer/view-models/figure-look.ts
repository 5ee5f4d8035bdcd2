/** How a figure is drawn elsewhere than on the stage: theme, size, type and colours. */
import type { ColourScaleSpec } from '../figures/colour-scale.ts';
import { DIVERGING_PALETTES, SEQUENTIAL_PALETTES } from '../figures/palettes.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { FigureInput, StageFigureInput } from './export-figure.ts';

export interface FigureLook {
  readonly theme: ThemeName;
  /** Room in px; left out: the figure's own. */
  readonly width?: number;
  /** Factor on all type sizes; default 1. */
  readonly textScale?: number;
  /** Of sequential scales, and of diverging ones; left out: the figure's own. */
  readonly palette?: ColourScaleSpec['palette'];
  /** False: the figure's own title and subtitle are left out. */
  readonly heading?: boolean;
}

/** The same figure with another look; what a kind of figure has no setting for stays. */
export function withLook(figure: StageFigureInput, look: FigureLook): StageFigureInput {
  if (figure.kind !== 'panels') return oneWithLook(figure, look);
  const { panels, text, isAcross } = figure;
  const width = look.width === undefined ? undefined : isAcross ? look.width / panels.length : look.width;
  const each = panels.map((panel) =>
    oneWithLook(panel, { ...look, ...(width === undefined ? {} : { width }), heading: true }),
  );
  const title = look.heading === false ? { title: '', subtitle: '' } : text;
  return { ...figure, text: title, panels: each };
}

function oneWithLook(figure: FigureInput, { width, textScale, palette, heading }: FigureLook): FigureInput {
  const input = {
    ...figure.input,
    ...(textScale === undefined ? {} : { textScale }),
    ...(heading === false ? { title: '', subtitle: '' } : {}),
    ...(width === undefined ? {} : figure.kind === 'walk' ? { width } : { maxWidth: width }),
    ...(palette !== undefined && 'scale' in figure.input ? { scale: recoloured(figure.input.scale, palette) } : {}),
  };
  // The parts that were replaced are of the kind that the figure had.
  return { ...figure, input } as FigureInput;
}

/** Another palette where it is of the scale's own kind. */
function recoloured(scale: ColourScaleSpec, palette: string): ColourScaleSpec {
  const own: readonly string[] = scale.kind === 'diverging' ? DIVERGING_PALETTES : SEQUENTIAL_PALETTES;
  return own.includes(palette) ? ({ ...scale, palette } as ColourScaleSpec) : scale;
}

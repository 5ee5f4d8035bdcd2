/** Draws what a view-model made, as the figure that a file holds. */
import { atlas } from '../figures/atlas.ts';
import { atlasSections } from '../figures/atlas-sections.ts';
import { heatmap } from '../figures/heatmap.ts';
import { layerFlow } from '../figures/layer-flow.ts';
import { figurePanels } from '../figures/panels.ts';
import { readingFigure } from '../figures/reading.ts';
import { textTable } from '../figures/text-table.ts';
import { tokenFlow } from '../figures/token-flow.ts';
import { tokenVectors } from '../figures/token-vectors.ts';
import { walkFigure } from '../figures/walk-figure.ts';
import type { FigureInput, StageFigureInput } from './export-figure.ts';

export function drawFigure(figure: StageFigureInput, document: Document): SVGSVGElement {
  if (figure.kind !== 'panels') return drawOne(figure, document);
  const { text, theme, isAcross, panels } = figure;
  return figurePanels(
    { ...text, theme, isAcross, figures: panels.map((panel) => drawOne(panel, document)) },
    { document },
  );
}

function drawOne(figure: FigureInput, document: Document): SVGSVGElement {
  switch (figure.kind) {
    case 'heatmap':
      return heatmap(figure.input, { document, cells: 'draw' });
    case 'vectors':
      return tokenVectors(figure.input, { document, cells: 'draw' });
    case 'table':
      return textTable(figure.input, { document });
    case 'walk':
      return walkFigure(figure.input, { document });
    case 'token-flow':
      return tokenFlow(figure.input, { document, lines: 'draw' });
    case 'reading':
      return readingFigure(figure.input, { document });
    case 'layer-flow':
      return layerFlow(figure.input, { document });
    case 'atlas':
      return atlas(figure.input, { document });
    case 'atlas-sections':
      return atlasSections(figure.input, { document });
  }
}

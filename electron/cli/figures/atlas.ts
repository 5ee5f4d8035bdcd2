/** All heads of a site as small pictures. */
import { summary } from '../../../native-models/index.ts';
import { atlas, SEQUENTIAL_PALETTES, weightScale } from '../../../renderer/figures/index.ts';
import type { ColourScaleSpec } from '../../../renderer/figures/index.ts';
import { atlasData } from '../../../renderer/view-models/figure-data.ts';
import { UsageError } from '../command.ts';
import type { Values } from '../command.ts';
import { THEME_NAMES } from '../options.ts';
import { chooseSite, refuseFlowOptions, whatIf } from './figure.ts';
import type { CliFigure } from './figure.ts';

export const atlasFigure: CliFigure = {
  id: 'atlas',
  checkOptions: (values) => {
    refuseFlowOptions(values);
    values.choice('theme', THEME_NAMES, 'light');
    scaleOf(values);
    size(values);
    for (const name of ['layer', 'head', 'stage', 'query', 'key', 'max'] as const) {
      if (values.text(name) !== undefined)
        throw new UsageError(`--${name} is for the heatmap; the atlas shows all heads.`);
    }
  },
  checkModel: (model, values) => {
    chooseSite(model, values);
  },
  draw: (trace, values, { document, interventions }) => {
    const { stack, site } = chooseSite(trace.model, values);
    const found = summary(trace).find((each) => each.stack === stack.name && each.site === site);
    if (!found) throw new Error(`The run has no summary of ${stack.name} ${site}.`);
    const scale = scaleOf(values);
    const svg = atlas(
      {
        ...found,
        title: 'Attention of all heads',
        subtitle: `${stack.name} ${site} · ${trace.model.entry.id}${whatIf(interventions)}`,
        rowTitle: 'layer',
        columnTitle: 'head',
        legendTitle: `${cellWords(found.block)}, ${scale.transform === 'sqrt' ? 'square-root' : 'linear'} scale`,
        scale,
        theme: values.choice('theme', THEME_NAMES, 'light'),
        ...size(values),
      },
      { document },
    );
    return Promise.resolve({ svg, data: atlasData(found), facts: { stack: stack.name, site } });
  },
};

function scaleOf(values: Values): ColourScaleSpec {
  return weightScale({
    palette: values.choice('palette', SEQUENTIAL_PALETTES, 'headlight'),
    transform: values.choice('colour-scale', ['sqrt', 'linear'], 'sqrt'),
  });
}

function size(values: Values) {
  const limits = { least: 240, most: 10000 };
  return { maxWidth: values.count('width', limits) ?? 760, maxHeight: values.count('height', limits) ?? 760 };
}

/** What one cell of a picture stands for. */
function cellWords(block: number): string {
  return block === 1 ? 'weight' : `largest weight among ${block} × ${block} tokens`;
}

/** One head's matrix at one stage of the computation. */
import { slice } from '../../../native-models/index.ts';
import type { Trace } from '../../../native-models/index.ts';
import {
  DIVERGING_PALETTES,
  heatmap,
  largestMagnitude,
  scoreScale,
  SEQUENTIAL_PALETTES,
  weightScale,
} from '../../../renderer/figures/index.ts';
import type { ColourScaleSpec, HeatmapInput } from '../../../renderer/figures/index.ts';
import { figureData } from '../../../renderer/view-models/figure-data.ts';
import { UsageError } from '../command.ts';
import type { Values } from '../command.ts';
import { THEME_NAMES } from '../options.ts';
import { scaleOfHead } from '../interventions.ts';
import { chooseSite, refuseFlowOptions, required, requiredIndex, whatIf } from './figure.ts';
import type { CliFigure } from './figure.ts';

export const STAGES = ['pattern', 'scores', 'scaled', 'masked'] as const;
export type Stage = (typeof STAGES)[number];

/** Title, and what the numbers are. */
const WORDS: Readonly<Record<Stage, { title: string; legend: (scaled: string) => string }>> = {
  scores: { title: 'Scores', legend: () => 'q·k' },
  scaled: { title: 'Scaled scores', legend: (scaled) => scaled },
  masked: { title: 'Masked scores', legend: (scaled) => scaled },
  pattern: { title: 'Attention weights', legend: () => 'weight' },
};

export const heatmapFigure: CliFigure = {
  id: 'heatmap',
  checkOptions: (values) => {
    refuseFlowOptions(values);
    values.choice('theme', THEME_NAMES, 'light');
    scaleOf(values, new Float32Array(1));
    size(values, 1);
    for (const name of ['layer', 'head']) required(values, name);
    for (const name of ['query', 'key']) values.count(name);
  },
  checkModel: (model, values) => {
    const { stack } = chooseSite(model, values);
    requiredIndex(values, 'layer', stack.layers, model);
    requiredIndex(values, 'head', stack.heads, model);
  },
  draw: async (trace, values, { document, interventions }) => {
    const { model } = trace;
    const { stack, site } = chooseSite(model, values);
    const layer = requiredIndex(values, 'layer', stack.layers, model);
    const head = requiredIndex(values, 'head', stack.heads, model);
    const stage = values.choice('stage', STAGES, 'pattern');
    const name = `${stack.name}.${layer}.${site}.${stage}`;
    const { data, dims } = await slice(trace, name, head);
    const [rows = 0, columns = 0] = dims;
    const factor = scaleOfHead(interventions, { stack: stack.name, layer, head });
    const input: HeatmapInput = {
      ...axes(trace, values, rows, columns),
      ...headline(stage, values, factor === null ? `q·k ÷ √${stack.dHead}` : `q·k × ${factor}`),
      subtitle: `${name}, head ${head} · ${model.entry.id}${whatIf(interventions)}`,
      ...size(values, Math.max(rows, columns)),
      matrix: data,
      rows,
      columns,
      scale: scaleOf(values, data),
      theme: values.choice('theme', THEME_NAMES, 'light'),
    };
    const facts = { stack: stack.name, site, layer, head, stage };
    return { svg: heatmap(input, { document, cells: 'draw' }), data: figureData({ kind: 'heatmap', input }), facts };
  },
};

/** @param scaled how q·k is scaled, in symbols */
function headline(stage: Stage, values: Values, scaled: string) {
  const { title, legend } = WORDS[stage];
  const { transform } = scaleOf(values, new Float32Array(1));
  const shown = { sqrt: 'square-root scale', linear: 'linear scale', symlog: 'logarithmic scale' }[transform];
  const sums = stage === 'pattern' ? ' · rows sum to 1' : '';
  return { title, legendTitle: `${legend(scaled)}, ${shown}${sums}` };
}

/** Labels, and the selection of --query and --key. @throws UsageError for a token that the text does not have */
export function axes(trace: Trace, values: Values, rows: number, columns: number) {
  const labels = trace.tokens.map(({ text, special }) => ({ text, special }));
  const index = (name: 'query' | 'key', count: number) => {
    const value = values.count(name);
    if (value !== undefined && value >= count) {
      throw new UsageError(`--${name} ${value}: the text has ${count} tokens, 0 to ${count - 1}.`);
    }
    return value;
  };
  return {
    rowLabels: labels.slice(0, rows),
    columnLabels: labels.slice(0, columns),
    rowTitle: 'query',
    columnTitle: 'key',
    selection: { row: index('query', rows), column: index('key', columns) },
  };
}

/** Large matrices get two px a cell where the options do not say otherwise. */
function size(values: Values, cells: number) {
  const standard = Math.min(2400, Math.max(760, cells * 2 + 200));
  const limits = { least: 240, most: 10000 };
  return {
    maxWidth: values.count('width', limits) ?? standard,
    maxHeight: values.count('height', limits) ?? standard,
  };
}

function scaleOf(values: Values, data: Float32Array): ColourScaleSpec {
  const stage = values.choice('stage', STAGES, 'pattern');
  if (stage === 'pattern') {
    const transform = values.choice('colour-scale', ['sqrt', 'linear'], 'sqrt');
    const palette = values.choice('palette', SEQUENTIAL_PALETTES, 'headlight');
    const max = values.text('max') === 'auto' ? largestMagnitude(data) : (values.positive('max') ?? 1);
    return weightScale({ palette, transform, max });
  }
  const transform = values.choice('colour-scale', ['linear', 'symlog'], 'linear');
  const reach = values.text('max') === 'auto' ? undefined : values.positive('max');
  return scoreScale(reach === undefined ? data : Float32Array.of(reach), {
    palette: values.choice('palette', DIVERGING_PALETTES, 'puor'),
    transform,
  });
}

/** Where in a run a view looks, and how: from the options of `figure`. */
import { FIRST_FLOW } from '../../../renderer/state/flow-options.ts';
import type { FlowOptions } from '../../../renderer/state/flow-options.ts';
import { COMBINATIONS, PLAIN_LENS } from '../../../renderer/state/lens.ts';
import type { Lens } from '../../../renderer/state/lens.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import type { HeadPlace, Selection } from '../../../renderer/state/selection.ts';
import { ALL_STATIONS } from '../../../renderer/state/stations.ts';
import type { StageView } from '../../../renderer/state/views.ts';
import type { OpenedModel } from '../../api/model.ts';
import { UsageError } from '../command.ts';
import type { OptionHelp, Values } from '../command.ts';

/** Options that only the app's views have. */
export const VIEW_OPTIONS = {
  language: { value: 'L', help: "of the words in a view's figure: en (the default) or nl" },
  combine: { value: 'C', help: `several heads: ${COMBINATIONS.join(', ')}; default each` },
  unit: { value: 'U', help: 'rows and columns: pieces (the default) or words' },
  hide: { value: 'W', help: 'special, first, or special,first: tokens that are left out' },
  rescale: { help: 'makes the weights that stay sum to 1 again' },
  method: { value: 'M', help: 'layers: raw, rollout (the default) or flow' },
  weights: { value: 'W', help: 'layers: attention (the default) or norms' },
  residual: { value: 'R', help: "layers: the residual stream's share, 0 to 1, default 0.5" },
  position: { value: 'N', help: 'prediction and lm-head: the token that predicts, from 0' },
  'beside-text': { value: 'T', help: 'beside: the other sentence' },
  'beside-model': { value: 'M', help: 'beside and tokenizers: the other model' },
  masked: { value: 'N,…', help: 'fill: tokens that are masked for the question' },
  colour: { value: 'C', help: 'lens: probability (the default), entropy or kl' },
  start: { help: "surprise: with the model's start token before the text" },
  steps: { value: 'N', help: 'generate: tokens to add, the most probable each time, default 8' },
  kind: { value: 'K', help: 'positions: learned (the default), sinusoidal, rotary or relative' },
  depth: { value: 'D', help: "neighbours: row (the default), sum, or a layer's number" },
  word: { value: 'N', help: 'pieces: which word, from 0; default that of --query' },
  search: { value: 'S', help: 'vocabulary: text, piece or #id; default all' },
} as const satisfies Readonly<Record<string, OptionHelp>>;

export interface AppPlace {
  readonly selection: Selection;
  readonly lens: Lens;
  readonly flow: FlowOptions;
}

/** @throws UsageError for a place that the model or the text does not have */
export function appPlace(
  values: Values,
  view: StageView,
  { station, mode }: Pick<Selection, 'station' | 'mode'>,
  { stacks, entry }: OpenedModel,
): AppPlace {
  const last = stacks.at(-1);
  if (last === undefined) throw new UsageError(`${entry.id} has no attention layers.`);
  const name = values.choice(
    'stack',
    stacks.map((stack) => stack.name),
    last.name,
  );
  const stack = stacks.find((each) => each.name === name) ?? last;
  const within = (option: 'layer' | 'head', count: number): number => {
    const index = values.count(option) ?? 0;
    if (index < count) return index;
    throw new UsageError(`--${option} ${index}: ${entry.id} has ${count} ${option}s, 0 to ${count - 1}.`);
  };
  const [first, ...others] = writtenHeads(values);
  const outside = [first, ...others].find(
    (each) => each !== undefined && (each.layer >= stack.layers || each.head >= stack.heads),
  );
  if (outside !== undefined) {
    const most = `${stack.layers - 1}.${stack.heads - 1}`;
    throw new UsageError(`--heads ${outside.layer}.${outside.head}: ${entry.id} has heads 0.0 to ${most}.`);
  }
  const selection: Selection = {
    ...FIRST_SELECTION,
    ...{ stack: stack.name, site: values.choice('site', stack.sites, stack.sites[0] ?? 'self') },
    layer: first?.layer ?? within('layer', stack.layers),
    head: first?.head ?? within('head', stack.heads),
    ...{ others, station, mode, view },
    query: values.count('query') ?? 0,
    key: values.count('key') ?? null,
    position: values.count('position') ?? null,
  };
  return { selection, lens: lensOf(values), flow: flowOf(values) };
}

/** The station of --stage. @throws UsageError */
export function stationOf(values: Values): Selection['station'] {
  return values.choice('stage', ALL_STATIONS, 'pattern');
}

function writtenHeads(values: Values): readonly HeadPlace[] {
  const text = values.text('heads');
  if (text === undefined) return [];
  return text.split(',').map((each) => {
    const [, layer, head] = /^(\d+)\.(\d+)$/.exec(each) ?? [];
    if (layer === undefined || head === undefined)
      throw new UsageError(`--heads takes layers and heads such as 1.2,0.3, from 0; "${each}" is not one.`);
    return { layer: Number(layer), head: Number(head) };
  });
}

function lensOf(values: Values): Lens {
  const hidden = (values.text('hide') ?? '').split(',').filter(Boolean);
  const unknown = hidden.find((each) => each !== 'special' && each !== 'first');
  if (unknown !== undefined) throw new UsageError(`--hide takes special, first or both; "${unknown}" is not one.`);
  return {
    ...PLAIN_LENS,
    combine: values.choice('combine', COMBINATIONS, PLAIN_LENS.combine),
    unit: values.choice('unit', ['pieces', 'words'], PLAIN_LENS.unit),
    hideSpecial: hidden.includes('special'),
    hideFirst: hidden.includes('first'),
    renormalise: values.flag('rescale'),
    direction: values.choice('direction', ['from', 'to'], PLAIN_LENS.direction),
    threshold: share(values, 'threshold', PLAIN_LENS.threshold),
    topK: values.count('top-k', { least: 1 }) ?? null,
  };
}

function flowOf(values: Values): FlowOptions {
  return {
    method: values.choice('method', ['raw', 'rollout', 'flow'], FIRST_FLOW.method),
    weighting: values.choice('weights', ['attention', 'norms'], FIRST_FLOW.weighting),
    residual: share(values, 'residual', FIRST_FLOW.residual),
  };
}

function share(values: Values, name: string, standard: number): number {
  const text = values.text(name);
  if (text === undefined) return standard;
  const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
  if (value <= 1) return value;
  throw new UsageError(`--${name} takes a number from 0 to 1; "${text}" is not one.`);
}

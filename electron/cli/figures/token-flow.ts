/** Lines from queries to keys, of one head or several. */
import { slice } from '../../../native-models/index.ts';
import type { Model, Trace } from '../../../native-models/index.ts';
import { MOST_STYLES, tokenFlow } from '../../../renderer/figures/index.ts';
import type { FlowSet, TokenFlowInput } from '../../../renderer/figures/index.ts';
import { figureData } from '../../../renderer/view-models/figure-data.ts';
import { UsageError } from '../command.ts';
import type { Values } from '../command.ts';
import { THEME_NAMES } from '../options.ts';
import { chooseSite, required, requiredIndex, whatIf } from './figure.ts';
import type { CliFigure, SiteChoice } from './figure.ts';
import { axes } from './heatmap.ts';

interface Head {
  readonly layer: number;
  readonly head: number;
}

export const tokenFlowFigure: CliFigure = {
  id: 'token-flow',
  checkOptions: (values) => {
    values.choice('theme', THEME_NAMES, 'light');
    filterOf(values);
    writtenHeads(values);
    for (const name of ['stage', 'palette', 'colour-scale', 'max'] as const) {
      if (values.text(name) !== undefined)
        throw new UsageError(`--${name} is for the heatmap; the token flow draws weights as lines.`);
    }
  },
  checkModel: (model, values) => {
    headsOf(model, values, chooseSite(model, values));
  },
  draw: async (trace, values, { document, interventions }) => {
    const choice = chooseSite(trace.model, values);
    const { stack, site } = choice;
    const heads = headsOf(trace.model, values, choice);
    const matrices = await patterns(trace, choice, heads);
    const { rows, columns } = sizeOf(matrices);
    const [only] = heads;
    const place = heads.length === 1 && only !== undefined ? only : {};
    const input: TokenFlowInput = {
      ...axes(trace, values, rows, columns),
      ...filterOf(values),
      sets: matrices.map(({ data }, at): FlowSet => {
        const { layer, head } = heads[at]!;
        return { label: `layer ${layer} · head ${head}`, matrix: data, sign: 1, style: at };
      }),
      rows,
      columns,
      title: 'Token flow',
      subtitle: `${stack.name} ${site} · ${trace.model.entry.id}${whatIf(interventions)}`,
      theme: values.choice('theme', THEME_NAMES, 'light'),
      ...size(values, Math.max(rows, columns)),
    };
    const facts = { stack: stack.name, site, ...place, stage: 'pattern' };
    return {
      svg: tokenFlow(input, { document, lines: 'draw' }),
      data: figureData({ kind: 'token-flow', input }),
      facts,
    };
  },
};

/** One after the other: each is made by the engine as it is asked for. */
async function patterns(trace: Trace, { stack, site }: SiteChoice, heads: readonly Head[]) {
  const matrices: { data: Float32Array; dims: readonly number[] }[] = [];
  for (const { layer, head } of heads) {
    const { data, dims } = await slice(trace, `${stack.name}.${layer}.${site}.pattern`, head);
    matrices.push({ data, dims });
  }
  return matrices;
}

function sizeOf(matrices: readonly { readonly dims: readonly number[] }[]): { rows: number; columns: number } {
  const [rows = 0, columns = 0] = matrices[0]?.dims ?? [];
  return { rows, columns };
}

/** `--heads 1.2,0.3`; null where it is left out. @throws UsageError */
function writtenHeads(values: Values): readonly Head[] | null {
  const text = values.text('heads');
  if (text === undefined) {
    for (const name of ['layer', 'head']) required(values, name);
    return null;
  }
  for (const name of ['layer', 'head'] as const) {
    if (values.text(name) !== undefined) throw new UsageError(`--heads and --${name}: one of them says which heads.`);
  }
  const heads = text.split(',').map((each): Head => {
    const [, layer, head] = /^(\d+)\.(\d+)$/.exec(each) ?? [];
    if (layer === undefined || head === undefined) {
      throw new UsageError(`--heads takes layers and heads such as 1.2,0.3, from 0; "${each}" is not one.`);
    }
    return { layer: Number(layer), head: Number(head) };
  });
  const twice = heads.find(({ layer, head }, at) =>
    heads.slice(0, at).some((o) => o.layer === layer && o.head === head),
  );
  if (twice !== undefined) throw new UsageError(`--heads has ${twice.layer}.${twice.head} twice.`);
  if (heads.length > MOST_STYLES)
    throw new UsageError(`--heads takes ${MOST_STYLES} heads at most; it has ${heads.length}.`);
  return heads;
}

/** @throws UsageError for a head that the model does not have */
function headsOf(model: Model, values: Values, { stack }: SiteChoice): readonly Head[] {
  const written = writtenHeads(values);
  if (written === null) {
    const layer = requiredIndex(values, 'layer', stack.layers, model);
    return [{ layer, head: requiredIndex(values, 'head', stack.heads, model) }];
  }
  const outside = written.find(({ layer, head }) => layer >= stack.layers || head >= stack.heads);
  if (outside === undefined) return written;
  const most = `${stack.layers - 1}.${stack.heads - 1}`;
  throw new UsageError(`--heads ${outside.layer}.${outside.head}: ${model.entry.id} has heads 0.0 to ${most}.`);
}

/** @throws UsageError */
function filterOf(values: Values): Pick<TokenFlowInput, 'threshold' | 'topK' | 'direction'> {
  const text = values.text('threshold') ?? '0.02';
  const threshold = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN;
  if (!(threshold <= 1)) throw new UsageError(`--threshold takes a number from 0 to 1; "${text}" is not one.`);
  return {
    threshold,
    topK: values.count('top-k', { least: 1 }) ?? null,
    direction: values.choice('direction', ['from', 'to'], 'from'),
  };
}

/** High enough for every label where the options do not say otherwise; very long texts share lines. */
function size(values: Values, tokens: number) {
  const limits = { least: 240, most: 10000 };
  return {
    maxWidth: values.count('width', limits) ?? 860,
    maxHeight: values.count('height', limits) ?? Math.min(2400, Math.max(480, tokens * 14 + 80)),
  };
}

/** Blocks of an exported walk that are vectors: each with its name, its size in words and its strip. */
import type { WalkBlock, WalkLegendItem, WalkVector } from '../figures/walk-input.ts';
import type { StripHue } from '../figures/vector-strip.ts';
import type { Frame } from '../state/frames.ts';
import type { Translate } from './failure.ts';
import { formatNumber, shownIndex, tokenLabel } from './format.ts';
import { at, reach as reachOf, row } from './inspector.ts';
import { named, siteValue, streamOf } from './walk-names.ts';
import { norm, sumOf } from './walk.ts';

/** Stations of the walk whose figure is vectors. */
export type VectorStation = 'embedding' | 'qkv' | 'output' | 'residual';

/** The station's vectors for one token. */
export function vectorBlocks(
  station: VectorStation,
  frame: Frame,
  query: number,
  words: Translate,
): readonly WalkBlock[] {
  const place = { frame, query, words };
  if (station === 'embedding') return embeddingBlocks(place);
  if (station === 'qkv') return qkvBlocks(place);
  return station === 'output' ? outputBlocks(place) : residualBlocks(place);
}

interface Place {
  readonly frame: Frame;
  readonly query: number;
  readonly words: Translate;
}

interface Line {
  readonly sign?: string;
  readonly hue?: StripHue;
  /** Magnitude with the full colour; left out: the vector's own largest. */
  readonly reach?: number;
  readonly note?: string;
}

/** A vector with its name and size in words, or said to be unavailable. */
export function vectorBlock(name: string, values: Float32Array | null, words: Translate, line: Line = {}): WalkVector {
  const { sign = '', hue = 'product', note = '' } = line;
  const vector = { kind: 'vector', sign, name, hue, note } as const;
  if (values === null) return { ...vector, detail: words('walk.unavailable'), strip: null };
  const reach = line.reach ?? reachOf(values);
  const detail = words('walk.numbers', {
    numbers: values.length,
    value: formatNumber(reach, 3),
    norm: formatNumber(norm(values), 3),
  });
  return { ...vector, detail, strip: { values, hue, reach } };
}

const PARTS = ['token', 'position', 'segment'] as const;

/** The rows of the tables, their sum, and what reaches the selected layer. */
function embeddingBlocks({ frame, query, words }: Place): readonly WalkBlock[] {
  const vectorOf = (part: string): Float32Array | null => {
    const matrix = named(frame, `embedding.${part}`);
    return matrix === null ? null : row(matrix, query);
  };
  const token = frame.run.tokens[query];
  const index = { token: query, position: query, segment: frame.model.segments > 1 ? (token?.part ?? 0) : 0 };
  const parts = PARTS.flatMap((part) => {
    const values = vectorOf(part);
    return values === null ? [] : [{ part, values }];
  });
  const sum = vectorOf('sum');
  const reach = Math.max(0, ...[...parts.map(({ values }) => values), ...(sum === null ? [] : [sum])].map(reachOf));
  const name = (part: (typeof PARTS)[number]): string =>
    words(`walk.vector.${part}`, { token: tokenLabel(token?.text ?? ''), index: index[part] });
  return [
    ...parts.map(({ part, values }, place) =>
      vectorBlock(name(part), values, words, { reach, sign: place === 0 ? '' : '+' }),
    ),
    ...(sum === null ? [] : [vectorBlock(words('walk.vector.sum'), sum, words, { reach, sign: '=' })]),
    ...enteringBlocks(frame, query, words),
  ];
}

function enteringBlocks(frame: Frame, query: number, words: Translate): readonly WalkBlock[] {
  const { enters, input, normBefore, normAfter } = streamOf(frame, query);
  const layer = shownIndex(frame.selection.layer);
  const isNormed = normAfter && frame.selection.layer === 0;
  const name = words(isNormed ? 'walk.vector.entersNormed' : 'walk.vector.enters', { layer });
  const note = normBefore === false ? words('walk.vector.inputSame') : '';
  const read = vectorBlock(words('walk.vector.input'), input, words, { sign: '→' });
  return [vectorBlock(name, enters, words, { sign: '→', note }), ...(normBefore === false ? [] : [read])];
}

function qkvBlocks({ frame, query, words }: Place): readonly WalkBlock[] {
  const { input } = streamOf(frame, query);
  const hues = { q: 'query', k: 'key', v: 'value' } as const;
  const vectors = (['q', 'k', 'v'] as const).flatMap((value) => {
    const matrix = siteValue(frame, value);
    const name = words(`walk.vector.${value}`);
    return matrix === null ? [] : [vectorBlock(name, row(matrix, query), words, { hue: hues[value], sign: '→' })];
  });
  const note = { kind: 'note', text: words('walk.parallel', { index: query }) } as const;
  return [vectorBlock(words('walk.vector.x'), input, words), ...vectors, note];
}

/** What each head writes, and the stream with what all of them add. */
function outputBlocks({ frame, query, words }: Place): readonly WalkBlock[] {
  const { enters, output, normAfter } = streamOf(frame, query);
  const sum = words(normAfter ? 'walk.vector.afterPlain' : 'walk.vector.after');
  return [
    headsBlock(frame, query, words),
    vectorBlock(words('walk.vector.before'), enters, words),
    ...(output === null ? [] : [vectorBlock(words('walk.vector.attention'), output, words, { sign: '+' })]),
    ...(enters === null || output === null ? [] : [vectorBlock(sum, sumOf([enters, output]), words, { sign: '=' })]),
  ];
}

function headsBlock(frame: Frame, query: number, words: Translate): WalkBlock {
  const norms = siteValue(frame, 'outputNorm');
  const title = words('walk.heads');
  if (norms === null) return vectorBlock(title, null, words);
  const values = Array.from({ length: norms.dims[0] ?? 0 }, (_, head) => at(norms, head, query));
  const most = Math.max(...values);
  const heads = values.map((value, head) => ({
    label: words('walk.headLine', { head: shownIndex(head) }),
    share: most > 0 ? value / most : 0,
    value: formatNumber(value, 3),
    isSelected: head === frame.selection.head,
  }));
  return { kind: 'heads', title, heads };
}

function residualBlocks({ frame, query, words }: Place): readonly WalkBlock[] {
  const { enters, output, mlp, leaves, normAfter } = streamOf(frame, query);
  const name = words(normAfter ? 'walk.vector.leavesNormed' : 'walk.vector.leaves', {
    layer: shownIndex(frame.selection.layer),
  });
  return [
    vectorBlock(words('walk.vector.before'), enters, words),
    vectorBlock(words('walk.vector.attention'), output, words, { sign: '+' }),
    vectorBlock(words('walk.vector.mlp'), mlp, words, { sign: '+' }),
    vectorBlock(name, leaves, words, { sign: normAfter ? '→' : '=' }),
  ];
}

const SYMBOLS: Readonly<Record<StripHue, string>> = { product: 'x', query: 'q', key: 'k', value: 'v' };

/** Strips that each have a scale of their own. */
export function stripLegend(hues: readonly StripHue[], words: Translate): readonly WalkLegendItem[] {
  const high = words('walk.legend.most');
  const items = hues.map((hue): WalkLegendItem => {
    const text = hues.length === 1 ? words('walk.legend.strip') : SYMBOLS[hue];
    return { kind: 'strip', hue, low: `−${high}`, high, text };
  });
  return hues.length === 1 ? items : [...items, { kind: 'swatches', colours: [], text: words('walk.legend.strip') }];
}

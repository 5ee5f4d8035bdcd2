/** The numbers of a figure, from what it is drawn of: as they are shown, filtered and grouped, in full digits. */
import type { Prediction, PredictionChange, Token } from '../../electron/api/index.ts';
import type { AtlasPictures } from '../figures/atlas.ts';
import { columnArrays, tableData } from '../figures/figure-data.ts';
import type { DataArray, DataRow, DataStrings, FigureData } from '../figures/figure-data.ts';
import type { HeatmapInput } from '../figures/heatmap-input.ts';
import type { LayerFlowInput } from '../figures/layer-flow.ts';
import type { ReadingInput } from '../figures/reading.ts';
import type { TextTableInput } from '../figures/text-table.ts';
import type { TokenFlowInput } from '../figures/token-flow-input.ts';
import type { TokenVectorsInput } from '../figures/token-vectors-layout.ts';
import type { WalkFigureInput } from '../figures/walk-input.ts';
import type { Distribution } from '../state/distributions.ts';
import type { FigureInput, StageFigureInput } from './export-figure.ts';

/** A figure's numbers; those of panels have the panel's number before their names, and a column `panel` with its title. */
export function figureData(figure: StageFigureInput): FigureData {
  if (figure.kind !== 'panels') return dataOf(figure);
  return joinedData(figure.panels.map((panel) => ({ title: panel.input.title, data: dataOf(panel) })));
}

/** Several figures' numbers as one. */
export function joinedData(parts: readonly { readonly title: string; readonly data: FigureData }[]): FigureData {
  return {
    arrays: parts.flatMap(({ data }, at) => data.arrays.map((array) => ({ ...array, name: `${at}.${array.name}` }))),
    rows: () => parts.flatMap(({ title, data }) => data.rows().map((row) => ({ panel: title, ...row }))),
    facts: { panels: parts.map(({ title, data }) => ({ title, ...data.facts })) },
    rowsFollow: parts.every(({ data }) => data.rowsFollow === true),
  };
}

function dataOf(figure: FigureInput): FigureData {
  switch (figure.kind) {
    case 'heatmap':
      return heatmapData(figure.input);
    case 'vectors':
      return vectorsData(figure.input);
    case 'table':
      return cellsData(figure.input);
    case 'walk':
      return walkData(figure.input);
    case 'token-flow':
      return tokenFlowData(figure.input);
    case 'reading':
      return readingData(figure.input);
    case 'layer-flow':
      return layerFlowData(figure.input);
    case 'atlas':
    case 'atlas-sections':
      return atlasData(figure.input);
  }
}

const labels = (name: string, of: readonly { readonly text: string }[]): DataStrings => ({
  name,
  strings: of.map(({ text }) => text),
});

type Matrix = Pick<
  HeatmapInput,
  'matrix' | 'rows' | 'columns' | 'rowLabels' | 'columnLabels' | 'rowTitle' | 'columnTitle'
>;

export function heatmapData(input: Matrix): FigureData {
  const { matrix, rows, columns, rowLabels, columnLabels } = input;
  const row = input.rowTitle || 'row';
  const column = input.columnTitle || 'column';
  return {
    arrays: [
      { name: 'values', data: matrix, dims: [rows, columns] },
      labels(row, rowLabels),
      labels(column, columnLabels),
    ],
    rows: () =>
      Array.from(matrix, (value, at): DataRow => {
        const [r, c] = [Math.floor(at / columns), at % columns];
        const names = { [`${row} text`]: rowLabels[r]?.text ?? '', [`${column} text`]: columnLabels[c]?.text ?? '' };
        return { [row]: r, [column]: c, ...names, value };
      }),
    rowsFollow: true,
  };
}

function vectorsData({ panels, rows, rowLabels }: TokenVectorsInput): FigureData {
  const arrays = panels.map(({ title, matrix, columns }, at): DataArray => ({
    name: title || `values-${at}`,
    data: matrix,
    dims: [rows, columns],
  }));
  return {
    arrays: [...arrays, labels('tokens', rowLabels)],
    rows: () =>
      arrays.flatMap(({ name, data, dims: [, columns = 1] }) =>
        Array.from(data, (value, at): DataRow => {
          const token = Math.floor(at / columns);
          return { vector: name, token, text: rowLabels[token]?.text ?? '', dimension: at % columns, value };
        }),
      ),
    rowsFollow: true,
  };
}

function tokenFlowData({ sets, rows, columns, rowLabels, columnLabels }: TokenFlowInput): FigureData {
  return {
    arrays: [
      ...sets.map(({ label, matrix }) => ({ name: label, data: matrix, dims: [rows, columns] })),
      labels('query', rowLabels),
      labels('key', columnLabels),
    ],
    rows: () =>
      sets.flatMap(({ label, matrix }) =>
        Array.from(matrix, (weight, at): DataRow => {
          const [query, key] = [Math.floor(at / columns), at % columns];
          const texts = { 'query text': rowLabels[query]?.text ?? '', 'key text': columnLabels[key]?.text ?? '' };
          return { head: label, query, key, ...texts, weight };
        }),
      ),
    rowsFollow: true,
  };
}

export function readingData({ runs, anchor }: Pick<ReadingInput, 'runs' | 'anchor'>): FigureData {
  return {
    arrays: [],
    rows: () => runs.map(({ text, weight }, index) => ({ index, text, weight: weight ?? null })),
    facts: { anchor },
  };
}

function layerFlowData({ labels: tokens, relevance, links, totals, target }: LayerFlowInput): FigureData {
  const dims = [links.length + 1, tokens.length];
  return {
    arrays: [{ name: 'relevance', data: relevance, dims }, labels('tokens', tokens)],
    rows: () =>
      links.flatMap((ofLayer, layer) =>
        ofLayer.map(({ from, to, amount, residual }) => ({ layer, from, to, amount, residual: residual ? 1 : 0 })),
      ),
    facts: { target, totals },
  };
}

/** Pictures hold round(255·√weight): their numbers are weights to about 1/255. */
export function atlasData({ pictures, layers, heads, grid }: AtlasPictures): FigureData {
  const data = Float32Array.from(pictures, (byte) => (byte / 255) ** 2);
  return {
    arrays: [{ name: 'largest weights', data, dims: [layers, heads, grid, grid] }],
    rows: () =>
      Array.from(data, (weight, at): DataRow => {
        const place = { column: at % grid, row: Math.floor(at / grid) % grid };
        const head = Math.floor(at / grid / grid);
        return { layer: Math.floor(head / heads), head: head % heads, ...place, weight };
      }),
    facts: { precision: 'round(255·√weight)' },
    rowsFollow: true,
  };
}

/** The lists of a walk as they are written; its vectors in full. */
function walkData({ blocks }: WalkFigureInput): FigureData {
  const arrays = blocks.flatMap((block): DataArray[] => {
    if (block.kind === 'vector' && block.strip !== null)
      return [{ name: block.name, data: block.strip.values, dims: [block.strip.values.length] }];
    if (block.kind !== 'products') return [];
    return [{ name: block.title, data: Float64Array.from(block.values), dims: [block.values.length] }];
  });
  return {
    arrays: arrays.filter(({ name }, at) => arrays.findIndex((other) => other.name === name) === at),
    rows: () =>
      blocks.flatMap((block): DataRow[] => {
        if (block.kind !== 'keys') return [];
        return block.rows.map(({ label, cells }) => ({
          [block.keyTitle || 'key']: label,
          ...Object.fromEntries(block.cellTitles.map((title, at) => [title, numberOr(cells[at]?.text ?? '')])),
        }));
      }),
    facts: {
      facts: blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : [])),
      heads: blocks.flatMap((block) => (block.kind === 'heads' ? block.heads : [])),
    },
  };
}

/** Cells as they are written. */
export function cellsData({ columns }: Pick<TextTableInput, 'columns'>): FigureData {
  const count = Math.max(0, ...columns.map(({ cells }) => cells.length));
  return tableData(() =>
    Array.from({ length: count }, (_, at) =>
      Object.fromEntries(columns.map(({ title, cells }) => [title, cells[at] ?? null])),
    ),
  );
}

function numberOr(text: string): string | number {
  const value = Number(text.replace('−', '-').replaceAll('\u202f', ''));
  return text.trim() !== '' && Number.isFinite(value) ? value : text;
}

/** The listed candidates of a whole distribution, the sums over all of them, and the parts of a logit where one was taken apart. */
export function distributionData({ candidates, product, named: _named, ...facts }: Distribution): FigureData {
  const rows = () => candidates.map((candidate) => ({ ...candidate }));
  const vectors = product === null ? [] : [product.features, product.row];
  const arrays = vectors.map((data, at) => ({ name: at === 0 ? 'features' : 'row', data, dims: [data.length] }));
  return { arrays: [...columnArrays(rows()), ...arrays], rows, facts };
}

export function tokensData(tokens: readonly Token[]): FigureData {
  return tableData(() =>
    tokens.map(({ index, id, piece, text, start, end }) => ({ index, id, piece, text, start, end })),
  );
}

/** All candidates in full digits; of two runs with what changed. */
export function predictionData(prediction: Prediction | null, change: PredictionChange | null): FigureData {
  if (change !== null) {
    const rows = () =>
      change.candidates.map(({ id, text, before, after, delta }) => ({ id, text, before, after, delta }));
    return tableData(rows, { klNats: change.klNats });
  }
  const candidates = prediction?.candidates ?? [];
  const rows = () => candidates.map(({ id, text, probability, logit }) => ({ id, text, probability, logit }));
  return tableData(rows, { position: prediction?.position ?? null, kind: prediction?.kind ?? null });
}

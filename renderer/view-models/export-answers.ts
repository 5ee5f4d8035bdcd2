/** The views that ask the engine for more than a run, to take along: drawn the same in the window and on the command line. */
import type { FilledMask, Surprise } from '../../electron/api/index.ts';
import { largestMagnitude, weightScale } from '../figures/colour-scale.ts';
import { curve } from '../figures/curve.ts';
import { columnArrays, tableData } from '../figures/figure-data.ts';
import type { FigureData } from '../figures/figure-data.ts';
import { heatmap } from '../figures/heatmap.ts';
import { lensGrid } from '../figures/lens-grid.ts';
import { figurePanels } from '../figures/panels.ts';
import { readingFigure } from '../figures/reading.ts';
import { textTable } from '../figures/text-table.ts';
import type { TextTableInput } from '../figures/text-table.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { Distribution } from '../state/distributions.ts';
import type { Neighbours } from '../state/embeddings.ts';
import type { Frame } from '../state/frames.ts';
import type { SeenRow } from '../state/generation.ts';
import type { LensGrid } from '../state/lens-answers.ts';
import type { LensColour } from '../state/lens-view.ts';
import { distributionTable } from './distribution.ts';
import { changesText } from './export-text.ts';
import type { Translate } from './failure.ts';
import { distributionData, heatmapData, readingData } from './figure-data.ts';
import { fillRows, fillTable } from './fill.ts';
import { formatNumber, tokenLabel } from './format.ts';
import type { TextToken } from './generation.ts';
import { lensFigure, lensTable } from './logit-lens.ts';
import { neighbourData, neighboursTable } from './neighbours.ts';
import type { PositionKind, PositionPicture } from './positions.ts';
import { surpriseFigure, surpriseRows } from './surprise.ts';

/** A figure that its view draws itself. */
export interface Drawable {
  readonly draw: (theme: ThemeName, document: Document) => SVGSVGElement;
  readonly data: () => FigureData;
  /** How the view was set, for the provenance: plain data. */
  readonly options: Readonly<Record<string, unknown>>;
}

export function tableDrawable(
  table: Omit<TextTableInput, 'theme'>,
  data: () => FigureData,
  options: Readonly<Record<string, unknown>> = {},
): Drawable {
  return { draw: (theme, document) => textTable({ ...table, theme }, { document }), data, options };
}

const named = (frame: Frame, words: Translate): string =>
  [frame.model.entry.name, changesText(frame, words)].filter((part) => part !== '').join(' · ');

/** @param masks at least one */
export function fillExport(frame: Frame, masks: readonly FilledMask[], words: Translate): Drawable {
  const table = { title: words('views.heading.fill'), subtitle: named(frame, words), ...fillTable(masks, words) };
  const masked = masks.flatMap(({ position, original }) => (original === null ? [] : [position]));
  return tableDrawable(table, () => tableData(() => fillRows(masks), { masked }), { masked });
}

export function surpriseExport(frame: Frame, surprise: Surprise, words: Translate): Drawable {
  return {
    draw: (theme, document) => readingFigure({ ...surpriseFigure(frame, surprise, words), theme }, { document }),
    data: () => tableData(() => surpriseRows(frame.run.tokens, surprise), surpriseFacts(surprise)),
    options: { start: surprise.start !== null },
  };
}

/** Everything but the tokens. */
export function surpriseFacts({ kind, scored, bits, bytes, bitsPerToken, bitsPerByte, start }: Surprise) {
  return { kind, scored, bits, bytes, bitsPerToken, bitsPerByte, start };
}

export function lensExport(frame: Frame, grid: LensGrid, colour: LensColour, words: Translate): Drawable {
  return {
    draw: (theme, document) => lensGrid({ ...lensFigure(frame, grid, colour, words), theme }, { document }),
    data: () => tableData(() => lensTable(grid, frame.run.tokens), { kind: grid.kind }),
    options: { colour },
  };
}

export function distributionExport(frame: Frame, distribution: Distribution, words: Translate): Drawable {
  const token = tokenLabel(frame.run.tokens[distribution.position]?.text ?? '');
  const key = distribution.kind === 'next-token' ? 'inspector.after' : 'inspector.at';
  const subtitle = `${frame.model.entry.name} · ${words(key, { token: `“${token}”` })}`;
  const table = { title: words('views.heading.head'), subtitle, ...distributionTable(distribution, words) };
  const options = { ...distribution.filters, position: distribution.position };
  return tableDrawable(table, () => distributionData(distribution), options);
}

/** Both lists, and the vector itself. @param name whose neighbours they are; `of` as it was asked */
export function neighboursExport(
  frame: Frame,
  near: Neighbours,
  { name, of }: { readonly name: string; readonly of: unknown },
  words: Translate,
): Drawable {
  const subtitle = `${frame.model.entry.name} · ${name}`;
  const table = { ...neighboursTable(near, words), title: words('views.heading.neighbours'), subtitle };
  const data = (): FigureData => {
    const vector = { name: 'vector', data: near.vector, dims: [near.vector.length] };
    const rows = () => neighbourData(near);
    return { arrays: [vector, ...columnArrays(rows())], rows, facts: { of, norm: near.norm, among: near.among } };
  };
  return tableDrawable(table, data, { of });
}

/** The matrix of a picture as a figure has it, without room and theme. */
export function positionsMatrix(kind: PositionKind, picture: PositionPicture, words: Translate) {
  const { matrix, rows, columns, scale } = picture;
  const labels = (count: number) => Array.from({ length: count }, (_, at) => ({ text: String(at), special: false }));
  return {
    ...{ matrix, rows, columns, scale, title: '', subtitle: '' },
    rowLabels: labels(rows),
    columnLabels: labels(columns),
    rowTitle: words(`positions.rows.${kind}`),
    columnTitle: words(`positions.columns.${kind}`),
    legendTitle: words(`positions.legend.${kind}`),
  };
}

/** Matrix and curve side by side. @param name of the model */
export function positionsExport(
  name: string,
  kind: PositionKind,
  picture: PositionPicture,
  words: Translate,
): Drawable {
  const figure = positionsMatrix(kind, picture, words);
  const { mean, least, most } = picture.curve;
  const around = { title: words(`positions.curve.${kind}`), axis: words('positions.distance'), id: 'positions-curve' };
  const size = { maxWidth: 520, maxHeight: 480, id: 'positions-matrix' };
  const rows = () =>
    mean.map((value, distance) => ({
      ...{ distance, mean: value, least: least[distance] ?? null, most: most[distance] ?? null },
    }));
  return {
    draw: (theme, document) =>
      figurePanels(
        {
          title: words(`positions.kinds.${kind}`),
          subtitle: kind === 'learned' ? name : words('positions.formula'),
          isAcross: true,
          theme,
          figures: [
            heatmap({ ...figure, theme, ...size }, { document, cells: 'draw' }),
            curve({ ...picture.curve, ...around, theme, width: 460, height: 400 }, { document }),
          ],
        },
        { document },
      ),
    data: () => ({ arrays: [...heatmapData(figure).arrays.slice(0, 1), ...columnArrays(rows())], rows }),
    options: { kind, rows: picture.rows, columns: picture.columns },
  };
}

/** The generated text, coloured by what one of its tokens looks at. */
export function generateExport(frame: Frame, tokens: readonly TextToken[], seen: SeenRow, words: Translate): Drawable {
  const { position, layer, head } = seen;
  const most = largestMagnitude(seen.weights);
  const runs = tokens.map(({ index, before, text, kind }) => ({
    ...{ before, text, kind },
    weight: seen.weights[index] ?? null,
  }));
  const title = words('generate.looksAt', { token: tokens[position]?.label ?? '', layer, head });
  const heading = { title, subtitle: frame.model.entry.name, anchor: position, role: 'query', note: '' } as const;
  const legend = { legendTitle: words('generate.legend', { most: formatNumber(most, 3) }), maxWidth: 860 };
  return {
    draw: (theme, document) =>
      readingFigure({ ...heading, ...legend, runs, theme, scale: weightScale({ max: most }) }, { document }),
    data: () => readingData({ runs, anchor: position }),
    options: { position, layer, head },
  };
}

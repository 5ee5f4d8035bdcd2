/** One vector a token: embeddings, queries, keys, values, hidden states. */
import { useCallback, useMemo, useState } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '../components/use-size.ts';
import type { Rect } from '../figures/legend.ts';
import { tokenVectors, tokenVectorsLayout, vectorAt } from '../figures/token-vectors.ts';
import type { TokenVectorsInput, TokenVectorsLayout } from '../figures/token-vectors.ts';
import { vectorsFigure } from '../view-models/figure-input.ts';
import { formatNumber, tokenLabel } from '../view-models/format.ts';
import { partTestId, sharedValues, valuesAt } from '../view-models/run-compare.ts';
import type { PartFrame } from '../view-models/run-compare.ts';
import { useApp, useSession, useTheme, useWords } from './context.tsx';
import { FigureRoom, FigureSurface } from './figure-surface.tsx';
import { paintVectors } from './paint.ts';
import { useCellPointer } from './use-cell-pointer.tsx';

/** The dimension that is looked at; its token is the selected query. */
interface Cursor {
  readonly panel: number;
  readonly column: number;
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

export function VectorsStage({ shown }: { shown: PartFrame }): ReactElement {
  return <FigureRoom>{(size) => <Vectors shown={shown} size={size} />}</FigureRoom>;
}

function useVectorsInput(shown: PartFrame, { width, height }: Size): TokenVectorsInput {
  const words = useWords();
  const theme = useTheme();
  return useMemo(() => {
    const { frame, part } = shown;
    const scaleOf = (at: number) => ({ part, values: sharedValues(shown, at) });
    const figure = vectorsFigure(frame.matrices, frame.run.tokens, { title: '', subtitle: '' }, words, scaleOf);
    return { ...figure, theme, maxWidth: width, maxHeight: height, id: `stage-${part}` };
  }, [shown, theme, width, height, words]);
}

function Vectors({ shown, size }: { shown: PartFrame; size: Size }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const { frame, part, pair } = shown;
  const input = useVectorsInput(shown, size);
  const layout = useMemo(() => tokenVectorsLayout(input), [input]);
  const query = useApp((state) => clamp(state.selection.query, input.rows));
  const [cursor, setCursor] = useState<Cursor>({ panel: 0, column: 0 });
  const paint = useCallback(
    (canvas: HTMLCanvasElement) => {
      paintVectors(canvas, input, layout);
    },
    [input, layout],
  );
  const draw = useCallback(() => tokenVectors(input, { document, cells: 'omit' }), [input]);
  const textOf = (panel: number, row: number, column: number): string => {
    const { matrix, columns } = input.panels[panel] ?? { matrix: new Float32Array(), columns: 0 };
    const token = tokenLabel(frame.run.tokens[row]?.text ?? '');
    const index = row * columns + column;
    if (part === 'difference' && pair !== null)
      return words('compare.readoutVector', { token, dimension: column, ...valuesAt(pair, panel, index) });
    return words('stage.readoutVector', { token, dimension: column, value: formatNumber(matrix[index] ?? NaN) });
  };
  const pointer = useCellPointer<{ panel: number; row: number; column: number }>({
    find: (x, y) => vectorAt(layout, input, x, y),
    boxOf: ({ panel, row, column }) => cellBox(layout, input, panel, row, column),
    textOf: ({ panel, row, column }) => textOf(panel, row, column),
    onChoose: ({ panel, row, column }) => {
      session.select({ query: row });
      setCursor({ panel, column });
    },
  });
  const columns = input.panels[cursor.panel]?.columns ?? 1;
  const label = t('stage.vectorsLabel', {
    title: words(`stage.title.${frame.selection.station}`),
    rows: input.rows,
    columns,
  });
  return (
    <FigureSurface
      width={layout.width}
      height={layout.height}
      paint={paint}
      draw={draw}
      pointer={pointer}
      onMove={({ dQuery, dKey }) => {
        session.select({ query: clamp(query + dQuery, input.rows) });
        setCursor({ ...cursor, column: clamp(cursor.column + dKey, columns) });
      }}
      label={pair === null ? label : t('compare.partOf', { part: t(`compare.part.${part}`), label })}
      readout={textOf(cursor.panel, query, cursor.column)}
      testId={partTestId('vectors', part)}
      rows={input.rows}
      columns={columns}
    >
      <Marks layout={layout} row={query} cursor={cellBox(layout, input, cursor.panel, query, cursor.column)} />
    </FigureSurface>
  );
}

/** The query's row in every panel, and the dimension that is looked at. */
function Marks({ layout, row, cursor }: { layout: TokenVectorsLayout; row: number; cursor: Rect }): ReactElement {
  return (
    <>
      {layout.panels.map(({ cells }, panel) => (
        <div key={panel} className="row-frame" style={around(rowBox(layout, cells, row), 2)} aria-hidden="true" />
      ))}
      <div className="cursor-frame" style={around(cursor, 0)} aria-hidden="true" />
    </>
  );
}

function cellBox(
  layout: TokenVectorsLayout,
  input: TokenVectorsInput,
  panel: number,
  row: number,
  column: number,
): Rect {
  const cells = layout.panels[panel]?.cells ?? { x: 0, y: 0, width: 0, height: 0 };
  const pitch = cells.width / (input.panels[panel]?.columns ?? 1);
  return { ...rowBox(layout, cells, row), x: cells.x + column * pitch, width: pitch };
}

function rowBox(layout: TokenVectorsLayout, cells: Rect, row: number): Rect {
  return { ...cells, y: cells.y + row * layout.rowHeight, height: layout.rowHeight - layout.rowGap };
}

function around(box: Rect, by: number): CSSProperties {
  return { left: box.x - by, top: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

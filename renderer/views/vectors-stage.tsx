/** One vector a token: embeddings, queries, keys, values, hidden states. */
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../components/use-size.ts';
import { tokenVectors, tokenVectorsLayout, vectorAt } from '../figures/token-vectors.ts';
import type { TokenVectorsInput, TokenVectorsLayout } from '../figures/token-vectors.ts';
import { cellMoveOf } from '../state/commands.ts';
import type { Frame } from '../state/frames.ts';
import { vectorsFigure } from '../view-models/figure-input.ts';
import { formatNumber, tokenLabel } from '../view-models/format.ts';
import { useApp, useSession, useTheme, useWords } from './context.tsx';
import { paintVectors } from './paint.ts';
import { useCellPointer } from './use-cell-pointer.tsx';

interface Place {
  readonly panel: number;
  readonly column: number;
}

export function VectorsStage({ frame }: { frame: Frame }): ReactElement {
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  return (
    <div className="figure-room" ref={room}>
      {size !== null && <Vectors frame={frame} width={size.width} height={size.height} />}
    </div>
  );
}

function useVectorsInput(frame: Frame, maxWidth: number, maxHeight: number): TokenVectorsInput {
  const words = useWords();
  const theme = useTheme();
  const { t } = useTranslation();
  return useMemo(() => {
    const figure = vectorsFigure(frame.matrices, frame.run.tokens, { title: '', subtitle: '' }, words);
    return { ...figure, theme, maxWidth, maxHeight, id: 'stage' };
    // `words` follows the language, as `t` does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [frame, theme, maxWidth, maxHeight, t]);
}

function Vectors({ frame, width, height }: { frame: Frame; width: number; height: number }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const helpId = useId();
  const input = useVectorsInput(frame, width, height);
  const layout = useMemo(() => tokenVectorsLayout(input), [input]);
  const query = useApp((state) => state.selection.query);
  const [place, setPlace] = useState<Place>({ panel: 0, column: 0 });
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) paintVectors(canvas.current, input, layout);
  }, [input, layout]);
  useEffect(() => {
    const svg = tokenVectors(input, { document, cells: 'omit' });
    svg.setAttribute('aria-hidden', 'true');
    drawing.current?.replaceChildren(svg);
  }, [input]);

  const textOf = (panel: number, row: number, column: number): string => {
    const { matrix, columns } = input.panels[panel] ?? { matrix: new Float32Array(), columns: 0 };
    const token = tokenLabel(frame.run.tokens[row]?.text ?? '');
    return t('stage.readoutVector', { token, dimension: column, value: formatNumber(matrix[row * columns + column] ?? NaN) });
  };
  const pointer = useCellPointer({
    find: (x, y) => vectorAt(layout, input, x, y),
    boxOf: ({ panel, row, column }) => cellBox(layout, input, panel, row, column),
    textOf: ({ panel, row, column }) => textOf(panel, row, column),
    onChoose: ({ panel, row, column }) => {
      session.select({ query: row });
      setPlace({ panel, column });
    },
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = cellMoveOf(event.key);
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    const columns = input.panels[place.panel]?.columns ?? 1;
    session.select({ query: Math.max(0, Math.min(input.rows - 1, query + move.dQuery)) });
    setPlace({ ...place, column: Math.max(0, Math.min(columns - 1, place.column + move.dKey)) });
  };
  const columns = input.panels[0]?.columns ?? 0;
  const rowBox = query < input.rows ? rowBoxes(layout, query) : [];
  const cursor = query < input.rows ? cellBox(layout, input, place.panel, query, place.column) : null;

  return (
    <div
      className="figure"
      style={{ width: layout.width, height: layout.height }}
      role="application"
      tabIndex={0}
      aria-label={t('stage.vectorsLabel', { title: words(`stage.title.${frame.selection.station}`), rows: input.rows, columns })}
      aria-describedby={helpId}
      data-testid="vectors"
      data-rows={input.rows}
      data-columns={columns}
      onKeyDown={onKeyDown}
      {...pointer.handlers}
    >
      <canvas ref={canvas} className="figure-cells" aria-hidden="true" />
      <div ref={drawing} className="figure-drawing" />
      {rowBox.map((style, index) => (
        <div key={index} className="row-frame" style={style} aria-hidden="true" />
      ))}
      {cursor !== null && (
        <div className="cursor-frame" style={{ left: cursor.x, top: cursor.y, width: cursor.width, height: cursor.height }} />
      )}
      {pointer.overlay}
      <p id={helpId} className="hidden">
        {t('stage.matrixHelp')}
      </p>
      <p className="hidden" aria-live="polite" data-testid="readout">
        {textOf(place.panel, query, place.column)}
      </p>
    </div>
  );
}

function cellBox(layout: TokenVectorsLayout, input: TokenVectorsInput, panel: number, row: number, column: number) {
  const cells = layout.panels[panel]?.cells ?? { x: 0, y: 0, width: 0, height: 0 };
  const pitch = cells.width / (input.panels[panel]?.columns ?? 1);
  const height = layout.rowHeight - layout.rowGap;
  return { x: cells.x + column * pitch, y: cells.y + row * layout.rowHeight, width: pitch, height };
}

function rowBoxes(layout: TokenVectorsLayout, row: number): { left: number; top: number; width: number; height: number }[] {
  return layout.panels.map(({ cells }) => ({
    left: cells.x - 2,
    top: cells.y + row * layout.rowHeight - 2,
    width: cells.width + 4,
    height: layout.rowHeight - layout.rowGap + 4,
  }));
}

/** The cells of the logit lens: rows are layers, the last one on top; columns the text's tokens, a window of them in a long text. */
import { memo, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent, PointerEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Token } from '../../electron/api/index.ts';
import { rowPieces, rowsInView } from '../components/row-window.ts';
import type { RowPiece } from '../components/row-window.ts';
import { useSize } from '../components/use-size.ts';
import { colourScale } from '../figures/colour-scale.ts';
import type { ColourScale, ColourScaleSpec } from '../figures/colour-scale.ts';
import { inkOn } from '../figures/contrast.ts';
import { THEMES } from '../figures/theme.ts';
import type { LensGrid } from '../state/lens-answers.ts';
import type { LensColour } from '../state/lens-view.ts';
import { tokenLabel } from '../view-models/format.ts';
import { cellLabel, cellText, colourValue, lensRows, topText } from '../view-models/logit-lens.ts';
import type { LensRow } from '../view-models/logit-lens.ts';
import { useTheme, useWords } from './context.tsx';

/** A cell: −1 is the embedding. */
export interface LensPlace {
  readonly layer: number;
  readonly position: number;
}

interface LogitLensGridProps {
  readonly grid: LensGrid;
  readonly tokens: readonly Token[];
  readonly colour: LensColour;
  readonly scale: ColourScaleSpec;
  readonly chosen: LensPlace;
  readonly onChoose: (place: LensPlace) => void;
  readonly onPoint: (place: LensPlace | null) => void;
}

/** Of a column, in px; styles/logit-lens.css has the same. */
const COLUMN = 68;
/** Scrolling is followed in steps of so many px. */
const GRAIN = 200;

export function LogitLensGrid(props: LogitLensGridProps): ReactElement {
  const { grid, tokens, colour, chosen, onChoose, onPoint } = props;
  const { t } = useTranslation();
  const words = useWords();
  const help = useId();
  const theme = useTheme();
  const scale = useMemo(() => colourScale(props.scale, THEMES[theme]), [props.scale, theme]);
  const rows = useMemo(() => lensRows(grid, words), [grid, words]);
  const { room, onScroll, pieces } = useColumns(grid.tokens, chosen.position);
  useFollowed(room, chosen);
  const onKeyDown = (event: KeyboardEvent): void => {
    const goal = moved(chosen, event.key, grid);
    if (goal === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onChoose(goal);
  };
  return (
    <div
      className="lens-room"
      ref={room}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={(event: MouseEvent) => {
        const place = placeOf(event.target);
        if (place !== null) onChoose(place);
      }}
      onPointerOver={(event: PointerEvent) => onPoint(placeOf(event.target))}
      onPointerLeave={() => onPoint(null)}
    >
      <div
        className="lens-grid"
        role="grid"
        aria-label={t('logitLens.grid', { rows: rows.length, columns: grid.tokens })}
        aria-describedby={help}
        aria-rowcount={rows.length + 1}
        aria-colcount={grid.tokens + 1}
        data-testid="lens-grid"
      >
        <HeadRow tokens={tokens} chosen={chosen.position} pieces={pieces} />
        {rows.map((row, at) => (
          <Row
            key={row.layer}
            {...{ row, at, grid, tokens, colour, scale, pieces }}
            chosen={row.layer === chosen.layer ? chosen.position : null}
          />
        ))}
      </div>
      <p id={help} className="hidden">
        {t('logitLens.keys')}
      </p>
    </div>
  );
}

/** The text's tokens, above their columns. */
function HeadRow({
  tokens,
  chosen,
  pieces,
}: {
  tokens: readonly Token[];
  chosen: number;
  pieces: readonly RowPiece[];
}): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="lens-row lens-head" role="row" aria-rowindex={1}>
      <span className="lens-name" role="columnheader" aria-colindex={1}>
        {t('logitLens.layers')}
      </span>
      <Pieces
        pieces={pieces}
        cell={(token) => (
          <span
            key={token}
            className={token === chosen ? 'lens-token mono chosen' : 'lens-token mono'}
            role="columnheader"
            aria-colindex={token + 2}
            title={`${token}  ${tokenLabel(tokens[token]?.text ?? '')}`}
          >
            {tokenLabel(tokens[token]?.text ?? '')}
          </span>
        )}
      />
    </div>
  );
}

/** The columns that are in the document: those in view, and the chosen one. */
function useColumns(count: number, chosen: number) {
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const [left, setLeft] = useState(0);
  const range = rowsInView({ count, rowHeight: COLUMN, top: left, height: (size?.width ?? 800) + GRAIN, extra: null });
  const pieces = rowPieces(range, count, [chosen]);
  const key = JSON.stringify(pieces);
  return {
    room,
    onScroll: () => setLeft(Math.floor((room.current?.scrollLeft ?? 0) / GRAIN) * GRAIN),
    // The same pieces are the same object, so that rows need not be made again.
    pieces: useMemo(() => JSON.parse(key) as readonly RowPiece[], [key]),
  };
}

/** Keeps the chosen cell in sight, and the focus on it while the grid has it. */
function useFollowed(room: { readonly current: HTMLDivElement | null }, { layer, position }: LensPlace): void {
  useLayoutEffect(() => {
    const cell = room.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (cell === null || cell === undefined) return;
    if (room.current?.contains(document.activeElement) === true) cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [room, layer, position]);
}

interface RowProps extends Pick<LogitLensGridProps, 'grid' | 'tokens' | 'colour'> {
  readonly row: LensRow;
  readonly at: number;
  readonly scale: ColourScale;
  readonly pieces: readonly RowPiece[];
  /** The chosen column, in the chosen row. */
  readonly chosen: number | null;
}

const Row = memo(function Row({ row, at, grid, tokens, colour, scale, pieces, chosen }: RowProps): ReactElement {
  const words = useWords();
  const { layer, label } = row;
  return (
    <div className="lens-row" role="row" aria-rowindex={at + 2} data-testid={`lens-row-${layer}`}>
      <span className={chosen === null ? 'lens-name' : 'lens-name chosen'} role="rowheader" aria-colindex={1}>
        {label}
      </span>
      <Pieces
        pieces={pieces}
        cell={(position) => {
          const style = lookOf(scale, colourValue(grid, layer, position, colour));
          const isChosen = position === chosen;
          return (
            <span
              key={position}
              className="lens-cell mono"
              style={style}
              role="gridcell"
              tabIndex={isChosen ? 0 : -1}
              aria-selected={isChosen}
              aria-colindex={position + 2}
              aria-label={cellText(grid, { layer, position }, tokens, words)}
              data-cell={`${layer} ${position}`}
            >
              {cellLabel(topText(grid, layer, position))}
            </span>
          );
        }}
      />
    </div>
  );
});

/** Columns, and room in the place of those that are not there. */
function Pieces({
  pieces,
  cell,
}: {
  pieces: readonly RowPiece[];
  cell: (column: number) => ReactElement;
}): readonly ReactElement[] {
  return pieces.flatMap(({ kind, from, to }) =>
    kind === 'gap'
      ? [<span key={`gap-${from}`} className="lens-gap" role="presentation" style={{ width: (to - from) * COLUMN }} />]
      : Array.from({ length: to - from }, (_, at) => cell(from + at)),
  );
}

function lookOf(scale: ColourScale, value: number): CSSProperties {
  const backgroundColor = scale.colour(value);
  return { backgroundColor, color: inkOn(backgroundColor) };
}

function placeOf(target: EventTarget): LensPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]')?.dataset['cell'] : undefined;
  const [layer, position] = (cell ?? '').split(' ').map(Number);
  return cell === undefined || layer === undefined || position === undefined ? null : { layer, position };
}

/** Where a key leads; null for keys that lead nowhere. The last layer is on top. */
function moved({ layer, position }: LensPlace, key: string, { layers, tokens }: LensGrid): LensPlace | null {
  const goals: Readonly<Partial<Record<string, LensPlace>>> = {
    ArrowUp: { layer: layer + 1, position },
    ArrowDown: { layer: layer - 1, position },
    ArrowLeft: { layer, position: position - 1 },
    ArrowRight: { layer, position: position + 1 },
    Home: { layer, position: 0 },
    End: { layer, position: tokens - 1 },
  };
  const goal = goals[key];
  if (goal === undefined) return null;
  const inside = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
  return { layer: inside(goal.layer, -1, layers - 1), position: inside(goal.position, 0, tokens - 1) };
}

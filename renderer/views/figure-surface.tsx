/** The layers of a figure on screen: cells on a canvas, words in SVG, the pointer's frame above; one element takes the focus. */
import { useId, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../components/use-size.ts';
import type { Size } from '../components/use-size.ts';
import { cellMoveOf } from '../state/commands.ts';
import type { CellMove } from '../state/commands.ts';
import type { PointerParts } from './use-cell-pointer.tsx';

interface FigureSurfaceProps {
  readonly width: number;
  readonly height: number;
  /** Paints the cells; a new function paints again. */
  readonly paint: (canvas: HTMLCanvasElement) => void;
  /** Draws everything but the cells; a new function draws again. */
  readonly draw: () => SVGSVGElement;
  readonly pointer: PointerParts;
  readonly onMove: (move: CellMove) => void;
  /** Enter on the selected cell. */
  readonly onAct?: (() => void) | undefined;
  /** What else can be done here, besides moving. */
  readonly help?: string | undefined;
  readonly label: string;
  /** The selected cell in words, read out as it changes. */
  readonly readout: string;
  readonly testId: string;
  readonly rows: number;
  readonly columns: number;
  readonly children?: ReactNode;
}

export function FigureSurface(props: FigureSurfaceProps): ReactElement {
  const { t } = useTranslation();
  const { width, height, paint, draw, pointer, onMove, onAct, label, help, readout, testId, rows, columns, children } =
    props;
  const helpId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) paint(canvas.current);
  }, [paint]);
  useLayoutEffect(() => {
    const svg = draw();
    // The surface itself has the name and the readout; the figure's own would be read twice.
    svg.setAttribute('aria-hidden', 'true');
    drawing.current?.replaceChildren(svg);
  }, [draw]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && onAct !== undefined) {
      event.preventDefault();
      onAct();
      return;
    }
    const move = event.altKey || event.ctrlKey || event.metaKey ? null : cellMoveOf(event.key);
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(move);
  };
  return (
    <div
      className="figure"
      style={{ width, height }}
      role="application"
      tabIndex={0}
      aria-label={label}
      aria-describedby={helpId}
      data-testid={testId}
      data-rows={rows}
      data-columns={columns}
      onKeyDown={onKeyDown}
      {...pointer.handlers}
    >
      <canvas ref={canvas} className="figure-cells" aria-hidden="true" />
      <div ref={drawing} className="figure-drawing" />
      {children}
      {pointer.overlay}
      <p id={helpId} className="hidden">
        {t('stage.matrixHelp')} {help}
      </p>
      <p className="hidden" aria-live="polite" data-testid="readout">
        {readout}
      </p>
    </div>
  );
}

/** Measures the room of a figure and draws it to fit. */
export function FigureRoom({ children }: { children: (size: Size) => ReactNode }): ReactElement {
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  return (
    <div className="figure-room" ref={room}>
      {size !== null && size.width > 0 && size.height > 0 && children(size)}
    </div>
  );
}

/** The layers of a figure on screen: cells on a canvas, words in SVG, the pointer's frame above; one element takes the focus. */
import { useId, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, PointerEvent, ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ZoomParts } from '../components/use-zoom.ts';
import { useSize } from '../components/use-size.ts';
import type { Size } from '../components/use-size.ts';
import { cellMoveOf } from '../state/commands.ts';
import type { CellMove } from '../state/commands.ts';
import type { PointerParts } from './use-cell-pointer.tsx';

interface FigureSurfaceProps {
  readonly width: number;
  readonly height: number;
  /** Of a figure that can be enlarged: `paint` and `draw` draw what is seen, and are called again as that changes. */
  readonly zoom?: FigureZoom | undefined;
  /** Dragging that chooses a region; it goes before dragging that moves the figure. */
  readonly brush?: BrushParts | undefined;
  /** Paints the cells; a new function paints again. */
  readonly paint: (canvas: HTMLCanvasElement) => void;
  /** Draws everything but the cells; a new function draws again. */
  readonly draw: () => SVGSVGElement;
  readonly pointer: PointerParts;
  readonly onMove: (move: CellMove) => void;
  /** The same with Shift held down. */
  readonly onExtend?: ((move: CellMove) => void) | undefined;
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

export interface FigureZoom {
  readonly parts: ZoomParts;
  /** Names what is called as the part that is seen changes. */
  readonly whenDrawn: (draw: () => void) => void;
}

/** Handlers answer whether the gesture was theirs. */
export interface BrushParts {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => boolean;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => boolean;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => boolean;
  /** Whether the last press chose a region: its click means nothing else. */
  readonly wasDrag: () => boolean;
}

/** The cells and the words, drawn again where their functions are new or another part is seen. */
function useLayers({ paint, draw, pointer, zoom }: FigureSurfaceProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<HTMLDivElement>(null);
  const latest = useRef({ paint, draw, pointer });
  const drawWords = (): void => {
    const svg = latest.current.draw();
    // The surface itself has the name and the readout; the figure's own would be read twice.
    svg.setAttribute('aria-hidden', 'true');
    drawing.current?.replaceChildren(svg);
  };
  useLayoutEffect(() => {
    latest.current = { paint, draw, pointer };
  });
  useLayoutEffect(() => {
    if (canvas.current !== null) paint(canvas.current);
  }, [paint]);
  useLayoutEffect(drawWords, [draw]);
  useLayoutEffect(() => {
    zoom?.whenDrawn(() => {
      if (canvas.current !== null) latest.current.paint(canvas.current);
      drawWords();
      latest.current.pointer.refresh();
    });
  }, [zoom]);
  return { canvas, drawing };
}

/** Pointing, dragging to choose a region, dragging and turning the wheel to move and enlarge. */
function useGestures({ pointer, zoom, brush }: FigureSurfaceProps) {
  const { handlers, wasDrag } = zoom?.parts ?? {};
  const release = (event: PointerEvent<HTMLElement>): void => {
    if (brush?.onPointerUp(event) !== true) handlers?.onPointerUp(event);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (brush?.onPointerDown(event) !== true) handlers?.onPointerDown(event);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (brush?.onPointerMove(event) !== true) handlers?.onPointerMove(event);
      pointer.handlers.onPointerMove(event);
    },
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave: pointer.handlers.onPointerLeave,
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (wasDrag?.() !== true && brush?.wasDrag() !== true) pointer.handlers.onClick(event);
    },
  };
}

export function FigureSurface(props: FigureSurfaceProps): ReactElement {
  const { t } = useTranslation();
  const { width, height, zoom, pointer, onMove, onExtend, onAct, label, help, readout, testId, rows, columns } = props;
  const helpId = useId();
  const { canvas, drawing } = useLayers(props);
  const gestures = useGestures(props);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (zoom?.parts.handlers.onKeyDown(event) === true) return;
    if (event.key === 'Enter' && onAct !== undefined) {
      event.preventDefault();
      onAct();
      return;
    }
    const move = event.altKey || event.ctrlKey || event.metaKey ? null : cellMoveOf(event.key);
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey && onExtend !== undefined) onExtend(move);
    else onMove(move);
  };
  return (
    <div
      ref={zoom?.parts.element}
      className={zoom === undefined ? 'figure' : 'figure zooms'}
      style={{ width, height }}
      role="application"
      tabIndex={0}
      aria-label={label}
      aria-describedby={helpId}
      data-testid={testId}
      data-rows={rows}
      data-columns={columns}
      onKeyDown={onKeyDown}
      {...gestures}
    >
      <canvas ref={canvas} className="figure-cells" aria-hidden="true" />
      <div ref={drawing} className="figure-drawing" />
      {props.children}
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

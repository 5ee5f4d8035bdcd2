/** One run's flow across layers: hover a bar or a ribbon for its number, choose a bar to trace its token back. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ReactElement, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '../components/use-size.ts';
import { flowAt, layerFlow, layerFlowLayout, ribbonMiddle } from '../figures/layer-flow.ts';
import type { FlowPlace, LayerFlowInput, LayerFlowLayout } from '../figures/layer-flow.ts';
import type { Rect } from '../figures/legend.ts';
import type { LayerFlow } from '../state/flow.ts';
import type { Frame } from '../state/frames.ts';
import { shownIndex, tokenLabel } from '../view-models/format.ts';
import { flowUnits, layersFigure, nodeText, ribbonText } from '../view-models/layers.ts';
import type { Units } from '../view-models/lens/units.ts';
import { useApp, useSession, useTheme, useWords } from './context.tsx';
import { FigureRoom, FigureSurface } from './figure-surface.tsx';
import { useCellPointer } from './use-cell-pointer.tsx';

interface LayersFigureProps {
  readonly part: string;
  readonly frame: Frame;
  readonly flow: LayerFlow;
}

export function LayersFigure(props: LayersFigureProps): ReactElement {
  return <FigureRoom>{(size) => <Flow {...props} size={size} />}</FigureRoom>;
}

interface Drawn {
  readonly input: LayerFlowInput;
  readonly layout: LayerFlowLayout;
  readonly units: Units;
}

function useDrawn({ part, frame, flow, size: { width, height } }: LayersFigureProps & { size: Size }): Drawn {
  const words = useWords();
  const theme = useTheme();
  const unit = useApp((state) => state.lens.unit);
  const groups = useApp((state) => state.lens.groups);
  return useMemo(() => {
    const units = flowUnits(frame, { unit, groups });
    const place = { title: '', subtitle: '', theme, maxWidth: width, maxHeight: height, id: `layers-${part}` };
    const input = { ...layersFigure(flow, units, words), ...place };
    return { input, layout: layerFlowLayout(input), units };
  }, [part, frame, flow, unit, groups, words, theme, width, height]);
}

/** A bar: where the arrow keys are. */
interface Cursor {
  readonly boundary: number;
  readonly row: number;
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

function Flow(props: LayersFigureProps & { size: Size }): ReactElement {
  const { part, frame, flow } = props;
  const { t } = useTranslation();
  const drawn = useDrawn(props);
  const { input, layout } = drawn;
  const { rows, columns } = layout;
  const [moved, setMoved] = useState<Cursor>({ boundary: 0, row: 0 });
  const cursor = inside(moved, layout);
  const element = useRef<HTMLDivElement>(null);
  const draw = useCallback(() => layerFlow(input, { document, background: 'omit' }), [input]);
  const { textOf, choose } = usePlaces(flow, drawn);
  const pointer = useCellPointer<FlowPlace>({
    find: (x, y) => flowAt(layout, x, y),
    boxOf: (place) => boxOf(layout, place),
    textOf,
    onHover: (place) => {
      highlight(element, layout, place);
    },
    onChoose: (place) => {
      if (place.kind === 'ribbon') return;
      setMoved(place);
      choose(place.row);
    },
  });
  const token = tokenLabel(frame.run.tokens[flow.target]?.text ?? '');
  const size = { rows: rows.length, columns: columns.length };
  return (
    <div ref={element} className="layers-figure">
      <FigureSurface
        width={layout.width}
        height={layout.height}
        paint={withoutCells}
        draw={draw}
        pointer={pointer}
        onMove={({ dQuery, dKey }) => {
          setMoved(inside({ boundary: cursor.boundary + dKey, row: cursor.row + dQuery }, layout));
        }}
        onAct={() => {
          choose(cursor.row);
        }}
        help={t('layers.keys')}
        label={t('layers.label', { token, index: shownIndex(flow.target), ...size })}
        readout={textOf({ kind: 'node', ...cursor })}
        testId={`layers-figure-${part}`}
        {...size}
      >
        <CursorFrame box={boxOf(layout, { kind: 'node', ...cursor })} />
      </FigureSurface>
    </div>
  );
}

/** What is said of a place, and what choosing a row does. */
function usePlaces(
  flow: LayerFlow,
  { layout, units }: Drawn,
): { readonly textOf: (place: FlowPlace) => string; readonly choose: (row: number) => void } {
  const words = useWords();
  const session = useSession();
  const { rows, ribbons } = layout;
  return {
    textOf: (place) => {
      if (place.kind === 'ribbon') {
        const ribbon = ribbons[place.ribbon];
        return ribbon === undefined ? '' : ribbonText(flow, units, rows, ribbon, words);
      }
      const [row, node] = [rows[place.row], nodeOf(layout, place)];
      return row === undefined || node === undefined ? '' : nodeText(units, row, node, words);
    },
    choose: (index) => {
      const row = rows[index];
      // The last piece of a word has seen the others, in a model that reads from left to right.
      if (row?.count === 1) session.select({ query: units.last[row.first] ?? 0 });
    },
  };
}

function inside({ boundary, row }: Cursor, { columns, rows }: LayerFlowLayout): Cursor {
  return { boundary: clamp(boundary, columns.length), row: clamp(row, rows.length) };
}

function CursorFrame({ box: { x, y, width, height } }: { box: Rect }): ReactElement {
  const style = { left: x - 2, top: y - 2, width: width + 4, height: height + 4 };
  return <div className="cursor-frame layers-cursor" style={style} aria-hidden="true" />;
}

/** Everything is in the drawing. */
function withoutCells(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}

function nodeOf(
  { nodes, rows }: LayerFlowLayout,
  { boundary, row }: Cursor,
): LayerFlowLayout['nodes'][number] | undefined {
  return nodes[boundary * rows.length + row];
}

/** A bar, at least as high as a pointer needs; of a ribbon its middle. */
function boxOf(layout: LayerFlowLayout, place: FlowPlace): Rect {
  if (place.kind === 'node') {
    const node = nodeOf(layout, place);
    if (node === undefined) return { x: 0, y: 0, width: 0, height: 0 };
    const height = Math.max(4, node.height);
    return { x: node.x, y: node.y + (node.height - height) / 2, width: node.width, height };
  }
  const ribbon = layout.ribbons[place.ribbon];
  if (ribbon === undefined) return { x: 0, y: 0, width: 0, height: 0 };
  const x = (ribbon.x0 + ribbon.x1) / 2;
  return { x, y: ribbonMiddle(ribbon, x) - ribbon.width / 2, width: 1, height: ribbon.width };
}

/** Marks the ribbon, or all ribbons of the bar, in the drawing itself: nothing is drawn again. */
function highlight(
  element: RefObject<HTMLDivElement | null>,
  { ribbons }: LayerFlowLayout,
  place: FlowPlace | null,
): void {
  element.current?.querySelectorAll<SVGPathElement>('[data-ribbon]').forEach((path) => {
    const index = Number(path.dataset['ribbon']);
    const ribbon = ribbons[index];
    const isOn =
      place?.kind === 'ribbon'
        ? place.ribbon === index
        : place !== null &&
          ribbon !== undefined &&
          ((ribbon.layer === place.boundary && ribbon.from === place.row) ||
            (ribbon.layer + 1 === place.boundary && ribbon.to === place.row));
    path.classList.toggle('on', isOn);
  });
}

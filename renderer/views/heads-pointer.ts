/** Pointing at the large atlas: a frame around the cell and its numbers in words; a click selects the head, and the cell if it is large. */
import { useEffect } from 'react';
import type { MouseEvent } from 'react';
import type { ZoomControl } from '../components/zoom-control.ts';
import { rowBehind } from '../state/exact.ts';
import type { Frame } from '../state/frames.ts';
import { cellSpan } from '../view-models/atlas-levels.ts';
import { formatNumber, shownIndex, tokenLabel } from '../view-models/format.ts';
import { useServices, useWords } from './context.tsx';
import type { HeadCell, HeadPlaces } from './heads-places.ts';
import type { HeadTiles } from './heads-tiles.ts';
import { useCellPointer } from './use-cell-pointer.tsx';
import type { PointerParts } from './use-cell-pointer.tsx';
import { choosesSeveral } from './use-head-pointer.ts';
import { placeIn } from '../components/pointer-place.ts';

interface HeadsPointerProps {
  readonly places: HeadPlaces;
  readonly control: ZoomControl;
  readonly frame: Frame;
  readonly tiles: HeadTiles;
  /** How many heads a layer has. */
  readonly heads: number;
}

/** Cells from this size on, in px, are chosen by a click on them. */
const CHOSEN_CELL = 8;

export interface HeadsPointer extends PointerParts {
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
}

export function useHeadsPointer({ places, control, frame, tiles, heads }: HeadsPointerProps): HeadsPointer {
  const { session, store, hover } = useServices();
  const textOf = useCellText({ frame, tiles, heads });
  useEffect(() => () => hover.set(null), [hover, frame.run]);
  const placeOf = ({ index }: HeadCell) => ({ layer: Math.floor(index / heads), head: index % heads });
  const isSelected = (cell: HeadCell): boolean => {
    const { layer, head } = store.getState().selection;
    return cell.index === layer * heads + head;
  };
  const pointer = useCellPointer<HeadCell>({
    find: (x, y) => places.cellAt({ x, y }, control.zoom),
    boxOf: (cell) => places.boxOf(cell, control.zoom),
    textOf,
    // The inspector reads the selected head: of another one it would show other numbers than those under the pointer.
    onHover: (cell) =>
      hover.set(cell !== null && cell.block === 1 && isSelected(cell) ? { query: cell.row, key: cell.column } : null),
    onChoose: (cell) => {
      const isLarge = cell.block === 1 && control.zoom.scale / cell.cells >= CHOSEN_CELL;
      session.select({ ...placeOf(cell), ...(isLarge ? { query: cell.row, key: cell.column } : {}) });
    },
  });
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    if (!choosesSeveral(event)) {
      pointer.handlers.onClick(event);
      return;
    }
    const cell = places.cellAt(placeIn(event, event.currentTarget), control.zoom);
    if (cell !== null) session.toggleHead(placeOf(cell));
  };
  return { ...pointer, onClick };
}

/** `layer 3, head 5: it → animal  0.4312`; of several tokens `… at most 0.43`. */
function useCellText({ frame, tiles, heads }: Pick<HeadsPointerProps, 'frame' | 'tiles' | 'heads'>) {
  const words = useWords();
  const { session } = useServices();
  const { traceId, tokens } = frame.run;
  const labelOf = (cell: number, block: number): string => {
    const { first, last } = cellSpan(cell, block, tokens.length);
    const [from = '', to = ''] = [tokens[first]?.text, tokens[last]?.text].map((text) => tokenLabel(text ?? ''));
    return first === last ? from : words('atlasView.stage.span', { first: from, last: to });
  };
  /** The number itself: of a long text its row is fetched, and shown when it is here. */
  const numberOf = ({ index, row, column, weight, isRead }: HeadCell): string => {
    const matrix = tiles.get(index)?.matrix;
    const request = matrix === undefined ? null : rowBehind(matrix, row);
    if (!isRead) return `≈ ${formatNumber(weight, 2)}`;
    if (request === null) return formatNumber(weight);
    const known = session.slices.peek(traceId, request);
    if (known === null) session.slices.want(traceId, request);
    return known?.status === 'ready' ? formatNumber(known.matrix.data[column] ?? NaN) : formatNumber(weight, 3);
  };
  return (cell: HeadCell): string => {
    const values = {
      layer: shownIndex(Math.floor(cell.index / heads)),
      head: shownIndex(cell.index % heads),
      query: labelOf(cell.row, cell.block),
      key: labelOf(cell.column, cell.block),
    };
    if (cell.block === 1) return words('atlasView.stage.cell', { ...values, value: numberOf(cell) });
    return words('atlasView.stage.tile', { ...values, value: formatNumber(cell.weight, 2) });
  };
}

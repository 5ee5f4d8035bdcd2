/** The heads of the large atlas for the keyboard and for screen readers: cells that lie where the pictures are, and move with them. */
import type { KeyboardEvent, ReactElement, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeadsLayout, HeadSpot } from '../view-models/atlas-layout.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import { useHeadName } from './use-head-name.ts';
import { useHeadMarks } from './use-head-pointer.ts';

/** px of the cells a unit of the layout, before they are scaled. */
export const CELL_UNIT = 100;

interface CellsProps {
  readonly layout: HeadsLayout;
  readonly heads: number;
  readonly reading: HeadReading | null;
  readonly isRanked: boolean;
  /** What moves and scales the cells. */
  readonly box: RefObject<HTMLDivElement | null>;
  readonly describedBy: string;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** The keyboard came to another cell, or left. */
  readonly onFocusChange: () => void;
}

export function HeadCells(props: CellsProps): ReactElement {
  const { layout, heads, reading, isRanked, box, describedBy, onKeyDown, onFocusChange } = props;
  const { t } = useTranslation();
  const markOf = useHeadMarks();
  const nameOf = useHeadName(heads, reading);
  const spots = new Map<number, HeadSpot>(layout.spots.map((spot) => [spot.index, spot]));
  let rank = 0;
  return (
    <div
      ref={box}
      className="heads-cells"
      role="grid"
      aria-label={t('atlasView.stage.label')}
      aria-multiselectable="true"
      aria-describedby={describedBy}
      data-testid="heads-cells"
      onKeyDown={onKeyDown}
      onFocus={onFocusChange}
      onBlur={onFocusChange}
    >
      {layout.rows.map((row, at) => (
        <div key={at} role="row">
          {row.map((index) => {
            const place = { layer: Math.floor(index / heads), head: index % heads };
            const mark = markOf(place);
            const spot = spots.get(index);
            const name = nameOf(place, mark, isRanked ? rank++ : null);
            return (
              <div
                key={index}
                role="gridcell"
                className="atlas-cell"
                style={{ left: (spot?.x ?? 0) * CELL_UNIT, top: (spot?.y ?? 0) * CELL_UNIT }}
                tabIndex={mark === 'on' ? 0 : -1}
                aria-selected={mark !== null}
                aria-label={name}
                data-layer={place.layer}
                data-head={place.head}
                data-testid={`large-head-${place.layer}-${place.head}`}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

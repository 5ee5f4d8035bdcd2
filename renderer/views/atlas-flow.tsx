/** Heads by value or by likeness: tiles that flow in rows, in sections with names, each with its place in the model. */
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import type { ReactElement, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { inkOn } from '../figures/contrast.ts';
import { useSize } from '../components/use-size.ts';
import type { HeadPlace } from '../state/selection.ts';
import { rowsOf } from '../view-models/atlas-order.ts';
import type { AtlasSection } from '../view-models/atlas-order.ts';
import { RANK_GAP, rankGeometry, tileNumber } from '../view-models/atlas-rank.ts';
import { shownIndex } from '../view-models/format.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import { AtlasGroupHeading } from './atlas-group-heading.tsx';
import { ATLAS_NOTE } from './atlas-legend.tsx';
import type { AtlasPicture } from './atlas-picture.ts';
import { useApp } from './context.tsx';
import { useHeadKeys } from './use-head-keys.ts';
import { useHeadName } from './use-head-name.ts';
import { useHeadMarks, useHeadPointer } from './use-head-pointer.ts';
import type { HeadMark } from './use-head-pointer.ts';

interface FlowProps {
  /** What colours the heads; null: their own weights. */
  readonly reading: HeadReading | null;
  readonly picture: AtlasPicture;
  readonly sections: readonly AtlasSection[];
  readonly heads: number;
  /** How the heads are sorted, in words. */
  readonly caption: string;
  readonly onPoint: (head: HeadPlace | null) => void;
}

export function AtlasFlow(props: FlowProps): ReactElement {
  const { sections, heads, caption, onPoint } = props;
  const { t } = useTranslation();
  const pointer = useHeadPointer(onPoint);
  const room = useRef<HTMLDivElement>(null);
  const width = useSize(room)?.width ?? null;
  const chosen = useApp(({ selection }) => selection.layer * heads + selection.head);
  useChosenInView(room, chosen, sections, width);
  const { columns, tile } = rankGeometry(width ?? 0);
  const rows = useMemo(() => sections.flatMap((section) => rowsOf(section.heads, columns)), [sections, columns]);
  const onKeyDown = useHeadKeys({ rows, isFlow: true, heads });
  return (
    <div className="atlas-room">
      <p className="atlas-caption" aria-hidden="true">
        {caption}
      </p>
      <div
        ref={room}
        className="atlas-ranked"
        role="grid"
        aria-label={`${t('atlas.label')}: ${caption}`}
        aria-multiselectable="true"
        aria-describedby={ATLAS_NOTE}
        data-testid="atlas-ranked"
        style={{ gap: RANK_GAP }}
        onKeyDown={onKeyDown}
        {...pointer}
      >
        {width !== null &&
          sections.map((section, at) => (
            <Section key={at} {...props} section={section} columns={columns} width={tile} />
          ))}
      </div>
    </div>
  );
}

interface SectionProps extends FlowProps {
  readonly section: AtlasSection;
  readonly columns: number;
  readonly width: number;
}

function Section({ section, columns, heads, reading, picture, width }: SectionProps): ReactElement {
  const markOf = useHeadMarks();
  const nameOf = useHeadName(heads, reading);
  return (
    <div role="rowgroup" className="ranked-section" style={{ gap: RANK_GAP }}>
      {section.name !== null && <AtlasGroupHeading name={section.name} group={section.heads} heads={heads} />}
      {rowsOf(section.heads, columns).map((row, at) => (
        <div key={at} role="row" className="ranked-row" style={{ gap: RANK_GAP }}>
          {row.map((index, column) => {
            const place = { layer: Math.floor(index / heads), head: index % heads };
            const mark = markOf(place);
            const rank = section.name === null ? at * columns + column : null;
            return (
              <Tile
                key={index}
                index={index}
                {...place}
                mark={mark}
                label={nameOf(place, mark, rank)}
                value={reading?.values[index] ?? null}
                picture={picture}
                width={width}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

interface TileProps extends HeadPlace {
  readonly index: number;
  readonly mark: HeadMark;
  readonly label: string;
  /** null: the head's own weights are shown. */
  readonly value: number | null;
  readonly picture: AtlasPicture;
  readonly width: number;
}

const Tile = memo(function Tile({ index, layer, head, mark, label, value, picture, width }: TileProps): ReactElement {
  const ground = value === null ? null : picture.colour(index);
  return (
    <div
      role="gridcell"
      className={`atlas-cell ranked ${value === null ? 'pictured' : ''} ${mark ?? ''}`}
      style={{ width, ...(ground === null ? {} : { background: ground, color: inkOn(ground) }) }}
      tabIndex={mark === 'on' ? 0 : -1}
      aria-selected={mark !== null}
      aria-label={label}
      data-index={index}
      data-layer={layer}
      data-head={head}
      data-testid={`head-${layer}-${head}`}
    >
      {value === null && <TilePicture picture={picture} index={index} side={width} />}
      <span className="tile-place">
        {shownIndex(layer)}.{shownIndex(head)}
      </span>
      {value !== null && <span className="tile-value">{tileNumber(value)}</span>}
    </div>
  );
});

/** @param side in px */
function TilePicture({ picture, index, side }: { picture: AtlasPicture; index: number; side: number }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) picture.paintTile(canvas.current, index, side);
  }, [picture, index, side]);
  return <canvas ref={canvas} className="tile-picture" aria-hidden="true" />;
}

/** Keeps the chosen head inside the scrolled room, without moving anything else of the window. */
function useChosenInView(
  room: RefObject<HTMLElement | null>,
  chosen: number,
  sections: readonly AtlasSection[],
  width: number | null,
): void {
  useLayoutEffect(() => {
    const box = room.current;
    const tile = box?.querySelector<HTMLElement>(`[data-index="${chosen}"]`);
    if (box === null || tile === null || tile === undefined) return;
    const outer = box.getBoundingClientRect();
    const inner = tile.getBoundingClientRect();
    // Room for the outline around the tile.
    const above = inner.top - outer.top - 4;
    const below = inner.bottom - outer.bottom + 4;
    if (above < 0 || below > 0) box.scrollBy({ top: above < 0 ? above : below, behavior: 'instant' });
  }, [room, chosen, sections, width]);
}

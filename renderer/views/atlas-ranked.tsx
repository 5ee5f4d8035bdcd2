/** Heads by value: tiles that flow in rank order, each with its place in the model and its value. */
import { memo, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { inkOn } from '../figures/contrast.ts';
import { useSize } from '../components/use-size.ts';
import { cellMoveOf } from '../state/commands.ts';
import { RANK_GAP, rankGeometry, stepRank, tileNumber } from '../view-models/atlas-rank.ts';
import { formatNumber, shownIndex } from '../view-models/format.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import { ATLAS_NOTE } from './atlas-legend.tsx';
import { useHeadPointer } from './use-head-pointer.ts';
import type { HeadPlace } from './atlas-grid.tsx';
import type { ValuePicture } from './atlas-picture.ts';
import { useApp, useSession, useWords } from './context.tsx';

interface RankedProps {
  readonly reading: HeadReading;
  /** Flat indices of heads (layer · heads + head), first rank first. */
  readonly ranking: readonly number[];
  readonly heads: number;
  readonly picture: ValuePicture;
  /** How the heads are sorted, in words. */
  readonly caption: string;
  readonly onPoint: (head: HeadPlace | null) => void;
}

export function AtlasRanked({ reading, ranking, heads, picture, caption, onPoint }: RankedProps): ReactElement {
  const { t } = useTranslation();
  const pointer = useHeadPointer(onPoint);
  const room = useRef<HTMLDivElement>(null);
  const width = useSize(room)?.width ?? null;
  const chosen = useApp(({ selection }) => selection.layer * heads + selection.head);
  useChosenInView(room, chosen, ranking, width);
  const geometry = rankGeometry(width ?? 0);
  const { columns } = geometry;
  const onKeyDown = useRankKeys(ranking, columns, chosen, heads);
  const starts = Array.from({ length: Math.ceil(ranking.length / columns) }, (_, row) => row * columns);
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
        aria-describedby={ATLAS_NOTE}
        data-testid="atlas-ranked"
        style={{ gap: RANK_GAP }}
        onKeyDown={onKeyDown}
        {...pointer}
      >
        {width !== null &&
          starts.map((start) => (
            <div key={start} role="row" className="ranked-row" style={{ gap: RANK_GAP }}>
              {ranking.slice(start, start + columns).map((index, column) => (
                <Tile
                  key={index}
                  rank={start + column}
                  index={index}
                  heads={heads}
                  isChosen={index === chosen}
                  reading={reading}
                  ground={picture.colour(index)}
                  width={geometry.tile}
                />
              ))}
            </div>
          ))}
      </div>
    </div>
  );
}

/** Arrow keys go from rank to rank. */
function useRankKeys(
  ranking: readonly number[],
  columns: number,
  chosen: number,
  heads: number,
): (event: KeyboardEvent<HTMLElement>) => void {
  const session = useSession();
  return (event) => {
    const move = cellMoveOf(event.key);
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    const to = ranking[stepRank(ranking.indexOf(chosen), move, columns, ranking.length)] ?? chosen;
    session.select({ layer: Math.floor(to / heads), head: to % heads });
    event.currentTarget.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus({ preventScroll: true });
  };
}

interface TileProps {
  /** Counted from 0. */
  readonly rank: number;
  readonly index: number;
  readonly heads: number;
  readonly isChosen: boolean;
  readonly reading: HeadReading;
  readonly ground: string;
  readonly width: number;
}

const Tile = memo(function Tile({ rank, index, heads, isChosen, reading, ground, width }: TileProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const layer = shownIndex(Math.floor(index / heads));
  const head = shownIndex(index % heads);
  const value = reading.values[index] ?? NaN;
  const shown = formatNumber(value, 3);
  const values = { layer, head, name: words(reading.quantity), value: shown };
  return (
    <div
      role="gridcell"
      className={isChosen ? 'atlas-cell ranked on' : 'atlas-cell ranked'}
      style={{ width, background: ground, color: inkOn(ground) }}
      tabIndex={isChosen ? 0 : -1}
      aria-selected={isChosen}
      aria-label={t('atlas.cellRank', { ...values, rank: rank + 1 })}
      data-index={index}
      data-layer={Math.floor(index / heads)}
      data-head={index % heads}
      data-testid={`head-${Math.floor(index / heads)}-${index % heads}`}
    >
      <span className="tile-place">
        {layer}.{head}
      </span>
      <span className="tile-value">{tileNumber(value)}</span>
    </div>
  );
});

/** Keeps the chosen head inside the scrolled room, without moving anything else of the window. */
function useChosenInView(
  room: { readonly current: HTMLElement | null },
  chosen: number,
  ranking: readonly number[],
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
  }, [room, chosen, ranking, width]);
}

/** Layers × heads on one canvas; a grid of cells over it takes the pointer and the keys, and has the names. */
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import { useMedia } from '../components/use-media.ts';
import { useSize } from '../components/use-size.ts';
import { cellMoveOf } from '../state/commands.ts';
import { atlasGeometry } from '../view-models/atlas.ts';
import type { AtlasGeometry } from '../view-models/atlas.ts';
import { formatNumber, shownIndex } from '../view-models/format.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import { ATLAS_NOTE } from './atlas-legend.tsx';
import type { AtlasPicture } from './atlas-picture.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { useHeadPointer } from './use-head-pointer.ts';

export interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}

interface GridProps {
  readonly summary: SiteSummary;
  readonly picture: AtlasPicture;
  /** What colours the heads; null: their own weights. */
  readonly reading: HeadReading | null;
  /** Tells which head is under the pointer. */
  readonly onPoint: (head: HeadPlace | null) => void;
}

/** Height of the pictures where the atlas is a strip above the figure, in px. */
const STRIP_HEIGHT = 160;

export function AtlasGrid({ summary, picture, reading, onPoint }: GridProps): ReactElement {
  const { t } = useTranslation();
  const pointer = useHeadPointer(onPoint);
  const room = useRef<HTMLDivElement>(null);
  const width = useSize(room)?.width ?? null;
  const strip = useMedia('(max-width: 799px)');
  const { layers, heads } = summary;
  const geometry = useMemo(
    () => (width === null ? null : atlasGeometry(layers, heads, width, strip ? STRIP_HEIGHT : Infinity)),
    [layers, heads, width, strip],
  );
  const onKeyDown = useGridKeys(summary);
  return (
    <div className="atlas-room" ref={room}>
      {geometry !== null && (
        <div
          className="atlas-grid"
          role="grid"
          aria-label={t('atlas.label')}
          aria-describedby={ATLAS_NOTE}
          style={{ width: geometry.width, height: geometry.height }}
          onKeyDown={onKeyDown}
          {...pointer}
        >
          <Pictures picture={picture} geometry={geometry} />
          <HeadLabels geometry={geometry} />
          {Array.from({ length: layers }, (_, layer) => (
            <Row key={layer} layer={layer} summary={summary} reading={reading} geometry={geometry} />
          ))}
        </div>
      )}
    </div>
  );
}

/** Arrow keys go from head to head, Home and End along a layer. */
function useGridKeys({ layers, heads }: SiteSummary): (event: KeyboardEvent<HTMLElement>) => void {
  const session = useSession();
  const layer = useApp((state) => state.selection.layer);
  const head = useApp((state) => state.selection.head);
  return (event) => {
    const move = cellMoveOf(event.key);
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    const to = {
      layer: Math.max(0, Math.min(layers - 1, layer + move.dQuery)),
      head: Math.max(0, Math.min(heads - 1, head + move.dKey)),
    };
    session.select(to);
    const place = `[data-layer="${to.layer}"][data-head="${to.head}"]`;
    event.currentTarget.querySelector<HTMLElement>(place)?.focus();
  };
}

function Pictures({ picture, geometry }: { picture: AtlasPicture; geometry: AtlasGeometry }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) picture.paint(canvas.current, geometry);
  }, [picture, geometry]);
  return <canvas ref={canvas} className="atlas-canvas" aria-hidden="true" />;
}

function HeadLabels({ geometry }: { geometry: AtlasGeometry }): ReactElement {
  const head = useApp((state) => state.selection.head);
  return (
    <>
      {geometry.headLabels.map(({ index, x }) => (
        <span
          key={index}
          className={index === head ? 'atlas-label on' : 'atlas-label'}
          style={{ left: x, top: 0 }}
          aria-hidden="true"
        >
          {shownIndex(index)}
        </span>
      ))}
    </>
  );
}

interface RowProps {
  readonly layer: number;
  readonly summary: SiteSummary;
  readonly reading: HeadReading | null;
  readonly geometry: AtlasGeometry;
}

function Row({ layer, summary, reading, geometry }: RowProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const chosen = useApp((state) => (state.selection.layer === layer ? state.selection.head : null));
  const nameOf = (head: number): string => {
    const values = { layer: shownIndex(layer), head: shownIndex(head) };
    const value = reading?.values[layer * summary.heads + head] ?? NaN;
    if (reading === null || Number.isNaN(value)) return t('atlas.cell', values);
    return t('atlas.cellValue', { ...values, name: words(reading.quantity), value: formatNumber(value, 3) });
  };
  const { tile } = geometry;
  return (
    <div role="row" className="atlas-row">
      {geometry.showsLayer(layer) && (
        <span
          className={chosen === null ? 'atlas-label row' : 'atlas-label row on'}
          style={{ top: geometry.y(layer) + tile / 2 }}
          aria-hidden="true"
        >
          {shownIndex(layer)}
        </span>
      )}
      {Array.from({ length: summary.heads }, (_, head) => (
        <div
          key={head}
          role="gridcell"
          className={head === chosen ? 'atlas-cell on' : 'atlas-cell'}
          style={{ left: geometry.x(head), top: geometry.y(layer), width: tile, height: tile }}
          tabIndex={head === chosen ? 0 : -1}
          aria-selected={head === chosen}
          aria-label={nameOf(head)}
          data-layer={layer}
          data-head={head}
          data-testid={`head-${layer}-${head}`}
        />
      ))}
    </div>
  );
}

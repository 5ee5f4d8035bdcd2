/** Layers × heads on one canvas; a grid of cells over it takes the pointer and the keys, and has the names. */
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import { useMedia } from '../components/use-media.ts';
import { useSize } from '../components/use-size.ts';
import type { HeadPlace } from '../state/selection.ts';
import { atlasGeometry } from '../view-models/atlas.ts';
import type { AtlasGeometry } from '../view-models/atlas.ts';
import { headRowsOf } from '../view-models/atlas-order.ts';
import { shownIndex } from '../view-models/format.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import { ATLAS_NOTE } from './atlas-legend.tsx';
import type { AtlasPicture } from './atlas-picture.ts';
import { useApp } from './context.tsx';
import { useHeadKeys } from './use-head-keys.ts';
import { useHeadName } from './use-head-name.ts';
import { useHeadMarks, useHeadPointer } from './use-head-pointer.ts';

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
  const rows = useMemo(() => headRowsOf({ kind: 'layers', layers, heads }, heads), [layers, heads]);
  const onKeyDown = useHeadKeys({ rows, isFlow: false, heads });
  return (
    <div className="atlas-room" ref={room}>
      {geometry !== null && (
        <div
          className="atlas-grid"
          role="grid"
          aria-label={t('atlas.label')}
          aria-multiselectable="true"
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
  const chosen = useApp((state) => state.selection.layer === layer);
  const { tile } = geometry;
  const markOf = useHeadMarks();
  const nameOf = useHeadName(summary.heads, reading);
  return (
    <div role="row" className="atlas-row">
      {geometry.showsLayer(layer) && (
        <span
          className={chosen ? 'atlas-label row on' : 'atlas-label row'}
          style={{ top: geometry.y(layer) + tile / 2 }}
          aria-hidden="true"
        >
          {shownIndex(layer)}
        </span>
      )}
      {Array.from({ length: summary.heads }, (_, head) => {
        const mark = markOf({ layer, head });
        return (
          <div
            key={head}
            role="gridcell"
            className={`atlas-cell ${mark ?? ''}`}
            style={{ left: geometry.x(head), top: geometry.y(layer), width: tile, height: tile }}
            tabIndex={mark === 'on' ? 0 : -1}
            aria-selected={mark !== null}
            aria-label={nameOf({ layer, head }, mark)}
            data-layer={layer}
            data-head={head}
            data-testid={`head-${layer}-${head}`}
          />
        );
      })}
    </div>
  );
}

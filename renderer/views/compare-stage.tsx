/** The station's figure: of the original run, of the changed one, of their difference, or of all three side by side. */
import { useRef } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../components/use-size.ts';
import type { Frame } from '../state/frames.ts';
import { stationRow } from '../state/stations.ts';
import { panelGrid } from '../view-models/run-compare.ts';
import type { PartFrame } from '../view-models/run-compare.ts';
import { useChangedStageFrame } from './context.tsx';
import { MatrixStage } from './matrix-stage.tsx';
import { useParts } from './use-parts.ts';
import { VectorsStage } from './vectors-stage.tsx';

/** The least height of a panel in px: below it, the panels scroll. */
const LEAST = { square: 200, wide: 210 };

/** @param frame of the original run */
export function CompareStage({ frame }: { frame: Frame }): ReactElement {
  const { stale } = useChangedStageFrame();
  const parts = useParts(frame);
  const [only] = parts;
  if (parts.length > 1) return <Panels parts={parts} stale={stale} />;
  return only === undefined ? <></> : <Figure shown={only} />;
}

function Panels({ parts, stale }: { parts: readonly PartFrame[]; stale: boolean }): ReactElement {
  const { t } = useTranslation();
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const station = parts[0]?.frame.selection.station ?? 'pattern';
  const shape = stationRow(station).figure === 'matrix' ? 'square' : 'wide';
  const grid = panelGrid(parts.length, size ?? { width: 3, height: 1 }, shape);
  const style = { '--columns': grid.columns, '--rows': grid.rows, '--least': `${LEAST[shape]}px` } as CSSProperties;
  return (
    <div ref={room} className="run-panels" style={style} data-testid="run-panels">
      {parts.map((shown) => (
        <section
          key={shown.part}
          className={stale && shown.part !== 'original' ? 'run-panel stale' : 'run-panel'}
          aria-label={t(`compare.part.${shown.part}`)}
        >
          <h3 title={t(`compare.partHelp.${shown.part}`)}>{t(`compare.part.${shown.part}`)}</h3>
          <Figure shown={shown} />
        </section>
      ))}
    </div>
  );
}

function Figure({ shown }: { shown: PartFrame }): ReactElement {
  const { station } = shown.frame.selection;
  if (stationRow(station).figure === 'matrix') return <MatrixStage shown={shown} />;
  return <VectorsStage key={station} shown={shown} />;
}

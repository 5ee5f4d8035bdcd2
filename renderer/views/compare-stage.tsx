/** The station's figure: of the original run, of the changed one, of their difference, or all three; of one head or of several. */
import { useMemo, useRef } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../components/use-size.ts';
import type { Frame } from '../state/frames.ts';
import { stationRow } from '../state/stations.ts';
import { headsTitle } from '../view-models/export-matrix.ts';
import { headsName, matrixPanels } from '../view-models/matrix-panels.ts';
import type { MatrixPanel } from '../view-models/matrix-panels.ts';
import { panelGrid } from '../view-models/run-compare.ts';
import type { PartFrame, RunPart } from '../view-models/run-compare.ts';
import { useApp, useChangedStageFrame, useWords } from './context.tsx';
import { MatrixStage } from './matrix-stage.tsx';
import { useParts } from './use-parts.ts';
import { VectorsStage } from './vectors-stage.tsx';

/** The least height of a panel in px: below it, the panels scroll. */
const LEAST = { square: 200, wide: 210 };

/** @param frame of the original run */
export function CompareStage({ frame }: { frame: Frame }): ReactElement {
  const parts = useParts(frame);
  if (parts.length === 0) return <></>;
  const isMatrix = stationRow(frame.selection.station).figure === 'matrix';
  return isMatrix ? <Matrices parts={parts} /> : <Vectors parts={parts} />;
}

function Vectors({ parts }: { parts: readonly PartFrame[] }): ReactElement {
  const { t } = useTranslation();
  const [only] = parts;
  const figure = (shown: PartFrame): ReactElement => <VectorsStage key={shown.frame.selection.station} shown={shown} />;
  if (parts.length === 1 && only !== undefined) return figure(only);
  return (
    <Panels
      panels={parts.map((shown) => ({
        ...{ part: shown.part, title: t(`compare.part.${shown.part}`), key: shown.part },
        figure: figure(shown),
      }))}
      shape="wide"
      across={1}
    />
  );
}

function Matrices({ parts }: { parts: readonly PartFrame[] }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const lens = useApp((state) => state.lens);
  const panels = useMemo(() => matrixPanels(parts, lens), [parts, lens]);
  const [only] = panels;
  if (panels.length === 1 && only !== undefined) return <MatrixStage panel={only} />;
  const titleOf = ({ part, heads, combine }: MatrixPanel): string => {
    const run = t(`compare.part.${part}`);
    if (panels.length === parts.length && combine === 'each') return run;
    const named = headsTitle({ heads, combine }, words);
    return parts.length > 1 ? `${named} · ${run}` : named;
  };
  return (
    <Panels
      panels={panels.map((panel, at) => ({
        ...{ part: panel.part, title: titleOf(panel), key: `${panel.part} ${panel.combine} ${headsName(panel.heads)}` },
        figure: <MatrixStage panel={panel} at={at} wheel="withCtrl" />,
      }))}
      shape="square"
      across={parts.length > 1 && panels.length > parts.length ? parts.length : null}
    />
  );
}

interface PanelsProps {
  readonly panels: readonly {
    readonly part: RunPart;
    readonly title: string;
    readonly key: string;
    readonly figure: ReactElement;
  }[];
  readonly shape: 'square' | 'wide';
  /** How many side by side; null: as many as make them largest. */
  readonly across: number | null;
}

function Panels({ panels, shape, across }: PanelsProps): ReactElement {
  const { t } = useTranslation();
  const { stale } = useChangedStageFrame();
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const grid =
    across === null
      ? panelGrid(panels.length, size ?? { width: 3, height: 1 }, shape)
      : { columns: across, rows: Math.ceil(panels.length / across) };
  const style = { '--columns': grid.columns, '--rows': grid.rows, '--least': `${LEAST[shape]}px` } as CSSProperties;
  return (
    <div ref={room} className="run-panels" style={style} data-testid="run-panels">
      {panels.map(({ part, title, key, figure }) => (
        <section
          key={key}
          className={stale && part !== 'original' ? 'run-panel stale' : 'run-panel'}
          aria-label={title}
        >
          <h3 title={t(`compare.partHelp.${part}`)}>{title}</h3>
          {figure}
        </section>
      ))}
    </div>
  );
}

/** Two sentences, or two models, side by side: a matrix each, and their difference where tokens align; a cell chosen in all. */
import { useRef, useState } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../components/use-size.ts';
import { askedBeside } from '../state/beside.ts';
import type { Frame } from '../state/frames.ts';
import { leftRow, leftToken, linkedRow, SIDES } from '../view-models/beside-panels.ts';
import type { BesideCell, BesidePanels, Side } from '../view-models/beside-panels.ts';
import { alignedText, sideTitle } from '../view-models/beside-text.ts';
import { failureText } from '../view-models/failure.ts';
import { panelGrid } from '../view-models/run-compare.ts';
import { BesideTools } from './beside-tools.tsx';
import { useApp, useBesideFrame, useServices, useSession, useWords } from './context.tsx';
import { MatrixStage } from './matrix-stage.tsx';
import type { CellLink } from './matrix-stage.tsx';
import { useBeside } from './use-beside.ts';
import { useShownKey } from './use-cell.ts';

/** @param frame of the text's own run */
export function BesideStage({ frame }: { frame: Frame }): ReactElement {
  const shown = useBeside(frame);
  return (
    <div className="beside" data-testid="beside">
      <BesideTools />
      {shown === null ? <Absent /> : <Panels shown={shown} />}
    </div>
  );
}

/** Why there is nothing beside the text yet, and what to do. */
function Absent(): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { beside } = useSession();
  const isAsked = useApp((state) => askedBeside(state) !== null);
  const isExample = useApp((state) => state.covered !== null);
  const { status, failure } = useApp((state) => state.besideRun);
  const { error } = useBesideFrame();
  const problem = failure ?? error?.failure ?? null;
  if (isExample) return <p className="beside-note">{t('beside.notForExample')}</p>;
  if (!isAsked) return <p className="beside-note">{t('beside.nothing')}</p>;
  if (status !== 'cancelled' && problem === null) return <p className="beside-note">{t('beside.working')}</p>;
  return (
    <div className="beside-note" role="alert" data-testid="beside-problem">
      <p>{problem === null ? t('beside.stopped') : failureText(problem, words)}</p>
      <button type="button" className="tool-button" onClick={() => beside.again()} data-testid="beside-again">
        {t('beside.again')}
      </button>
    </div>
  );
}

function Panels({ shown }: { shown: BesidePanels }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { stale } = useBesideFrame();
  const isChanged = useApp((state) => state.changed.status !== 'empty');
  const isRunning = useApp((state) => state.besideRun.status === 'running');
  const linkOf = useLinks(shown);
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const grid = panelGrid(SIDES.length, size ?? { width: 3, height: 1 }, 'square');
  const style = { '--columns': grid.columns, '--rows': grid.rows, '--least': '240px' } as CSSProperties;
  const isOld = stale || isRunning;
  return (
    <>
      <p className="beside-note" data-testid="beside-aligned">
        {alignedText(shown, words)}
        {isChanged && ` ${t('beside.asTrained')}`}
      </p>
      <div ref={room} className="run-panels" style={style} data-testid="run-panels" aria-busy={isOld}>
        {SIDES.map((side, at) => (
          <section
            key={side}
            className={isOld && side !== 'left' ? 'run-panel stale' : 'run-panel'}
            aria-label={sideTitle(shown, side, words)}
          >
            <h3>{sideTitle(shown, side, words)}</h3>
            <MatrixStage
              panel={shown.panels[side]}
              at={side === 'difference' ? at : 0}
              wheel="withCtrl"
              link={linkOf(side)}
            />
          </section>
        ))}
      </div>
    </>
  );
}

/** A cell that was chosen beside, as long as nothing else is selected; the text's own run may have no such tokens. */
interface Chosen {
  readonly side: Side;
  readonly row: number;
  readonly column: number;
  readonly of: BesidePanels;
  readonly query: number;
  readonly key: number | null;
}

function useLinks(shown: BesidePanels): (side: Side) => CellLink {
  const session = useSession();
  const { hover } = useServices();
  const query = useApp((state) => state.selection.query);
  const key = useApp((state) => state.selection.key);
  const shownKey = useShownKey();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const isMeant = chosen !== null && chosen.of === shown && chosen.query === query && chosen.key === key;
  const from: BesideCell & { readonly side: Side } = isMeant
    ? chosen
    : { side: 'left', row: leftRow(shown, query), column: leftRow(shown, shownKey) };
  /** Tokens of the text's own run; null where it has none. */
  const tokensOf = (side: Side, cell: { row: number; column: number }) => {
    const row = linkedRow(shown, side, 'left', cell.row);
    const column = linkedRow(shown, side, 'left', cell.column);
    return {
      query: row === null ? null : leftToken(shown, row),
      key: column === null ? null : leftToken(shown, column),
    };
  };
  return (side) => ({
    row: linkedRow(shown, from.side, side, from.row),
    column: linkedRow(shown, from.side, side, from.column),
    choose: (cell) => {
      const tokens = tokensOf(side, cell);
      const to = { query: tokens.query ?? query, key: tokens.key ?? key };
      setChosen({ side, ...cell, of: shown, ...to });
      session.select(to);
    },
    point: (cell) => {
      const tokens = cell === null ? null : tokensOf(side, cell);
      const [row, column] = [tokens?.query ?? null, tokens?.key ?? null];
      hover.set(row === null || column === null ? null : { query: row, key: column });
    },
  });
}

/** The head view: queries left, keys right, a line a weight, a colour a head; of one run, or of several side by side. */
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../components/use-size.ts';
import type { Size } from '../components/use-size.ts';
import { tokenFlowLayout } from '../figures/token-flow-layout.ts';
import { flowCells } from '../figures/token-flow-lines.ts';
import type { Frame } from '../state/frames.ts';
import { headsName, panelRow } from '../view-models/matrix-panels.ts';
import { partTestId } from '../view-models/run-compare.ts';
import { flowFigure, flowNotes, flowViews } from '../view-models/token-flow.ts';
import type { FlowView } from '../view-models/token-flow.ts';
import { useApp, useTheme, useWords } from './context.tsx';
import { useFlowFocus } from './flow-focus.ts';
import { FlowSurface } from './flow-surface.tsx';
import { FlowFocusTools, FlowHeads, FlowTools } from './flow-tools.tsx';
import { useShownKey } from './use-cell.ts';
import { useParts } from './use-parts.ts';

/** @param frame the patterns of the chosen heads, of the original run */
export function FlowStage({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const runs = useParts(frame);
  // Moving the slider stays smooth while the lines of a long text follow.
  const lens = useDeferredValue(useApp((state) => state.lens));
  const views = useMemo(() => flowViews(runs, lens, words), [runs, lens, words]);
  return (
    <div className="flow">
      <FlowTools />
      <div className="flow-runs">
        {views.map((view) => (
          <section key={view.part} className="flow-run" aria-label={t(`compare.part.${view.part}`)}>
            {views.length > 1 && <h3 title={t(`compare.partHelp.${view.part}`)}>{t(`compare.part.${view.part}`)}</h3>}
            <Flow view={view} />
          </section>
        ))}
      </div>
    </div>
  );
}

function Flow({ view }: { view: FlowView }): ReactElement {
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  // A head alone stays alone as long as the heads are the same.
  const heads = view.panels.map((panel) => headsName(panel.heads)).join(', ');
  const [chosen, setChosen] = useState<{ heads: string; panel: number } | null>(null);
  const alone = chosen?.heads === heads ? chosen.panel : null;
  return (
    <>
      <FlowHeads view={view} alone={alone} onAlone={(panel) => setChosen(panel === null ? null : { heads, panel })} />
      <div className="flow-room" ref={room}>
        {size !== null && size.width > 0 && size.height > 0 && <Lines view={view} alone={alone} size={size} />}
      </div>
    </>
  );
}

/** Height that is kept for the words below the figure, in px. */
const NOTES = 56;

function Lines({ view, alone, size }: { view: FlowView; alone: number | null; size: Size }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const theme = useTheme();
  const lens = useDeferredValue(useApp((state) => state.lens));
  const [panel] = view.panels;
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const row = panel === undefined ? null : panelRow(panel, query);
  const column = panel === undefined ? null : panelRow(panel, key);
  const control = useFlowFocus(lens.direction === 'from' ? row : column, panel?.rows ?? 1);
  const figure = useMemo(() => flowFigure(view, lens, words, alone), [view, lens, words, alone]);
  const cells = useMemo(() => flowCells(figure), [figure]);
  const { centre, tokens } = control.focus ?? { centre: null, tokens: null };
  const drawing = useMemo(() => {
    const focus = centre === null ? null : { centre, tokens };
    const selection = { row: row ?? undefined, column: column ?? undefined };
    const place = { maxWidth: size.width, maxHeight: Math.max(160, size.height - NOTES), legend: false };
    const input = { ...figure, title: '', subtitle: '', theme, ...place, focus, selection, id: `flow-${view.part}` };
    return { input, cells, layout: tokenFlowLayout(input, cells) };
  }, [figure, cells, theme, size, centre, tokens, row, column, view.part]);
  const { layout, input } = drawing;
  control.suit(layout);
  const { focus } = layout.rowAxis;
  const isLong = focus !== null || control.isWhole;
  return (
    <>
      <FlowSurface
        view={view}
        drawing={drawing}
        alone={alone}
        focus={control}
        label={t('tokenFlow.label', {
          rows: input.rows,
          columns: input.columns,
          heads: input.sets.map(({ label }) => label).join(', '),
        })}
        testId={partTestId('flow', view.part)}
      />
      <div className="flow-below">
        {isLong && (
          <FlowFocusTools
            control={control}
            tokens={focus === null ? input.rows : focus.last - focus.first + 1}
            count={input.rows}
          />
        )}
        <p className="flow-notes" data-testid={partTestId('flow-notes', view.part)}>
          {flowNotes(layout.facts, view.isDifference, words).join(' · ')}
        </p>
      </div>
    </>
  );
}

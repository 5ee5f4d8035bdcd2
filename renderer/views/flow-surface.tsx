/** The head view on screen: lines on two canvases, words in SVG, and one element that takes the focus. */
import { useEffect, useId } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowTarget } from '../figures/token-flow-hit.ts';
import { lineTokens } from '../figures/token-flow-hit.ts';
import { panelRow, panelTokens } from '../view-models/matrix-panels.ts';
import type { FlowView } from '../view-models/token-flow.ts';
import { flowCell, flowReadout, flowTooltip } from '../view-models/token-flow-text.ts';
import { useServices, useSession, useWords } from './context.tsx';
import { useFlowLayers } from './flow-layers.ts';
import type { FlowDrawing } from './flow-layers.ts';
import { useFlowPointer } from './flow-pointer.ts';
import { useFlowWheel } from './flow-focus.ts';
import type { FocusControl } from './flow-focus.ts';

interface FlowSurfaceProps {
  readonly view: FlowView;
  readonly drawing: FlowDrawing;
  readonly alone: number | null;
  readonly focus: FocusControl;
  readonly label: string;
  readonly testId: string;
}

export function FlowSurface({ view, drawing, alone, focus, label, testId }: FlowSurfaceProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { input, layout } = drawing;
  const { base, over, drawn, marks, tooltip, show } = useFlowLayers(drawing);
  const pointer = useFlowPointer(tooltip, layout, { ...usePointing(view, drawing, alone), show });
  const wheel = useFlowWheel(layout, focus);
  const onKeyDown = useFlowKeys(view, drawing);
  const helpId = useId();
  const row = input.direction === 'from' ? input.selection?.row : input.selection?.column;
  return (
    <div
      ref={wheel}
      className="figure flow-figure"
      style={{ width: layout.width, height: layout.height }}
      role="application"
      tabIndex={0}
      aria-label={label}
      aria-describedby={helpId}
      data-testid={testId}
      data-rows={input.rows}
      data-columns={input.columns}
      data-lines={layout.lines.count}
      data-first={layout.rowAxis.focus?.first ?? 0}
      data-last={layout.rowAxis.focus?.last ?? input.rows - 1}
      onKeyDown={onKeyDown}
      {...pointer}
    >
      <canvas ref={base} className="figure-cells" aria-hidden="true" />
      <canvas ref={over} className="figure-cells" aria-hidden="true" />
      <div ref={drawn} className="figure-drawing" />
      <div className="figure-drawing" aria-hidden="true">
        <svg ref={marks} width={layout.width} height={layout.height} />
      </div>
      <div ref={tooltip} className="pointer-tooltip" aria-hidden="true" hidden data-testid={`${testId}-tooltip`} />
      <p id={helpId} className="hidden">
        {t('tokenFlow.help')} {layout.rowAxis.focus !== null && t('tokenFlow.helpLong')}
      </p>
      <p className="hidden" aria-live="polite" data-testid={`${testId}-readout`}>
        {flowReadout(view, row ?? null, input.direction, words)}
      </p>
    </div>
  );
}

/** What pointing at a token or line says and selects. */
function usePointing(view: FlowView, { layout }: FlowDrawing, alone: number | null) {
  const words = useWords();
  const session = useSession();
  const { hover } = useServices();
  useEffect(() => () => hover.set(null), [hover, view]);
  const [panel] = view.panels;
  const tokenOf = (row: number): number => (panel === undefined ? row : panelTokens(panel, row).first);
  return {
    textOf: (target: FlowTarget) => flowTooltip(view, layout, target, words, alone),
    onHover: (target: FlowTarget | null) => hover.set(target === null ? null : flowCell(view, layout, target)),
    onChoose: (target: FlowTarget) => {
      if (target.kind === 'line') {
        const { rows, columns } = lineTokens(layout, target.line);
        session.select({ query: tokenOf(rows[0]), key: tokenOf(columns[0]) });
      } else if (target.kind === 'row') session.select({ query: tokenOf(target.token), key: null });
      else session.select({ key: tokenOf(target.token) });
    },
  };
}

/** Tokens that Page Up and Page Down pass. */
const PAGE = 10;

/** Up and down move the query or key whose lines stand out; left and right choose which of the two. */
function useFlowKeys(view: FlowView, { input }: FlowDrawing): (event: KeyboardEvent) => void {
  const { session, store } = useServices();
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const [panel] = view.panels;
    // Of now, not of what is drawn: keys may be faster than the lines of a long text.
    const { selection, lens } = store.getState();
    const isQuery = lens.direction === 'from';
    const known = panel === undefined ? null : panelRow(panel, isQuery ? selection.query : selection.key);
    const at = known ?? (isQuery ? input.selection?.row : input.selection?.column) ?? 0;
    const goal = goalOf(event.key, at, (isQuery ? input.rows : input.columns) - 1);
    if (event.key === 'ArrowLeft') session.setLens({ direction: 'from' });
    else if (event.key === 'ArrowRight') session.setLens({ direction: 'to' });
    else if (goal === null || panel === undefined) return;
    else {
      const token = panelTokens(panel, goal).first;
      session.select(isQuery ? { query: token, key: null } : { key: token });
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

function goalOf(key: string, at: number, last: number): number | null {
  const goals: Readonly<Record<string, number>> = {
    ...{ ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - PAGE, PageDown: at + PAGE, Home: 0, End: last },
  };
  const goal = goals[key];
  return goal === undefined ? null : Math.max(0, Math.min(last, goal));
}

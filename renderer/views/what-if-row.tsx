/** One row of the selected head's pattern, drawn by hand: a bar a key, and the others make room. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StackInfo } from '../../electron/api/index.ts';
import type { Frame } from '../state/frames.ts';
import { siteOf } from '../state/what-if-site.ts';
import type { Site } from '../state/what-if-site.ts';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import { hasRow, row } from '../view-models/inspector.ts';
import { drawnWeights, isVisible, withoutRow, withRow } from '../view-models/what-if-edit.ts';
import { startingRow, withWeight } from '../view-models/what-if-row.ts';
import { placeOf, tokenName } from '../view-models/what-if-words.ts';
import { useApp, useChangedInspectorFrame, useInspectorFrame, useSession, useWords } from './context.tsx';
import { inspectorMatrices, useShownKey } from './use-cell.ts';
import { RowBar } from './what-if-bar.tsx';
import { useGesture } from './what-if-gesture.ts';

interface EditedRow {
  readonly weights: readonly number[] | null;
  readonly visible: readonly boolean[];
  readonly isDrawn: boolean;
}

/** The row that is edited: as drawn; else as the changed run has it; else the original's. */
function useEditedRow(frame: Frame, site: Site, causal: boolean, query: number): EditedRow {
  const changes = useApp((state) => state.whatIf.list.changes);
  const changed = useApp((state) => state.changed.result);
  const { frame: after } = useChangedInspectorFrame();
  const tokens = frame.run.tokens.length;
  const isFresh = after !== null && after.run === changed && after.selection.layer === site.layer;
  const source = isFresh && after.selection.head === site.head ? after : frame;
  const pattern = inspectorMatrices(source)?.pattern;
  return useMemo(() => {
    const keys = Array.from({ length: tokens }, (_, key) => key);
    const visible = keys.map((key) => isVisible(changes, site, causal, { query, key }));
    const drawn = drawnWeights(changes, site, query, tokens);
    const weights = drawn ?? (pattern === undefined || !hasRow(pattern, query) ? null : row(pattern, query));
    return { weights: weights === null ? null : startingRow(weights, visible), visible, isDrawn: drawn !== null };
  }, [changes, site, causal, query, tokens, pattern]);
}

/** Nothing while the head's pattern is on its way. */
export function RowEditor({ stack }: { stack: StackInfo }): ReactElement | null {
  const { frame } = useInspectorFrame();
  const run = useApp((state) => state.run.result);
  const selection = useApp((state) => state.selection);
  const { layer, head, query, stack: name } = selection;
  const site = useMemo(
    () => siteOf('head', { ...selection, stack: name, layer, head }),
    [selection, name, layer, head],
  );
  const isOf = frame?.selection.layer === layer && frame.selection.head === head && frame.selection.stack === name;
  if (frame === null || frame.run !== run || !isOf || query >= frame.run.tokens.length) return null;
  return <Row frame={frame} site={site} causal={stack.causal} query={query} />;
}

interface RowProps {
  readonly frame: Frame;
  readonly site: Site;
  readonly causal: boolean;
  readonly query: number;
}

function Row({ frame, site, causal, query }: RowProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { changes } = useSession();
  const edited = useEditedRow(frame, site, causal, query);
  const name = tokenName(frame.run, query, words);
  const seen = edited.visible.filter(Boolean).length;
  return (
    <div className="what-if-group">
      <div className="what-if-label">
        <span>{t('whatIf.row', { query: name })}</span>
        {edited.isDrawn && (
          <button
            type="button"
            className="link-button"
            title={t('whatIf.rowResetHelp')}
            onClick={() => changes.edit((list) => withoutRow(list, site, query))}
            data-testid="what-if-row-reset"
          >
            {t('whatIf.rowReset')}
          </button>
        )}
      </div>
      {edited.weights !== null && (
        <Bars frame={frame} site={site} query={query} visible={edited.visible} weights={edited.weights} />
      )}
      <p className="note">{t(seen === 0 ? 'whatIf.rowNone' : seen === 1 ? 'whatIf.rowOnly' : 'whatIf.rowHelp')}</p>
    </div>
  );
}

interface BarsProps extends Omit<RowProps, 'causal'> {
  readonly visible: readonly boolean[];
  readonly weights: readonly number[];
}

function Bars({ frame, site, query, visible, weights }: BarsProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const gesture = useGesture<readonly number[]>();
  const [active, setActive] = useState<number | null>(null);
  const shownKey = useShownKey();
  const current = Math.min(active ?? shownKey ?? 0, weights.length - 1);
  const room = useRef<HTMLDivElement>(null);
  useScrolledTo(room, shownKey);
  const names = { query: tokenName(frame.run, query, words), place: placeOf(site, frame.model, words) };
  const set = (key: number, weight: number): void =>
    gesture.edit(
      () => weights,
      (list, start, merge) => {
        const drawn = withWeight(start, key, weight, visible);
        return drawn === start ? list : withRow(list, site, { query, weights: [...drawn] }, merge);
      },
    );
  const goTo = (key: number): void => {
    const next = Math.max(0, Math.min(weights.length - 1, key));
    setActive(next);
    room.current?.querySelector<HTMLElement>(`[data-key="${next}"]`)?.focus();
  };
  return (
    <>
      <div className="row-bars" role="group" aria-label={t('whatIf.rowLabel', names)} ref={room} data-own-keys>
        {weights.map((weight, key) => (
          <RowBar
            key={key}
            index={key}
            token={frame.run.tokens[key]?.text ?? ''}
            name={tokenName(frame.run, key, words)}
            weight={weight}
            isVisible={visible[key] === true}
            isCurrent={key === current}
            onFocus={setActive}
            onSet={set}
            onEnd={gesture.end}
            onGo={goTo}
          />
        ))}
      </div>
      <p className="row-readout mono" data-testid="what-if-row-readout">
        <span>{tokenName(frame.run, current, words)}</span>
        <span title={exactDouble(weights[current] ?? NaN)}>{formatNumber(weights[current] ?? NaN, 3)}</span>
      </p>
    </>
  );
}

/** Keeps the bar of the selected key in sight, sideways only. */
function useScrolledTo(room: { readonly current: HTMLDivElement | null }, key: number | null): void {
  useEffect(() => {
    const bar = room.current?.querySelector<HTMLElement>(`[data-key="${key ?? 0}"]`);
    if (bar == null || room.current === null) return;
    const { offsetLeft, offsetWidth } = bar;
    const { scrollLeft, clientWidth } = room.current;
    if (offsetLeft < scrollLeft || offsetLeft + offsetWidth > scrollLeft + clientWidth)
      room.current.scrollTo({ left: offsetLeft - clientWidth / 2 });
  }, [room, key]);
}

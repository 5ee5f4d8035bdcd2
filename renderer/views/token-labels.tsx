/** A model's label of every token, in the order of the text; a click shows how probable all labels are there. One tab stop. */
import { useMemo, useRef } from 'react';
import type { CSSProperties, KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { toolbarGoal } from '../components/toolbar-keys.ts';
import { headColours } from '../figures/head-colours.ts';
import { THEMES } from '../figures/theme.ts';
import { shownView } from '../state/changed-run.ts';
import type { Frame } from '../state/frames.ts';
import { exactNumber, formatNumber, shownIndex, tokenLabel } from '../view-models/format.ts';
import { labelledTokens } from '../view-models/token-labels.ts';
import type { LabelledToken } from '../view-models/token-labels.ts';
import { useApp, useSession, useTheme } from './context.tsx';
import { useComparison } from './use-comparison.ts';
import { usePrediction } from './use-prediction.ts';

export function TokenLabels({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const rows = useLabelled(frame);
  const state = usePrediction();
  const colours = headColours(THEMES[useTheme()]);
  const list = useRef<HTMLDivElement>(null);
  const shown = state.status === 'ready' ? state.prediction.position : null;
  const places = rows.filter(({ label }) => label !== null).map(({ token }) => token.index);
  const stop = shown !== null && places.includes(shown) ? shown : (places[0] ?? 0);
  const choose = (index: number): void => session.select({ query: index, position: null });
  const onKeyDown = (event: KeyboardEvent): void => {
    const place = toolbarGoal(event, places, stop);
    if (place === null) return;
    event.preventDefault();
    choose(place);
    list.current?.querySelector<HTMLElement>(`[data-at="${place}"]`)?.focus();
  };
  return (
    <div
      ref={list}
      className="token-labels"
      role="toolbar"
      aria-label={t('stage.labels')}
      onKeyDown={onKeyDown}
      data-testid="token-labels"
    >
      {rows.map((row) => (
        <LabelledPiece
          key={row.token.index}
          row={row}
          colour={row.label?.kind == null ? null : (colours[row.label.kind % colours.length] ?? null)}
          isShown={row.token.index === shown}
          isStop={row.token.index === stop}
          onChoose={choose}
        />
      ))}
    </div>
  );
}

/** Labels of the run as it is looked at: its own, or with what changed in them. */
function useLabelled({ run, model }: Frame): readonly LabelledToken[] {
  const isChanged = useApp((state) => shownView(state) !== 'original');
  const { all } = useComparison();
  const changes = isChanged ? all : null;
  return useMemo(() => labelledTokens(run, model.labels, changes), [run, model, changes]);
}

interface LabelledPieceProps {
  readonly row: LabelledToken;
  /** null for what is outside of all that is looked for. */
  readonly colour: string | null;
  readonly isShown: boolean;
  readonly isStop: boolean;
  readonly onChoose: (index: number) => void;
}

function LabelledPiece({ row, colour, isShown, isStop, onChoose }: LabelledPieceProps): ReactElement {
  const { t } = useTranslation();
  const { token, label, was } = row;
  const text = tokenLabel(token.text);
  const joined = token.startsWord ? '' : ' joined';
  if (label === null) return <span className={`token-label bare${joined}`}>{text}</span>;
  const probability = formatNumber(label.probability, 3);
  const name = t('stage.tokenLabel', { token: text, index: shownIndex(token.index), label: label.text, probability });
  return (
    <button
      type="button"
      className={`token-label${joined}${colour === null ? ' outside' : ''}`}
      style={colour === null ? undefined : ({ '--label': colour } as CSSProperties)}
      aria-pressed={isShown}
      aria-label={was === null ? name : `${name}, ${t('stage.labelWas', { label: was })}`}
      title={exactNumber(label.probability)}
      tabIndex={isStop ? 0 : -1}
      data-at={token.index}
      data-testid={`token-label-${token.index}`}
      onClick={() => onChoose(token.index)}
    >
      <span className="mono">{text}</span>
      <b>
        {was !== null && <i>{was} → </i>}
        {label.text}
      </b>
      <small>{probability}</small>
    </button>
  );
}

/** The prediction as bars: the first five candidates of the chosen position. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidate, PredictionChange } from '../../electron/api/index.ts';
import { pieceLabel } from '../view-models/distribution.ts';
import { failureText } from '../view-models/failure.ts';
import { exactDouble, exactNumber, formatNumber } from '../view-models/format.ts';
import { shortProbability, shownCandidates } from '../view-models/what-if-outcome.ts';
import { useApp, useWords } from './context.tsx';
import { PositionPicker } from './position-picker.tsx';
import { CandidateBars, Delta, mostOf } from './prediction-change.tsx';
import { useShownChange } from './use-comparison.ts';
import { usePrediction } from './use-prediction.ts';

const SHOWN = 5;

export function PredictionPanel(): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const state = usePrediction();
  const change = useShownChange();
  const isValue = useApp(({ run }) => run.model?.scale === 'value');
  if (state.status === 'none') return null;
  return (
    <div className="prediction-panel" data-testid="prediction">
      <div className="panel-heading">
        <h2>{t('inspector.prediction')}</h2>
        <PositionPicker />
      </div>
      {change !== null ? (
        <ChangedBars change={change} isValue={isValue} />
      ) : (
        state.status === 'ready' && <Bars candidates={state.prediction.candidates.slice(0, SHOWN)} isValue={isValue} />
      )}
      {state.status === 'failed' && <p className="note">{failureText(state.error.failure, words)}</p>}
    </div>
  );
}

/** The candidates that are among the first of either run. */
function ChangedBars({ change, isValue }: { change: PredictionChange; isValue: boolean }): ReactElement {
  const { candidates } = change;
  const most = mostOf(candidates);
  return (
    <ol className="card bars" data-testid="changed-bars">
      {shownCandidates(candidates, SHOWN).map((item) => (
        <li key={item.id} title={`${exactDouble(item.before)} → ${exactDouble(item.after)}`}>
          <span className="bar-name mono">{pieceLabel(item.text)}</span>
          <span className="bar-track">{!isValue && <CandidateBars candidate={item} most={most} />}</span>
          <span className="bar-value">{shortProbability(item.after)}</span>
          <span className="bar-value">
            <Delta value={item.delta} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Bars({ candidates, isValue }: { candidates: readonly Candidate[]; isValue: boolean }): ReactElement {
  const most = candidates[0]?.probability ?? 1;
  return (
    <ol className="card bars">
      {candidates.map(({ id, text, probability }) => (
        <li key={id} title={exactNumber(probability)}>
          <span className="bar-name mono">{pieceLabel(text)}</span>
          <span className="bar-track" aria-hidden="true">
            {!isValue && <span className="bar" style={{ width: `${(100 * probability) / most}%` }} />}
          </span>
          <span className="bar-value">{formatNumber(probability, 3)}</span>
        </li>
      ))}
    </ol>
  );
}

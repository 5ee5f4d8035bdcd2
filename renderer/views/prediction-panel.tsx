/** The prediction as bars: the first five candidates of the chosen position. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidate } from '../../electron/api/index.ts';
import { failureText } from '../view-models/failure.ts';
import { exactNumber, formatNumber, tokenLabel } from '../view-models/format.ts';
import { useWords } from './context.tsx';
import { PositionPicker } from './position-picker.tsx';
import { usePrediction } from './use-prediction.ts';

const SHOWN = 5;

export function PredictionPanel(): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const state = usePrediction();
  if (state.status === 'none') return null;
  return (
    <div className="prediction-panel" data-testid="prediction">
      <div className="panel-heading">
        <h2>{t('inspector.prediction')}</h2>
        <PositionPicker />
      </div>
      {state.status === 'ready' && <Bars candidates={state.prediction.candidates.slice(0, SHOWN)} />}
      {state.status === 'failed' && <p className="note">{failureText(state.error.failure, words)}</p>}
    </div>
  );
}

function Bars({ candidates }: { candidates: readonly Candidate[] }): ReactElement {
  const most = candidates[0]?.probability ?? 1;
  return (
    <ol className="card bars">
      {candidates.map(({ id, text, probability }) => (
        <li key={id} title={exactNumber(probability)}>
          <span className="bar-name mono">{tokenLabel(text)}</span>
          <span className="bar-track" aria-hidden="true">
            <span className="bar" style={{ width: `${(100 * probability) / most}%` }} />
          </span>
          <span className="bar-value">{formatNumber(probability, 3)}</span>
        </li>
      ))}
    </ol>
  );
}

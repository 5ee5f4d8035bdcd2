/** The candidates of one prediction, with probabilities and logits. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { failureText } from '../view-models/failure.ts';
import { exactNumber, formatCount, formatNumber, tokenLabel } from '../view-models/format.ts';
import { useWords } from './context.tsx';
import { PositionPicker } from './position-picker.tsx';
import { usePrediction } from './use-prediction.ts';

export function PredictionStage({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const state = usePrediction();
  if (state.status === 'none') return <p className="stage-note">{t('stage.noHead')}</p>;
  if (state.status === 'pending') return <p className="stage-note">{t('stage.drawing')}</p>;
  if (state.status === 'failed') return <p className="stage-note">{failureText(state.error.failure, words)}</p>;
  const { kind, candidates } = state.prediction;
  const most = candidates[0]?.probability ?? 1;
  const vocabulary = frame.model.entry.vocabulary;
  return (
    <div className="table-room" tabIndex={0} role="region" aria-label={t('stage.title.prediction')} data-own-keys>
      <PositionPicker />
      <table className="table prediction" data-testid="prediction-table">
        <thead>
          <tr>
            <th>{t('stage.candidate')}</th>
            <td className="bar-cell" />
            <th className="number">{t('stage.probability')}</th>
            <th className="number">{t('stage.logit')}</th>
            <th className="number">{t('stage.columns.id')}</th>
          </tr>
        </thead>
        <tbody>
          {candidates.map((candidate) => (
            <tr key={candidate.id}>
              <td className="mono">{tokenLabel(candidate.text)}</td>
              <td className="bar-cell" aria-hidden="true">
                <span className="bar" style={{ width: `${(100 * candidate.probability) / most}%` }} />
              </td>
              <td className="number" title={exactNumber(candidate.probability)}>
                {formatNumber(candidate.probability, 3)}
              </td>
              <td className="number" title={exactNumber(candidate.logit)}>
                {formatNumber(candidate.logit)}
              </td>
              <td className="number">{candidate.id}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note">
        {kind === 'classification'
          ? t('stage.probabilityNoteClass')
          : words('stage.probabilityNote', { vocabulary: vocabulary === null ? '' : formatCount(vocabulary) })}
      </p>
    </div>
  );
}

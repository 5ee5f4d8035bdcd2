/** The candidates of one prediction, with probabilities and logits. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prediction } from '../../electron/api/index.ts';
import type { Frame } from '../state/frames.ts';
import { pieceLabel } from '../view-models/distribution.ts';
import { failureText } from '../view-models/failure.ts';
import { exactNumber, formatCount, formatNumber } from '../view-models/format.ts';
import { useWords } from './context.tsx';
import { PositionPicker } from './position-picker.tsx';
import { ChangeTable } from './prediction-change.tsx';
import { useShownChange } from './use-comparison.ts';
import { usePrediction } from './use-prediction.ts';

export function PredictionStage({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const state = usePrediction();
  const change = useShownChange();
  if (state.status === 'none') return <p className="stage-note">{t('stage.noHead')}</p>;
  if (state.status === 'pending') return <p className="stage-note">{t('stage.drawing')}</p>;
  if (state.status === 'failed') return <p className="stage-note">{failureText(state.error.failure, words)}</p>;
  if (change !== null)
    return (
      <div className="table-room" tabIndex={0} role="region" aria-label={t('stage.title.prediction')} data-own-keys>
        <PositionPicker />
        <ChangeTable change={change} />
        <ProbabilityNote kind={change.kind} vocabulary={frame.model.entry.vocabulary} />
      </div>
    );
  const { kind, candidates } = state.prediction;
  const most = candidates[0]?.probability ?? 1;
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
              <td className="mono">{pieceLabel(candidate.text)}</td>
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
      <ProbabilityNote kind={kind} vocabulary={frame.model.entry.vocabulary} />
    </div>
  );
}

interface NoteProps {
  readonly kind: Prediction['kind'];
  readonly vocabulary: number | null;
}

/** What the probabilities are taken over. */
function ProbabilityNote({ kind, vocabulary }: NoteProps): ReactElement {
  const words = useWords();
  return (
    <p className="note">
      {kind === 'classification'
        ? words('stage.probabilityNoteClass')
        : words('stage.probabilityNote', { vocabulary: vocabulary === null ? '' : formatCount(vocabulary) })}
    </p>
  );
}

/** The candidates of one prediction; and before them, where every token has a label, all tokens with theirs. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedModel } from '../../electron/api/index.ts';
import type { Frame } from '../state/frames.ts';
import { classifies } from '../state/predictions.ts';
import { failureText } from '../view-models/failure.ts';
import { formatCount } from '../view-models/format.ts';
import { CandidateTable } from './candidate-table.tsx';
import { useWords } from './context.tsx';
import { PositionPicker } from './position-picker.tsx';
import { ChangeTable } from './prediction-change.tsx';
import { TokenLabels } from './token-labels.tsx';
import { useShownChange } from './use-comparison.ts';
import { usePrediction } from './use-prediction.ts';

export function PredictionStage({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const state = usePrediction();
  const change = useShownChange();
  const { model } = frame;
  const isLabelled = model.head === 'token-classification';
  if (state.status === 'none') return <p className="stage-note">{t('stage.noHead')}</p>;
  if (state.status === 'pending' && !isLabelled) return <p className="stage-note">{t('stage.drawing')}</p>;
  if (state.status === 'failed') return <p className="stage-note">{failureText(state.error.failure, words)}</p>;
  return (
    <div className="table-room" tabIndex={0} role="region" aria-label={t('stage.title.prediction')} data-own-keys>
      {isLabelled && <TokenLabels frame={frame} />}
      <PositionPicker />
      {change !== null ? (
        <ChangeTable change={change} scale={model.scale} />
      ) : (
        state.status === 'ready' && <CandidateTable candidates={state.prediction.candidates} scale={model.scale} />
      )}
      <ProbabilityNote model={model} />
    </div>
  );
}

/** What the probabilities are taken over, or that there are none. */
function ProbabilityNote({ model: { head, scale, entry } }: { model: OpenedModel }): ReactElement {
  const words = useWords();
  const { vocabulary } = entry;
  if (!classifies(head)) {
    const known = { vocabulary: vocabulary === null ? '' : formatCount(vocabulary) };
    return <p className="note">{words('stage.probabilityNote', known)}</p>;
  }
  return <p className="note">{words(`stage.probabilityNoteOf.${scale}`)}</p>;
}

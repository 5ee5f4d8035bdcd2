/** What the changes do: the candidates of the shown prediction in both runs, and every layer. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CandidateChange, PredictionChange } from '../../electron/api/index.ts';
import { pieceLabel } from '../view-models/distribution.ts';
import { failureText } from '../view-models/failure.ts';
import { exactDouble } from '../view-models/format.ts';
import { shortProbability, shownCandidates, signedProbability } from '../view-models/what-if-outcome.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { PositionPicker } from './position-picker.tsx';
import { useComparison } from './use-comparison.ts';
import type { ShownComparison } from './use-comparison.ts';
import { WhatIfLayers } from './what-if-layers.tsx';

/** Candidates of each run that are listed. */
const LISTED = 5;

export function WhatIfConsequence(): ReactElement | null {
  const hasRun = useApp((state) => state.changed.result !== null);
  const stale = useApp((state) => state.changed.status !== 'done');
  const comparison = useComparison();
  if (!hasRun) return null;
  return (
    <div
      className={stale ? 'what-if-outcome stale' : 'what-if-outcome'}
      aria-busy={stale}
      data-testid="what-if-outcome"
    >
      <Predicted comparison={comparison} />
      <Failed comparison={comparison} />
      <WhatIfLayers comparison={comparison} />
    </div>
  );
}

function Predicted({ comparison }: { comparison: ShownComparison }): ReactElement | null {
  const { t } = useTranslation();
  const { prediction, state } = comparison;
  const model = useApp((app) => app.run.model);
  const head = model?.head;
  const isDone = 'part' in state && state.part !== null;
  return (
    <section aria-label={t('whatIf.prediction')}>
      <div className="panel-heading">
        <h2>{t('whatIf.prediction')}</h2>
        <PositionPicker />
      </div>
      {head === 'none' && (
        <p className="note" data-testid="what-if-no-head">
          {t('whatIf.noHead')}
        </p>
      )}
      {prediction !== null && <Candidates prediction={prediction} />}
      {head !== 'none' && prediction === null && isDone && (
        <p className="note">{t('whatIf.noMask', { mask: model?.maskToken ?? '' })}</p>
      )}
    </section>
  );
}

function Candidates({ prediction }: { prediction: PredictionChange }): ReactElement {
  const { t } = useTranslation();
  return (
    <table className="what-if-candidates" data-testid="what-if-candidates">
      <thead>
        <tr>
          <th scope="col">{t('whatIf.candidate')}</th>
          <th scope="col">{t('whatIf.before')}</th>
          <th scope="col">{t('whatIf.after')}</th>
          <th scope="col">{t('whatIf.delta')}</th>
        </tr>
      </thead>
      <tbody>
        {shownCandidates(prediction.candidates, LISTED).map((candidate) => (
          <CandidateRow key={candidate.id} candidate={candidate} />
        ))}
      </tbody>
    </table>
  );
}

function CandidateRow({ candidate }: { candidate: CandidateChange }): ReactElement {
  const { id, text, before, after, delta } = candidate;
  return (
    <tr data-testid={`what-if-candidate-${id}`}>
      <th scope="row" className="mono" title={pieceLabel(text)}>
        {pieceLabel(text)}
      </th>
      <td title={exactDouble(before)}>{shortProbability(before)}</td>
      <td title={exactDouble(after)}>{shortProbability(after)}</td>
      <td title={exactDouble(delta)} className={delta > 0 ? 'delta up' : delta < 0 ? 'delta down' : 'delta'}>
        {signedProbability(delta)}
      </td>
    </tr>
  );
}

/** A comparison that could not be made, and asking for it again. */
function Failed({ comparison: { state } }: { comparison: ShownComparison }): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const { changes } = useSession();
  // Where the engine kept newer runs instead, both are made again by themselves.
  if (state.status !== 'failed' || state.error.failure.code === 'not-found') return null;
  const again = (): void => {
    const question = changes.comparisonQuestion();
    if (question === null) return;
    changes.comparisons.again(question);
    if (question.position !== null) changes.comparisons.again({ ...question, position: null });
  };
  return (
    <p className="problem" data-testid="what-if-compare-failed">
      {t('whatIf.compareFailed')} {failureText(state.error.failure, words)}{' '}
      <button type="button" className="link-button" onClick={again}>
        {t('state.retry')}
      </button>
    </p>
  );
}

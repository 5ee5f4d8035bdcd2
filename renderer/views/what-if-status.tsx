/** One line that stays in sight: how far the changed run is, or by how much the prediction changed. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PredictionChange } from '../../electron/api/index.ts';
import { useElapsed } from '../components/use-elapsed.ts';
import { failureText } from '../view-models/failure.ts';
import { exactDouble, formatNumber, tokenLabel } from '../view-models/format.ts';
import { shortProbability, topCandidates } from '../view-models/what-if-outcome.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { useComparison } from './use-comparison.ts';

/** Shorter runs pass without a word. */
const SHOW_AFTER_MS = 300;

export function WhatIfStatus(): ReactElement {
  const status = useApp((state) => state.changed.status);
  const startedAt = useApp((state) => state.changed.startedAt);
  const isLong = useElapsed(startedAt, SHOW_AFTER_MS);
  return (
    <div className="what-if-status" role="status" data-testid="what-if-status" data-status={status}>
      {status === 'running' && isLong ? <Working /> : <Outcome />}
    </div>
  );
}

function Working(): ReactElement {
  const { t } = useTranslation();
  return <span className="quiet">{t('whatIf.working')}</span>;
}

function Outcome(): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { changes } = useSession();
  const status = useApp((state) => state.changed.status);
  const failure = useApp((state) => state.changed.failure);
  if (status === 'empty') return <span className="quiet">{t('whatIf.nothingApplies')}</span>;
  if (status === 'waiting') return <span className="quiet">{t('whatIf.waiting')}</span>;
  if (status !== 'failed' && status !== 'cancelled') return <Divergence />;
  const text = status === 'failed' && failure !== null ? failureText(failure, words) : t('whatIf.stopped');
  return (
    <>
      <span className={status === 'failed' ? 'problem' : 'quiet'} data-testid="what-if-failure">
        {text}
      </span>
      <button type="button" className="tool-button" onClick={() => changes.run.again()} data-testid="what-if-again">
        {t('whatIf.again')}
      </button>
    </>
  );
}

/** How far the shown prediction is from the original one; nothing where the model predicts nothing. */
function Divergence(): ReactElement | null {
  const { t } = useTranslation();
  const { prediction } = useComparison();
  const isValue = useApp(({ run }) => run.model?.scale === 'value');
  if (prediction === null) return null;
  const { klNats } = prediction;
  return (
    <>
      {!isValue && (
        <span className="divergence" title={t('whatIf.klHelp')}>
          {t('whatIf.kl')}
          <b title={exactDouble(klNats)} data-testid="what-if-kl">
            {formatNumber(klNats, 3)}
          </b>
          <span className="quiet">{t('whatIf.nats')}</span>
        </span>
      )}
      <Top prediction={prediction} />
    </>
  );
}

/** What the model would say, in both runs. */
function Top({ prediction }: { prediction: PredictionChange }): ReactElement | null {
  const { t } = useTranslation();
  const top = topCandidates(prediction.candidates);
  if (top === null) return null;
  const { before, after } = top;
  return (
    <span className="quiet top-candidates" title={t('whatIf.topHelp')} data-testid="what-if-top">
      {t('whatIf.top', {
        before: `“${tokenLabel(before.text)}”`,
        was: shortProbability(before.before),
        after: `“${tokenLabel(after.text)}”`,
        is: shortProbability(after.after),
      })}
    </span>
  );
}

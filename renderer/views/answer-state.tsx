/** What stands where a long answer of the engine is on its way, was stopped, or failed. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from 'react-aria-components';
import { useElapsed } from '../components/use-elapsed.ts';
import type { Asked } from '../state/asked-parts.ts';
import type { LensAnswer, LensQuestion } from '../state/lens-answers.ts';
import { failureText } from '../view-models/failure.ts';
import { useSession, useWords } from './context.tsx';

/** Progress is shown after the one, and can be stopped after the other. */
const SHOW_AFTER_MS = 300;
const STOP_AFTER_MS = 2000;

interface AnswerStateProps {
  readonly asked: Asked<LensAnswer>;
  readonly question: LensQuestion;
  /** What is being done, for progress. */
  readonly working: string;
  readonly testId: string;
}

export function AnswerState({ asked, question, working, testId }: AnswerStateProps): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const { lensAnswers } = useSession();
  if (asked.status === 'pending') {
    const fraction = asked.part?.fraction ?? 0;
    return <Working {...{ fraction, question, working, testId }} startedAt={asked.startedAt} />;
  }
  if (asked.status !== 'failed' && asked.status !== 'stopped') return null;
  const text = asked.status === 'failed' ? failureText(asked.error.failure, words) : t('logitLens.stopped');
  return (
    <p className={asked.status === 'failed' ? 'problem' : 'quiet'} role="status" data-testid={`${testId}-state`}>
      {text}{' '}
      <button
        type="button"
        className="tool-button"
        onClick={() => lensAnswers.again(question)}
        data-testid={`${testId}-again`}
      >
        {t('state.retry')}
      </button>
    </p>
  );
}

interface WorkingProps extends Omit<AnswerStateProps, 'asked'> {
  readonly fraction: number;
  readonly startedAt: number;
}

function Working({ fraction, question, working, testId, startedAt }: WorkingProps): ReactElement | null {
  const { t } = useTranslation();
  const { lensAnswers } = useSession();
  const isShown = useElapsed(startedAt, SHOW_AFTER_MS);
  const isLong = useElapsed(startedAt, STOP_AFTER_MS);
  const percent = 100 * fraction;
  if (!isShown) return null;
  return (
    <div className="progress" data-testid={`${testId}-progress`}>
      <ProgressBar aria-label={working} value={percent}>
        <span className="progress-track">
          <span className="progress-bar" style={{ width: `${percent}%` }} />
        </span>
      </ProgressBar>
      <span className="progress-label">{working}…</span>
      {isLong && (
        <button
          type="button"
          className="tool-button"
          onClick={() => lensAnswers.stop(question)}
          data-testid={`${testId}-stop`}
        >
          {t('progress.cancel')}
        </button>
      )}
    </div>
  );
}

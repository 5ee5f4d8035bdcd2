/** Why there is no picture, and the way out. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { leastPoints } from '../projection/least.ts';
import { letGo } from '../state/projection-view.ts';
import { failureText } from '../view-models/failure.ts';
import { useApp, useSession, useWords } from './context.tsx';
import type { Projectable } from './use-projected.ts';
import type { ShownProjection } from './use-projection.ts';

interface ProjectorProblemsProps {
  readonly projected: Projectable;
  readonly shown: ShownProjection;
}

export function ProjectorProblems({ projected, shown }: ProjectorProblemsProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const view = useApp((state) => state.projection);
  const { failure, unread, retry } = projected;
  return (
    <>
      {failure !== null && (
        <p className="problem" role="alert" data-testid="projector-failure">
          {failureText(failure, words)}{' '}
          <button type="button" className="tool-button" onClick={retry} data-testid="projector-retry">
            {t('state.retry')}
          </button>
        </p>
      )}
      {unread.map(({ text, failure: why, input }) => (
        <p key={text} className="problem" role="alert" data-testid="projector-unread">
          {t('projector.unread', { text, why: failureText(why, words) })}{' '}
          <button
            type="button"
            className="tool-button"
            onClick={() => session.setProjection({ kept: letGo(view, input) })}
          >
            {t('projector.letGoShort')}
          </button>
        </p>
      ))}
      {failure === null && shown.problem !== null && <Problem shown={shown} problem={shown.problem} />}
    </>
  );
}

interface ProblemProps {
  readonly shown: ShownProjection;
  readonly problem: NonNullable<ShownProjection['problem']>;
}

function Problem({ shown, problem: { job, error } }: ProblemProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const { method } = job.settings;
  const isStopped = error.code === 'stopped';
  const isFew = error.code === 'too-few-points';
  const values = { method: words(`projector.methods.${method}`), least: leastPoints(method), count: job.points.count };
  return (
    <p className={isStopped ? 'note' : 'problem'} role="alert" data-testid="projector-problem">
      {t(`projector.problems.${error.code}`, { ...values, message: error.message })}{' '}
      {!isFew && (
        <button type="button" className="tool-button" onClick={shown.again} data-testid="projector-again">
          {t(isStopped ? 'projector.again' : 'state.retry')}
        </button>
      )}
      {method !== 'pca' && (
        <button
          type="button"
          className="tool-button"
          onClick={() => session.setProjection({ method: 'pca' })}
          data-testid="projector-pca"
        >
          {t('projector.withPca')}
        </button>
      )}
    </p>
  );
}

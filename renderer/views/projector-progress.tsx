/** A projection that takes a while: its stage, how far it is, and a button that ends it. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from 'react-aria-components';
import { useElapsed } from '../components/use-elapsed.ts';
import type { Points, Stage } from '../projection/types.ts';
import type { ProjectionState } from '../state/projection-runs.ts';
import { useWords } from './context.tsx';

const STAGES: readonly Stage[] = ['reduce', 'neighbours', 'optimise', 'score'];
const OF_PCA: readonly Stage[] = ['reduce', 'score'];
/** Shown after so long, in ms. */
const SHOW_AFTER_MS = 300;

interface ProjectorProgressProps {
  readonly running: NonNullable<ProjectionState<Points>['running']>;
  readonly onCancel: () => void;
}

export function ProjectorProgress({ running, onCancel }: ProjectorProgressProps): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const { progress, job, startedAt } = running;
  const isShown = useElapsed(startedAt, SHOW_AFTER_MS);
  if (!isShown) return null;
  const stages = job.settings.method === 'pca' ? OF_PCA : STAGES;
  const place = stages.indexOf(progress.stage);
  const name = words(`projector.stages.${progress.stage}`);
  const label = t('projector.stage', { name, place: place + 1, count: stages.length });
  const value = Math.round(100 * progress.fraction);
  return (
    <div className="projector-progress" data-testid="projector-progress" data-stage={progress.stage}>
      <ProgressBar aria-label={label} value={value}>
        <span className="progress-track">
          <span className="progress-bar" style={{ width: `${value}%` }} />
        </span>
      </ProgressBar>
      <span className="progress-label">
        {label} · {value} %
      </span>
      <button type="button" className="tool-button" onClick={onCancel} data-testid="projector-cancel">
        {t('progress.cancel')}
      </button>
    </div>
  );
}

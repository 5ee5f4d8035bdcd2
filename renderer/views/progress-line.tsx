/** Progress of what the engine does: shown after 300 ms, stoppable after 2 s. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ProgressBar } from 'react-aria-components';
import { useElapsed } from '../components/use-elapsed.ts';
import { useApp, useSession } from './context.tsx';

const SHOW_AFTER_MS = 300;
const STOP_AFTER_MS = 2000;

export function ProgressLine(): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const startedAt = useApp((state) => state.model.startedAt ?? state.run.startedAt ?? state.changed.startedAt);
  const progress = useApp((state) => state.progress);
  const shown = useElapsed(startedAt, SHOW_AFTER_MS);
  const stoppable = useElapsed(startedAt, STOP_AFTER_MS);
  if (!shown) return null;
  const label = t(progress === null ? 'progress.starting' : `progress.${progress.stage}`);
  const fraction = progress?.fraction ?? null;
  return (
    <div className="progress" data-testid="progress">
      <ProgressBar aria-label={label} isIndeterminate={fraction === null} value={(fraction ?? 0) * 100}>
        {({ percentage }) => (
          <span className="progress-track">
            <span
              className={fraction === null ? 'progress-bar unknown' : 'progress-bar'}
              style={fraction === null ? {} : { width: `${percentage ?? 0}%` }}
            />
          </span>
        )}
      </ProgressBar>
      <span className="progress-label">{label}…</span>
      {stoppable && (
        <Button className="button small" data-testid="cancel" onPress={() => void session.cancel()}>
          {t('progress.cancel')}
        </Button>
      )}
    </div>
  );
}

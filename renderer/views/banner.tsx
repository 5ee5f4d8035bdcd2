/** What concerns the whole window: a lost connection, an engine that restarts. One sentence and what to do. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { useApp, useSession } from './context.tsx';

export function Banner(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const connection = useApp((state) => state.connection);
  const engine = useApp((state) => state.engine);
  const isExample = useApp((state) => state.covered !== null);
  let text = '';
  let detail = '';
  let action: { label: string; run: () => void } | null = null;
  if (connection === 'lost') {
    text = t('state.connectionLost');
    action = { label: t('state.reconnect'), run: () => session.reconnect() };
  } else if (engine.state === 'restarting') {
    text = t(engine.cause === 'cancelled' ? 'state.engineStopping' : 'state.engineRestarting');
    detail = engine.cause === 'cancelled' ? '' : (engine.reason ?? '');
  } else if (engine.state === 'stopped' && engine.cause === 'gave-up') {
    text = t('state.engineGaveUp');
    detail = engine.reason ?? '';
    action = { label: t('state.retry'), run: () => void session.restartEngine() };
  }
  return (
    <div className="banner-place" role="status" data-testid="banner">
      {isExample && (
        <div className="banner example-mark" data-testid="example-mark">
          <span>{t('example.mark')}</span>
          <Button onPress={() => session.leaveExample()} data-testid="example-leave">
            {t('example.leave')}
          </Button>
        </div>
      )}
      {text !== '' && (
        <div className="banner">
          <span>
            {text} {detail !== '' && <small>{t('state.engineReason', { reason: detail })}</small>}
          </span>
          {action !== null && <Button onPress={action.run}>{action.label}</Button>}
        </div>
      )}
    </div>
  );
}

/** One line at the bottom: how much text, how long it took, where it ran, and the keys. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { failureTitle } from '../view-models/failure.ts';
import { formatSeconds } from '../view-models/format.ts';
import { useApp, useWords } from './context.tsx';

export function StatusBar(): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const run = useApp((state) => state.run);
  const host = useApp((state) => state.host);
  const { model, status } = run;
  const failure = run.failure;
  const isExample = useApp((state) => state.covered !== null);
  const result = failure === null ? run.result : null;
  const unused = model?.unusedWeights ?? [];
  return (
    <footer className="status" data-testid="status" aria-label={t('status.label')}>
      {result === null ? (
        <span>
          {failure === null
            ? t(status === 'running' ? 'status.working' : 'status.empty')
            : failureTitle(failure, words)}
        </span>
      ) : (
        <>
          <span data-testid="status-tokens">{t('status.tokens', { count: result.tokens.length })}</span>
          {!isExample && (
            <>
              <span data-testid="status-time">{t('status.traced', { time: formatSeconds(result.seconds) })}</span>
              <span data-testid="status-device">
                {t('status.device', { device: deviceName(result.device, words) })}
              </span>
            </>
          )}
          <span className="status-model">{result.model}</span>
          {unused.length > 0 && <span title={unused.join('\n')}>{t('status.unused', { count: unused.length })}</span>}
        </>
      )}
      <span className="status-keys">{t('status.keys')}</span>
      {host !== null && <span className="status-version">{t('status.version', { version: host.version })}</span>}
    </footer>
  );
}

function deviceName(id: string, words: ReturnType<typeof useWords>): string {
  return words.has(`device.${id}`) ? words(`device.${id}`) : id;
}

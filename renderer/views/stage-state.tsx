/** What stands in the figure's place while there is none: one headline, one sentence, one thing to do. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import type { ApiFailure } from '../../electron/api/index.ts';
import { useElapsed } from '../components/use-elapsed.ts';
import { examples } from '../view-models/examples.ts';
import { failureText, failureTitle } from '../view-models/failure.ts';
import { useApp, useSession, useWords } from './context.tsx';

export function StageState(): ReactElement | null {
  const { t } = useTranslation();
  const connection = useApp((state) => state.connection);
  const models = useApp((state) => state.models);
  const model = useApp((state) => state.model);
  const run = useApp((state) => state.run);
  const session = useSession();
  const name = model.opened?.entry.name ?? model.id ?? '';
  if (model.failure?.code === 'cancelled' || run.status === 'cancelled') return <Stopped />;
  if (model.failure !== null) return <FailureCard failure={model.failure} />;
  if (models !== null && model.status === 'none') {
    return <Card title={t('state.noModelTitle')} text={t('state.noModelText')} testId="state-no-model" />;
  }
  if (connection === 'lost')
    return <Card title={t('failureTitle.engine-lost')} text={t('state.connectionLost')} testId="state-lost" />;
  if (models === null) return <Waiting title={t('state.listingTitle')} text="" />;
  if (model.status === 'opening')
    return <Waiting title={t('state.openingTitle', { name })} text={t('state.openingText')} />;
  if (run.status === 'failed' && run.failure !== null) return <FailureCard failure={run.failure} />;
  if (run.status === 'empty') return <Empty name={name} onPick={(text) => session.setText(text)} />;
  return <Waiting title={t('state.runningTitle')} text={t('state.runningText')} />;
}

function Stopped(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <Card title={t('state.stoppedTitle')} text={t('state.stoppedText')} testId="state-stopped">
      <Button className="button primary" onPress={() => session.retry()}>
        {t('state.again')}
      </Button>
    </Card>
  );
}

function Empty({ name, onPick }: { name: string; onPick: (text: string) => void }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const opened = useApp((state) => state.model.opened);
  return (
    <Card title={t('state.emptyTitle')} text={t('state.emptyText', { model: name })} testId="state-empty">
      <p className="note">{t('sentence.examples')}</p>
      <ul className="examples">
        {(opened === null ? [] : examples(opened)).map((text) => (
          <li key={text}>
            <Button className="example" onPress={() => onPick(text)}>
              {text}
            </Button>
          </li>
        ))}
        <li>
          <Button className="example" onPress={() => session.openExample(t('example.name'))} data-testid="open-example">
            <strong>{t('example.open')}</strong>
            <br />
            <span className="quiet">{t('example.openText')}</span>
          </Button>
        </li>
      </ul>
    </Card>
  );
}

/** Waiting is quiet for 300 ms: most waits are shorter. */
function Waiting({ title, text }: { title: string; text: string }): ReactElement | null {
  const startedAt = useApp((state) => state.model.startedAt ?? state.run.startedAt ?? 0);
  const shown = useElapsed(startedAt, 300);
  return shown ? <Card title={title} text={text} testId="state-waiting" /> : null;
}

/** A failure in the user's language, with what can be done about it. */
export function FailureCard({ failure }: { failure: ApiFailure }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const device = useApp((state) => state.device);
  const offersCpu = failure.code === 'device' && device !== 'cpu';
  return (
    <Card title={failureTitle(failure, words)} text={failureText(failure, words)} testId="state-failed" isAlert>
      <LengthMeter failure={failure} />
      {offersCpu ? (
        <Button className="button primary" onPress={() => session.chooseDevice('cpu')}>
          {t('state.useCpu')}
        </Button>
      ) : (
        failure.code !== 'bad-text' && (
          <Button className="button" onPress={() => session.retry()}>
            {t('state.retry')}
          </Button>
        )
      )}
    </Card>
  );
}

/** How much of a too long text the model would read. */
function LengthMeter({ failure }: { failure: ApiFailure }): ReactElement | null {
  const { tokens, limit } = failure.values ?? {};
  if (failure.reason !== 'text-too-long' || typeof tokens !== 'number' || typeof limit !== 'number') return null;
  return (
    <div className="length-meter" aria-hidden="true">
      <span style={{ width: `${(100 * limit) / tokens}%` }} />
    </div>
  );
}

interface CardProps {
  readonly title: string;
  readonly text: string;
  readonly testId: string;
  readonly isAlert?: boolean;
  readonly children?: ReactNode;
}

function Card({ title, text, testId, isAlert = false, children }: CardProps): ReactElement {
  return (
    <div className="state-card" role={isAlert ? 'alert' : 'status'} data-testid={testId}>
      <h2>{title}</h2>
      {text !== '' && <p>{text}</p>}
      {children}
    </div>
  );
}

/** One model of the library: what it is, where it is, and what can be done with it. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ProgressBar } from 'react-aria-components';
import type { Download } from '../../electron/api/index.ts';
import { formatBytes } from '../view-models/format.ts';
import type { LibraryRow } from '../view-models/library.ts';
import { useServices } from './context.tsx';

interface LineProps {
  readonly row: LibraryRow;
  /** Closes the library, when a model is opened from it. */
  readonly onClose: () => void;
}

export function LibraryLine({ row, onClose }: LineProps): ReactElement {
  const [sure, setSure] = useState(false);
  const asks = sure && row.deletes > 0;
  return (
    <li className="library-row" data-testid={`library-row-${row.model}`} data-state={row.state}>
      <div className="library-what">
        <p className="library-name">
          {row.name}
          {row.name !== row.model && <span className="library-repo">{row.model}</span>}
        </p>
        <p className="note">{row.facts}</p>
        {row.problem !== null && <p className="problem">{row.problem}</p>}
      </div>
      <div className="library-where">
        {row.download === null ? null : <Progress row={row} />}
        <p className="note" data-testid="place">
          {row.place}
        </p>
      </div>
      <div className="library-actions">
        {asks ? (
          <Sure row={row} onEnd={() => setSure(false)} />
        ) : (
          <Actions row={row} onClose={onClose} onDelete={() => setSure(true)} />
        )}
      </div>
    </li>
  );
}

function Progress({ row }: { row: LibraryRow }): ReactElement {
  const { t } = useTranslation();
  const unknown = row.fraction === null && row.state === 'running';
  return (
    <ProgressBar
      className="library-progress"
      aria-label={t('library.progressName', { name: row.name })}
      isIndeterminate={unknown}
      value={(row.fraction ?? 0) * 100}
    >
      {({ percentage }) => (
        <span className="progress-track">
          <span
            className={unknown ? 'progress-bar unknown' : 'progress-bar'}
            style={unknown ? {} : { width: `${percentage ?? 0}%` }}
          />
        </span>
      )}
    </ProgressBar>
  );
}

function Actions({ row, onClose, onDelete }: LineProps & { onDelete: () => void }): ReactElement {
  const { t } = useTranslation();
  const { library, session } = useServices();
  const { model, name, opens } = row;
  if (row.download !== null) return <DownloadActions name={name} download={row.download} />;
  return (
    <>
      {row.state === 'absent' && (
        <Button
          className="button small primary"
          aria-label={t('library.fetchName', { name })}
          onPress={() => void library.fetch(model)}
        >
          {t('library.fetch')}
        </Button>
      )}
      {opens !== null && (
        <Button
          className="button small primary"
          aria-label={t('library.openName', { name })}
          onPress={() => {
            onClose();
            void session.openModel(opens);
          }}
        >
          {t('library.openModel')}
        </Button>
      )}
      {row.deletes > 0 && (
        <Button className="button small" aria-label={t('library.deleteName', { name })} onPress={onDelete}>
          {t('library.delete')}
        </Button>
      )}
    </>
  );
}

/** The button that goes on has its own words for each state. */
const GOES_ON = {
  paused: ['library.resume', 'library.resumeName'],
  failed: ['library.retry', 'library.retryName'],
} as const;

function DownloadActions({ name, download }: { name: string; download: Download }): ReactElement {
  const { t } = useTranslation();
  const { library } = useServices();
  const { id, state } = download;
  const goesOn = state === 'paused' || state === 'failed' ? GOES_ON[state] : null;
  return (
    <>
      {goesOn === null ? (
        <Button
          className="button small"
          aria-label={t('library.pauseName', { name })}
          onPress={() => void library.pause(id)}
        >
          {t('library.pause')}
        </Button>
      ) : (
        <Button
          className="button small primary"
          aria-label={t(goesOn[1], { name })}
          onPress={() => void library.resume(id)}
        >
          {t(goesOn[0])}
        </Button>
      )}
      <Button
        className="button small"
        aria-label={t('library.cancelName', { name })}
        onPress={() => void library.cancel(id)}
      >
        {t('library.cancel')}
      </Button>
    </>
  );
}

/** Asks once more before something is deleted. */
function Sure({ row, onEnd }: { row: LibraryRow; onEnd: () => void }): ReactElement {
  const { t } = useTranslation();
  const { library } = useServices();
  return (
    <div className="library-sure" role="group" aria-label={t('library.deleteName', { name: row.name })}>
      <p className="note">{t('library.sure', { size: formatBytes(row.deletes) })}</p>
      <Button
        className="button small danger"
        data-testid="library-delete-sure"
        onPress={() => {
          onEnd();
          void library.delete(row.repo);
        }}
      >
        {t('library.sureDelete')}
      </Button>
      <Button className="button small" autoFocus onPress={onEnd}>
        {t('library.keep')}
      </Button>
    </div>
  );
}

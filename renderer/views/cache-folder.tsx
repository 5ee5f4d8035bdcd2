/** Where the hub's cache is, what decides that, and choosing another folder where nothing else decides. */
import { useEffect, useState } from 'react';
import type { ReactElement, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { failureText } from '../view-models/failure.ts';
import { formatBytes } from '../view-models/format.ts';
import { useLibrary, useServices, useSession, useWords } from './context.tsx';

export function CacheFolder(): ReactElement {
  const { t } = useTranslation();
  const { library } = useServices();
  const overview = useLibrary((state) => state.overview);
  const [moved, setMoved] = useState(false);
  useEffect(() => {
    void library.refresh();
  }, [library]);
  const onUse = async (folder: string | null): Promise<boolean> => {
    const taken = await library.setFolder(folder);
    setMoved(taken);
    return taken;
  };
  const isOpen = ['setting', 'XDG_CACHE_HOME', 'default'].includes(overview?.folderFrom ?? '');
  return (
    <div className="setting" role="group" aria-labelledby="cache-title" data-testid="cache-folder">
      <h3 id="cache-title">{t('preferences.cache')}</h3>
      <div className="setting-value">
        {overview === null ? <p className="note">{t('library.loading')}</p> : <Where />}
        {overview !== null && isOpen && <FolderForm onUse={onUse} isOwn={overview.folderFrom === 'setting'} />}
        <Outcome moved={moved} />
        <p className="note">{t('preferences.cacheNote')}</p>
      </div>
    </div>
  );
}

function Where(): ReactElement | null {
  const { t } = useTranslation();
  const overview = useLibrary((state) => state.overview);
  if (overview === null) return null;
  const { folder, freeBytes, folderFrom } = overview;
  const free = freeBytes === null ? null : formatBytes(freeBytes);
  return (
    <>
      <p className="mono setting-path" data-testid="cache-place">
        {free === null ? folder : t('preferences.cacheFree', { folder, free })}
      </p>
      <p className="note" data-testid="cache-from">
        {t(`preferences.cacheFrom.${folderFrom}`)}
      </p>
    </>
  );
}

function Outcome({ moved }: { moved: boolean }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const folder = useLibrary((state) => state.overview?.folder ?? '');
  const failure = useLibrary((state) => state.failure);
  return (
    <>
      <p className="note" role="status" data-testid="cache-moved">
        {moved && failure === null && t('preferences.cacheMoved', { folder })}
      </p>
      {failure !== null && (
        <p className="field-problem" role="alert" data-testid="cache-problem">
          {failureText(failure, words)}
        </p>
      )}
    </>
  );
}

interface FolderFormProps {
  readonly onUse: (folder: string | null) => Promise<boolean>;
  readonly isOwn: boolean;
}

/** The system's own dialog where there is one, else a field for the path. */
function FolderForm({ onUse, isOwn }: FolderFormProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const [asking, setAsking] = useState(false);
  const choose = async (): Promise<void> => {
    const folder = await session.pickFolder(t('preferences.cache')).catch(() => undefined);
    if (folder === undefined) setAsking(true);
    else if (folder !== null) await onUse(folder);
  };
  return (
    <>
      <div className="setting-buttons">
        <Button className="button small" onPress={() => void choose()} data-testid="cache-choose">
          {t('preferences.cacheChoose')}
        </Button>
        {isOwn && (
          <Button className="button small" onPress={() => void onUse(null)} data-testid="cache-reset">
            {t('preferences.cacheReset')}
          </Button>
        )}
      </div>
      {asking && <PathForm onUse={onUse} onDone={() => setAsking(false)} />}
    </>
  );
}

function PathForm({ onUse, onDone }: { onUse: FolderFormProps['onUse']; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const [path, setPath] = useState('');
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (path.trim() !== '' && (await onUse(path.trim()))) onDone();
  };
  return (
    <form className="library-search" onSubmit={(event) => void submit(event)}>
      <TextField className="field" value={path} onChange={setPath} autoFocus>
        <Label>{t('preferences.cacheField')}</Label>
        <Input data-testid="cache-path" spellCheck="false" autoComplete="off" maxLength={4000} />
      </TextField>
      <Button className="button" type="submit" data-testid="cache-use">
        {t('preferences.cacheUse')}
      </Button>
    </form>
  );
}

/** The model library: what to begin with, what is in the cache, what the hub has, and the downloads. */
import { useEffect, useState } from 'react';
import type { ReactElement, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Heading, Input, Label, Modal, ModalOverlay, Text, TextField } from 'react-aria-components';
import type { HubOverview } from '../../electron/api/index.ts';
import { failureText } from '../view-models/failure.ts';
import { aboutText, curatedRows, endedText, offlineText, otherRows, resultRows } from '../view-models/library.ts';
import type { LibraryFacts, LibraryRow } from '../view-models/library.ts';
import { useApp, useLibrary, useServices, useWords } from './context.tsx';
import { LibraryLine } from './library-line.tsx';
import { TokenForm } from './token-form.tsx';

interface LibraryDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function LibraryDialog({ isOpen, onClose }: LibraryDialogProps): ReactElement {
  const { t } = useTranslation();
  const { library } = useServices();
  const overview = useLibrary((state) => state.overview);
  useEffect(() => {
    if (isOpen) void library.refresh();
  }, [isOpen, library]);
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="modal library-modal">
        <Dialog className="dialog library" data-testid="library">
          <div className="library-head">
            <Heading slot="title">{t('library.title')}</Heading>
            <Button className="button" slot="close" data-testid="library-close">
              {t('library.close')}
            </Button>
          </div>
          {overview === null ? (
            <p className="note">{t('library.loading')}</p>
          ) : (
            <LibraryBody overview={overview} onClose={onClose} />
          )}
          <Said />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function LibraryBody({ overview, onClose }: { overview: HubOverview; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const downloads = useLibrary((state) => state.downloads);
  const models = useApp((state) => state.models);
  const facts: LibraryFacts = { overview, downloads, models: models ?? [] };
  const curated = curatedRows(facts, words);
  const others = otherRows(facts, words, curated);
  return (
    <>
      <p className="note library-about">{aboutText(overview, words)}</p>
      <Problems />
      <SearchForm />
      <Results facts={facts} onClose={onClose} />
      <Section id="begin" title={t('library.begin')} rows={curated} onClose={onClose} />
      {others.length > 0 && <Section id="others" title={t('library.others')} rows={others} onClose={onClose} />}
      <TokenForm token={overview.token} host={overview.host} />
    </>
  );
}

/** That there is no network, and what a button could not do. */
function Problems(): ReactElement {
  const words = useWords();
  const offline = useLibrary((state) => offlineText(state, words));
  const failure = useLibrary((state) => state.failure);
  return (
    <div role="alert" className="library-problems">
      {offline !== null && (
        <p className="library-offline" data-testid="library-offline">
          {offline}
        </p>
      )}
      {failure !== null && (
        <p className="problem" data-testid="library-failure">
          {failureText(failure, words)}
        </p>
      )}
    </div>
  );
}

function SearchForm(): ReactElement {
  const { t } = useTranslation();
  const { library } = useServices();
  const [text, setText] = useState('');
  const offline = useLibrary((state) => state.overview?.offline ?? false);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void library.search(text);
  };
  return (
    <form className="library-search" role="search" onSubmit={submit}>
      <TextField className="field" value={text} onChange={setText} isDisabled={offline}>
        <Label>{t('library.search')}</Label>
        <Input data-testid="library-search" spellCheck="false" autoComplete="off" maxLength={200} />
        <Text slot="description" className="note">
          {t('library.searchHint')}
        </Text>
      </TextField>
      <Button className="button" type="submit" isDisabled={offline} data-testid="library-search-go">
        {t('library.searchButton')}
      </Button>
    </form>
  );
}

function Results({ facts, onClose }: { facts: LibraryFacts; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const search = useLibrary((state) => state.search);
  if (search.status === 'none') return null;
  const rows = resultRows(facts, search.results, words);
  return (
    <>
      <p className="note" role="status" data-testid="library-found">
        {search.status === 'asking' && t('library.searching')}
        {search.status === 'done' &&
          (rows.length === 0 ? t('library.none') : t('library.found', { count: rows.length }))}
      </p>
      {search.failure !== null && (
        <p className="problem" role="alert" data-testid="library-search-failure">
          {failureText(search.failure, words)}
        </p>
      )}
      {rows.length > 0 && <Section id="results" title={t('library.results')} rows={rows} onClose={onClose} />}
    </>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly LibraryRow[];
  readonly onClose: () => void;
}

function Section({ id, title, rows, onClose }: SectionProps): ReactElement {
  return (
    <section aria-labelledby={`library-${id}`} data-testid={`library-${id}`}>
      <h3 id={`library-${id}`}>{title}</h3>
      <ul className="library-list">
        {rows.map((row) => (
          <LibraryLine key={row.model} row={row} onClose={onClose} />
        ))}
      </ul>
    </section>
  );
}

/** What came to an end, for who does not look. */
function Said(): ReactElement {
  const words = useWords();
  const text = useLibrary((state) => endedText(state, words));
  return (
    <p className="note library-said" role="status" data-testid="library-said">
      {text}
    </p>
  );
}

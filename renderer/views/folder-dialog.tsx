/** Asks for the path of a model folder, where the host has no dialog of its own; says what is wrong with it. */
import { useState } from 'react';
import type { ReactElement, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { asApiError } from '../client/client.ts';
import { failureText } from '../view-models/failure.ts';
import { useSession, useWords } from './context.tsx';

interface FolderForm {
  readonly folder: string;
  readonly setFolder: (folder: string) => void;
  /** Why the last folder was refused; empty when none was. */
  readonly problem: string;
  readonly busy: boolean;
  readonly close: () => void;
  readonly submit: (event: SyntheticEvent) => Promise<void>;
}

/** The path being typed, and what happened to the last one; `onClose` is called when a folder was taken. */
function useFolderForm(onClose: () => void): FolderForm {
  const words = useWords();
  const session = useSession();
  const [folder, setFolder] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  const close = (): void => {
    setProblem('');
    onClose();
  };
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (folder.trim() === '' || busy) return;
    setBusy(true);
    try {
      const entry = await session.addFolder(folder.trim());
      if (entry.problem === null) close();
      else setProblem(entry.problem);
    } catch (error) {
      setProblem(failureText(asApiError(error).failure, words));
    } finally {
      setBusy(false);
    }
  };
  return { folder, setFolder, problem, busy, close, submit };
}

export function FolderDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const { folder, setFolder, problem, busy, close, submit } = useFolderForm(onClose);

  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={(open) => !open && close()} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog" data-testid="folder-dialog">
          <Heading slot="title">{t('model.openFolderTitle')}</Heading>
          <p className="note">{t('model.openFolderText')}</p>
          <form onSubmit={(event) => void submit(event)}>
            <TextField
              className="field"
              value={folder}
              onChange={setFolder}
              autoFocus
              isInvalid={problem !== ''}
              validationBehavior="aria"
            >
              <Label>{t('model.path')}</Label>
              <Input data-testid="folder-path" spellCheck="false" autoComplete="off" />
            </TextField>
            <p className="field-problem" role="alert">
              {problem}
            </p>
            <div className="dialog-actions">
              <Button className="button" slot="close">
                {t('help.close')}
              </Button>
              <Button className="button primary" type="submit" aria-disabled={busy} data-testid="folder-open">
                {t('model.open')}
              </Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

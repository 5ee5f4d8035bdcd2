/** All keys, in one dialog: those of the table of actions, and those that only mean something on the spot. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { ACTIONS } from '../state/actions.ts';
import { useWords } from './context.tsx';

type Row = readonly [keys: readonly string[], text: string];

export function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const named = ACTIONS.flatMap(({ keys = [], label }): Row[] => (keys.length === 0 ? [] : [[keys, words(label)]]));
  const here: Row[] = [
    [['←', '→', '↑', '↓'], t('help.cell')],
    [['Home', 'End'], t('help.ends')],
    [['+', '−', '0'], t('views.zoomKey')],
    [['⇧ ←', '⇧ →', '⇧ ↑', '⇧ ↓'], t('views.regionKey')],
    [[t('views.ctrlClick')], t('views.addKey')],
    [['↑', '↓'], t('history.keys')],
    [['Alt ↑', 'Alt ↓'], t('help.move')],
    [['Tab'], t('help.tab')],
    [['Esc'], t('help.escape')],
    [[t('help.click')], t('help.query')],
    [[t('help.shiftClick')], t('help.key')],
  ];
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog" data-testid="help">
          <Heading slot="title">{t('help.title')}</Heading>
          <dl className="keys">
            {[...named, ...here].map(([keys, text]) => (
              <div key={text}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
          <p className="note">{t('help.counting')}</p>
          <div className="dialog-actions">
            <Button className="button primary" slot="close">
              {t('help.close')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

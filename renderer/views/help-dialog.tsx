/** All keys, in one dialog. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

export function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const rows: [string[], string][] = [
    [['←', '→'], t('help.head')],
    [['↑', '↓'], t('help.layer')],
    [['[', ']'], t('help.station')],
    [['←', '→', '↑', '↓'], t('help.cell')],
    [['Home', 'End'], t('help.ends')],
    [['T'], t('walk.keyMode')],
    [['V', '⇧ V'], t('views.key')],
    [['+', '−', '0'], t('views.zoomKey')],
    [['⇧ ←', '⇧ →', '⇧ ↑', '⇧ ↓'], t('views.regionKey')],
    [[t('views.ctrlClick')], t('views.addKey')],
    [['Space'], t('walk.keyPlay')],
    [['/'], t('help.sentence')],
    [['E'], t('help.export')],
    [['W'], t('help.whatIf')],
    [['Ctrl Z'], t('help.undo')],
    [['Ctrl ⇧ Z', 'Ctrl Y'], t('help.redo')],
    [['Alt ↑', 'Alt ↓'], t('help.move')],
    [['?'], t('help.help')],
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
            {rows.map(([keys, text]) => (
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

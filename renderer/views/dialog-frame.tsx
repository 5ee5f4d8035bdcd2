/** A wide dialog with its title and its way out at the top, which stay while the rest scrolls. */
import type { ReactElement, ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

interface DialogFrameProps extends DialogProps {
  readonly title: string;
  readonly close: string;
  /** Also of the way out: `<testId>-close`. */
  readonly testId: string;
  readonly children: ReactNode;
}

export function DialogFrame({ isOpen, onClose, title, close, testId, children }: DialogFrameProps): ReactElement {
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="modal wide-modal">
        <Dialog className="dialog wide" data-testid={testId}>
          <div className="library-head">
            <Heading slot="title">{title}</Heading>
            <Button className="button" slot="close" data-testid={`${testId}-close`}>
              {close}
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Everything that the window can be told to do, by name: found in English and in Dutch, what was used last first. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components';
import type { PaletteEntry } from '../view-models/palette.ts';
import { useWords } from './context.tsx';
import type { DialogProps } from './dialog-frame.tsx';
import { usePalette } from './use-palette.ts';
import type { PaletteSection } from './use-palette.ts';

export function PaletteDialog({ isOpen, onClose }: DialogProps): ReactElement {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className="overlay palette-overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className="modal palette-modal">
        <Dialog className="palette" data-testid="palette" aria-label={t('palette.title')}>
          <PaletteBody onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const { sections, choose } = usePalette(query, onClose);
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <TextField className="palette-field" aria-label={t('palette.search')} autoFocus>
        <Input
          data-testid="palette-input"
          placeholder={t('palette.placeholder')}
          spellCheck="false"
          autoComplete="off"
          maxLength={200}
        />
      </TextField>
      <Menu
        className="menu palette-list"
        aria-label={t('palette.list')}
        onAction={(key) => choose(String(key))}
        renderEmptyState={() => <p className="note palette-none">{t('palette.none')}</p>}
      >
        {sections.map((section) => (
          <Section key={section.id} section={section} />
        ))}
      </Menu>
    </Autocomplete>
  );
}

function Section({ section: { id, title, entries } }: { section: PaletteSection }): ReactElement {
  return (
    <MenuSection id={`section-${id}`} {...(title === null ? { 'aria-label': id } : {})}>
      {title !== null && <Header className="menu-header">{title}</Header>}
      {entries.map((entry) => (
        <EntryItem key={entry.id} entry={entry} showsGroup={title === null} />
      ))}
    </MenuSection>
  );
}

function EntryItem({ entry, showsGroup }: { entry: PaletteEntry; showsGroup: boolean }): ReactElement {
  const words = useWords();
  return (
    <MenuItem
      id={entry.id}
      className="menu-item palette-item"
      textValue={entry.label}
      data-testid={`palette-${entry.id}`}
    >
      <span className="palette-label">{entry.label}</span>
      {showsGroup && <span className="menu-note">{words(`palette.group.${entry.group}`)}</span>}
      {entry.keys.length > 0 && (
        <span className="palette-keys">
          {entry.keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </MenuItem>
  );
}

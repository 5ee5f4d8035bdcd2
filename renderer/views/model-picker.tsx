/** Which model: the library in sections, what cannot be opened with its reason, and a folder of the user's own. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useStore } from 'zustand';
import type { ModelEntry } from '../../electron/api/index.ts';
import { Check, Chevron } from '../components/icons.tsx';
import { modelFacts, modelSections, shapeText } from '../view-models/models.ts';
import { busyCount } from '../view-models/library.ts';
import { useApp, useLibrary, useServices, useSession, useWords } from './context.tsx';
import { FolderDialog } from './folder-dialog.tsx';
import { LibraryDialog } from './library-dialog.tsx';
import { useMenu } from './use-menu.ts';

const FOLDER = 'open-folder';
const LIBRARY = 'open-library';

export function ModelPicker(): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const models = useApp((state) => state.models);
  const model = useApp((state) => state.model);
  const [asking, setAsking] = useState(false);
  const [browsing, setBrowsing] = useState(false);
  const entry = model.opened?.entry ?? models?.find(({ id }) => id === model.id) ?? null;

  const openFolder = async (): Promise<void> => {
    const folder = await session.pickFolder(t('model.openFolderTitle')).catch(() => undefined);
    if (folder === undefined) setAsking(true);
    else if (folder !== null) void session.addFolder(folder).catch(() => setAsking(true));
  };

  useMenu({ 'open-folder': () => void openFolder(), 'open-library': () => setBrowsing(true) });

  return (
    <>
      <MenuTrigger>
        <PickerButton entry={entry} isListed={models !== null} />
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu models"
            aria-label={t('model.choose')}
            selectionMode="single"
            selectedKeys={model.id === null ? [] : [model.id]}
            disabledKeys={(models ?? []).filter(({ problem }) => problem !== null).map(({ id }) => id)}
            onAction={(key) => {
              if (key === FOLDER) void openFolder();
              else if (key === LIBRARY) setBrowsing(true);
              else if (key === model.id && model.status !== 'failed') session.leaveExample();
              else void session.openModel(modelId(String(key)));
            }}
          >
            <RecentModels />
            {modelSections(models ?? []).map(({ source, entries }) => (
              <MenuSection key={source}>
                <Header className="menu-header">{words(`model.${source}`)}</Header>
                {entries.map((item) => (
                  <ModelItem key={item.id} entry={item} />
                ))}
              </MenuSection>
            ))}
            <Separator className="menu-separator" />
            <MenuItem id={FOLDER} className="menu-item" data-testid="open-folder">
              {t('model.openFolder')}
            </MenuItem>
            <LibraryItem />
          </Menu>
        </Popover>
      </MenuTrigger>
      <FolderDialog isOpen={asking} onClose={() => setAsking(false)} />
      <LibraryDialog isOpen={browsing} onClose={() => setBrowsing(false)} />
    </>
  );
}

const RECENT = 'recent:';
/** A model that was used last stands in the list twice, under two keys. */
const modelId = (key: string): string => (key.startsWith(RECENT) ? key.slice(RECENT.length) : key);

/** Those that were opened last and are not open now. */
function RecentModels(): ReactElement | null {
  const { t } = useTranslation();
  const { history } = useServices();
  const recent = useStore(history.store, (state) => state.models);
  const models = useApp((state) => state.models);
  const open = useApp((state) => state.model.id);
  const entries = recent
    .filter((id) => id !== open)
    .flatMap((id) => models?.filter((model) => model.id === id && model.problem === null) ?? [])
    .slice(0, 3);
  if (entries.length === 0) return null;
  return (
    <MenuSection>
      <Header className="menu-header">{t('history.models')}</Header>
      {entries.map(({ id, name }) => (
        <MenuItem
          key={id}
          id={`${RECENT}${id}`}
          className="menu-item model"
          textValue={name}
          data-testid={`recent-${id}`}
        >
          <span className="menu-mark" />
          <span className="menu-title">{name}</span>
        </MenuItem>
      ))}
    </MenuSection>
  );
}

/** The way to the library, with how much is on its way. */
function LibraryItem(): ReactElement {
  const { t } = useTranslation();
  const busy = useLibrary(({ downloads }) => busyCount(downloads));
  const label = busy === 0 ? t('library.open') : t('library.openBusy', { count: busy });
  return (
    <MenuItem id={LIBRARY} className="menu-item" textValue={label} data-testid="open-library">
      {label}
    </MenuItem>
  );
}

/** The open model; the worked example has none. */
function PickerButton({ entry, isListed }: { entry: ModelEntry | null; isListed: boolean }): ReactElement {
  const { t } = useTranslation();
  const isExample = useApp((state) => state.covered !== null);
  const name = isExample ? t('example.model') : entry?.name;
  return (
    <Button
      className="picker"
      data-testid="model-picker"
      aria-label={`${t('model.label')}: ${name ?? t('model.none')}`}
    >
      <span className="picker-name">{name ?? t(isListed ? 'model.none' : 'model.label')}</span>
      {entry !== null && !isExample && <span className="picker-facts">{shapeText(entry)}</span>}
      <Chevron />
    </Button>
  );
}

function ModelItem({ entry }: { entry: ModelEntry }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <MenuItem id={entry.id} className="menu-item model" textValue={entry.name} data-testid={`model-${entry.id}`}>
      {({ isSelected }) => (
        <>
          <span className="menu-mark">{isSelected && <Check />}</span>
          <span className="menu-words">
            <span className="menu-title">{entry.name}</span>
            {entry.problem === null ? (
              <span className="menu-note">{modelFacts(entry, words)}</span>
            ) : (
              <span className="menu-note problem">{t('model.notUsable', { reason: entry.problem })}</span>
            )}
          </span>
        </>
      )}
    </MenuItem>
  );
}

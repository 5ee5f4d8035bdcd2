/** The stage as a file: through the host's dialog, or as a download. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { Check } from '../components/icons.tsx';
import { DATA_FORMATS } from '../export/data-formats.ts';
import { FORMATS } from '../export/formats.ts';
import type { ExportFormat } from '../export/formats.ts';
import { useStageFrame, useTheme } from './context.tsx';
import { useExport } from './use-export.ts';
import type { ExportTask } from './use-export.ts';
import { SheetDialog } from './sheet-dialog.tsx';
import { useSheet } from './use-sheet.ts';
import { useMenu } from './use-menu.ts';

/** How long the outcome stays on screen, in milliseconds. */
const NOTICE_MS = 5000;

export function ExportMenu(): ReactElement {
  const { t } = useTranslation();
  const [light, setLight] = useState(false);
  const theme = useTheme();
  const { frame } = useStageFrame();
  const [notice, setNotice] = useState('');
  const save = useExport();
  const sheet = useSheet();
  const [isSheetOpen, setSheetOpen] = useState(false);
  const run = async (task: ExportTask): Promise<void> => {
    setNotice(await save(task, light));
    setTimeout(() => setNotice(''), NOTICE_MS);
  };
  const addPanel = (): void => {
    const letter = String.fromCharCode(97 + sheet.panels.length);
    setNotice(t(sheet.add() ? 'sheet.added' : 'export.nothing', { letter }));
    setTimeout(() => setNotice(''), NOTICE_MS);
  };
  useExportCommands((format) => void run({ kind: 'figure', format }));
  return (
    <>
      <MenuTrigger>
        <Button className="button primary" data-testid="export" isDisabled={frame === null}>
          {t('export.button')}
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={t('export.button')}>
            <ExportSections onTask={(task) => void run(task)} />
            <MenuSection>
              <MenuItem id="sheet" className="menu-item" data-testid="export-sheet" onAction={() => setSheetOpen(true)}>
                {t('export.sheet')}
              </MenuItem>
              <MenuItem id="sheet-panel" className="menu-item" data-testid="export-sheet-panel" onAction={addPanel}>
                {t('sheet.add')}
              </MenuItem>
            </MenuSection>
            {theme !== 'light' && <LightSection light={light} onLight={setLight} />}
          </Menu>
        </Popover>
      </MenuTrigger>
      <SheetDialog state={sheet} isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} />
      <div className={notice === '' ? 'notice' : 'notice on'} role="status" data-testid="notice">
        {notice}
      </div>
    </>
  );
}

/** Light colours instead of those of the window. */
function LightSection({ light, onLight }: { light: boolean; onLight: (light: boolean) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <MenuSection
      selectionMode="multiple"
      selectedKeys={light ? ['light'] : []}
      onSelectionChange={(keys) => onLight(keys !== 'all' && keys.has('light'))}
    >
      <MenuItem id="light" className="menu-item" textValue={t('export.light')}>
        {({ isSelected }) => (
          <>
            <span className="menu-mark">{isSelected && <Check />}</span>
            {t('export.light')}
          </>
        )}
      </MenuItem>
    </MenuSection>
  );
}

/** What can be made: the figure, its numbers, both, or a copy for another program. */
function ExportSections({ onTask }: { onTask: (task: ExportTask) => void }): ReactElement {
  const { t } = useTranslation();
  const item = (id: string, label: string, task: ExportTask): ReactElement => (
    <MenuItem key={id} id={id} className="menu-item" data-testid={`export-${id}`} onAction={() => onTask(task)}>
      {label}
    </MenuItem>
  );
  return (
    <>
      <MenuSection>
        <Header className="menu-header">{t('export.menu')}</Header>
        {FORMATS.map((format) => item(format.id, format.label, { kind: 'figure', format }))}
      </MenuSection>
      <MenuSection>
        <Header className="menu-header">{t('export.data')}</Header>
        {DATA_FORMATS.map((format) => item(format.id, format.label, { kind: 'data', format }))}
        {item('zip', t('export.all'), { kind: 'bundle' })}
      </MenuSection>
      <MenuSection>
        <Header className="menu-header">{t('export.copy')}</Header>
        {item('copy-picture', t('export.copyPicture'), { kind: 'copy', what: 'picture' })}
        {item('copy-svg', t('export.copySvg'), { kind: 'copy', what: 'svg' })}
        {item('copy-data', t('export.copyData'), { kind: 'copy', what: 'data' })}
      </MenuSection>
    </>
  );
}

/** The export items of the application menu. */
function useExportCommands(run: (format: ExportFormat) => void): void {
  const byId = (id: string) => () => {
    const format = FORMATS.find((candidate) => candidate.id === id);
    if (format !== undefined) run(format);
  };
  useMenu({ 'export-svg': byId('svg'), 'export-png': byId('png') });
}

/** The stage as a file: through the host's dialog, or as a download. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { Check } from '../components/icons.tsx';
import { FORMATS } from '../export/formats.ts';
import type { ExportFormat } from '../export/formats.ts';
import { useStageFrame, useTheme } from './context.tsx';
import { useExport } from './use-export.ts';
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
  const run = async (format: ExportFormat): Promise<void> => {
    setNotice(await save(format, light));
    setTimeout(() => setNotice(''), NOTICE_MS);
  };
  useExportCommands((format) => void run(format));
  return (
    <>
      <MenuTrigger>
        <Button className="button primary" data-testid="export" isDisabled={frame === null}>
          {t('export.button')}
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={t('export.button')}>
            <MenuSection>
              <Header className="menu-header">{t('export.menu')}</Header>
              {FORMATS.map((format) => (
                <MenuItem
                  key={format.id}
                  id={format.id}
                  className="menu-item"
                  data-testid={`export-${format.id}`}
                  onAction={() => void run(format)}
                >
                  {format.label}
                </MenuItem>
              ))}
            </MenuSection>
            {theme !== 'light' && (
              <MenuSection
                selectionMode="multiple"
                selectedKeys={light ? ['light'] : []}
                onSelectionChange={(keys) => setLight(keys !== 'all' && keys.has('light'))}
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
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      <div className={notice === '' ? 'notice' : 'notice on'} role="status" data-testid="notice">
        {notice}
      </div>
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

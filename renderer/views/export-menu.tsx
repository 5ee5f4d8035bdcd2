/** The stage as a file: through the host's dialog, or as a download. */
import { useState } from 'react';
import type { ReactElement, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { Check } from '../components/icons.tsx';
import { FORMATS } from '../export/formats.ts';
import type { ExportFormat } from '../export/formats.ts';
import { heatmap } from '../figures/heatmap.ts';
import { textTable } from '../figures/text-table.ts';
import { tokenVectors } from '../figures/token-vectors.ts';
import { EXAMPLE_TEXT } from '../state/worked-example.ts';
import { exportFigure, fileName } from '../view-models/export-figure.ts';
import type { StageFigureInput } from '../view-models/export-figure.ts';
import { hasWalk } from '../view-models/walk-names.ts';
import { useApp, useServices, useStageFrame, useTheme, useWords } from './context.tsx';
import { provenanceOf } from './provenance.ts';
import { useShownKey } from './use-cell.ts';
import { useMenu } from './use-menu.ts';
import { usePrediction } from './use-prediction.ts';

/** How long the outcome stays on screen, in milliseconds. */
const NOTICE_MS = 5000;

export function ExportMenu({ buttonRef }: { buttonRef: RefObject<HTMLButtonElement | null> }): ReactElement {
  const { t } = useTranslation();
  const [light, setLight] = useState(false);
  const theme = useTheme();
  const { frame } = useStageFrame();
  const [notice, setNotice] = useState('');
  const save = useSave();
  const run = async (format: ExportFormat): Promise<void> => {
    setNotice(await save(format, light));
    setTimeout(() => setNotice(''), NOTICE_MS);
  };
  useExportCommands((format) => void run(format));
  return (
    <>
      <MenuTrigger>
        <Button ref={buttonRef} className="button primary" data-testid="export" isDisabled={frame === null}>
          {t('export.button')}
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={t('export.button')}>
            <MenuSection>
              <ExportHeader />
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

/** Says which figure is exported, where it is not the one on screen. */
function ExportHeader(): ReactElement {
  const { t } = useTranslation();
  const walks = useApp((state) => state.selection.mode === 'one' && hasWalk(state.selection));
  return (
    <Header className="menu-header">
      {t('export.menu')}
      {walks && <span className="menu-note"> {t('walk.exportNote')}</span>}
    </Header>
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

/** Saves the stage; answers with a sentence about the outcome, or an empty one when the user backed out. */
function useSave(): (format: ExportFormat, light: boolean) => Promise<string> {
  const { t } = useTranslation();
  const words = useWords();
  const theme = useTheme();
  const { session } = useServices();
  const { frame } = useStageFrame();
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const text = useApp((state) => (state.covered === null ? state.text : EXAMPLE_TEXT));
  const pair = useApp((state) => (state.covered === null ? state.pair : ''));
  const version = useApp((state) => state.host?.version ?? '');
  const state = usePrediction();
  return async (format, light) => {
    if (frame === null) return t('export.nothing');
    const prediction = state.status === 'ready' ? state.prediction : null;
    const name = fileName(frame, format.extension);
    try {
      const figure = exportFigure({ frame, prediction, cell: { query, key }, theme: light ? 'light' : theme, words });
      const bytes = await format.encode(draw(figure), { provenance: provenanceOf(frame, text, pair, version) });
      const saved = await session.saveFile(name, format.mimeType, bytes.buffer);
      if (saved === 'unsupported') download(name, format.mimeType, bytes);
      return saved === 'declined' ? '' : t('export.saved', { name });
    } catch (error) {
      return t('export.failed', { reason: error instanceof Error ? error.message : String(error) });
    }
  };
}

function draw(figure: StageFigureInput): SVGSVGElement {
  switch (figure.kind) {
    case 'heatmap':
      return heatmap(figure.input, { document, cells: 'draw' });
    case 'vectors':
      return tokenVectors(figure.input, { document, cells: 'draw' });
    case 'table':
      return textTable(figure.input, { document });
  }
}

function download(name: string, mimeType: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after this task; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The figure sheet: size, type, colours, title, caption and panels of a figure for a report, with a live preview. */
import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { BUNDLE, bundle } from '../export/bundle.ts';
import { FORMATS } from '../export/formats.ts';
import type { ExportFormat } from '../export/formats.ts';
import type { Provenance } from '../export/provenance.ts';
import { LEAST_DIFFERENCE } from '../figures/grey-check.ts';
import { useServices } from './context.tsx';
import { saveBytes } from './save-bytes.ts';
import { SheetPanels } from './sheet-panels.tsx';
import { SheetSettingsForm } from './sheet-settings.tsx';
import { useMadeSheet } from './use-sheet.ts';
import type { MadeSheet, SheetState } from './use-sheet.ts';
import { useProvenance } from './use-provenance.ts';

interface SheetDialogProps {
  readonly state: SheetState;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function SheetDialog({ state, isOpen, onClose }: SheetDialogProps): ReactElement {
  const { t } = useTranslation();
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="modal sheet-modal">
        <Dialog className="dialog sheet" data-testid="sheet" aria-label={t('sheet.title')}>
          <div className="sheet-head">
            <Heading slot="title">{t('sheet.title')}</Heading>
            <Button className="button" slot="close">
              {t('help.close')}
            </Button>
          </div>
          <SheetBody state={state} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function SheetBody({ state }: { state: SheetState }): ReactElement {
  const { t } = useTranslation();
  const [isGrey, setGrey] = useState(false);
  const made = useMadeSheet(state);
  return (
    <div className="sheet-room">
      <div className="sheet-side">
        <SheetSettingsForm settings={state.settings} onChange={state.set} />
        <SheetPanels state={state} />
      </div>
      <div className="sheet-main">
        {made === null ? <p className="stage-note">{t('export.nothing')}</p> : <Preview made={made} isGrey={isGrey} />}
        {made !== null && <Measured made={made} />}
        <label className="sheet-check">
          <input type="checkbox" checked={isGrey} onChange={() => setGrey(!isGrey)} data-testid="sheet-grey" />
          {t('sheet.grey')}
        </label>
        {made !== null && <Save made={made} state={state} />}
      </div>
    </div>
  );
}

function Preview({ made, isGrey }: { made: MadeSheet; isGrey: boolean }): ReactElement {
  const { t } = useTranslation();
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    room.current?.replaceChildren(made.svg.cloneNode(true));
  }, [made]);
  return (
    <div
      className={isGrey ? 'sheet-preview grey' : 'sheet-preview'}
      tabIndex={0}
      role="region"
      aria-label={t('sheet.preview')}
    >
      <div ref={room} data-testid="sheet-preview" />
    </div>
  );
}

const MM = 25.4 / 96;

/** Size, smallest type, and what is left of the colours in print. */
function Measured({ made: { svg, leastType, grey } }: { made: MadeSheet }): ReactElement {
  const { t } = useTranslation();
  const mm = (side: string): string => (Number(svg.getAttribute(side)) * MM).toFixed(0);
  const { lines } = grey;
  return (
    <p className="note" data-testid="sheet-measured">
      {t('sheet.measured', { width: mm('width'), height: mm('height'), type: (leastType ?? 0).toFixed(1) })}{' '}
      {t(`sheet.check.${grey.scale}`)}
      {lines !== null &&
        ` ${t('sheet.check.lines', { difference: lines.toFixed(0) })}, ${t(`sheet.check.${lines >= LEAST_DIFFERENCE ? 'enough' : 'close'}`)}`}
    </p>
  );
}

function Save({ made, state: { settings } }: { made: MadeSheet; state: SheetState }): ReactElement {
  const { t } = useTranslation();
  const { session } = useServices();
  const provenanceOf = useProvenance();
  const [said, setSaid] = useState('');
  const provenance = async (): Promise<Provenance> => {
    const panels = [];
    for (const { frame, as } of made.panels) panels.push(await provenanceOf(frame, { ...as, theme: settings.theme }));
    const [first] = panels;
    if (first === undefined) throw new RangeError('invalid sheet: no panels');
    return { ...first, figure: 'sheet', options: { ...settings }, panels };
  };
  const save = async (format: ExportFormat | typeof BUNDLE): Promise<void> => {
    const name = `headlight-sheet.${format.extension}`;
    try {
      const options = { provenance: await provenance(), pixelRatio: settings.ratio, transparent: settings.transparent };
      const bytes =
        'encode' in format ? await format.encode(made.svg, options) : await bundle(FORMATS, made.svg, null, options);
      const saved = await saveBytes(session, name, format.mimeType, bytes);
      setSaid(saved === 'declined' ? '' : t('export.saved', { name }));
    } catch (error) {
      setSaid(t('export.failed', { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <div className="dialog-actions">
      <span className="sheet-said" role="status" data-testid="sheet-said">
        {said}
      </span>
      {[...FORMATS, BUNDLE].map((format) => (
        <Button
          key={format.id}
          className={format.id === 'pdf' ? 'button primary' : 'button'}
          aria-label={t('sheet.save', { format: format.label })}
          onPress={() => void save(format)}
          data-testid={`sheet-${format.id}`}
        >
          {format.label}
        </Button>
      ))}
    </div>
  );
}

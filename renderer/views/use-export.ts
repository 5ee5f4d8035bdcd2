/** Saves or copies what the stage shows: its figure, its numbers, or all of it. */
import { useTranslation } from 'react-i18next';
import { BUNDLE, bundle } from '../export/bundle.ts';
import { tsvText } from '../export/csv.ts';
import type { DataFormat, ExportFormat } from '../export/format.ts';
import { FORMATS } from '../export/formats.ts';
import { svgDocument } from '../export/svg.ts';
import type { Provenance } from '../export/provenance.ts';
import type { ShownTheme } from '../state/settings.ts';
import { fileName } from '../view-models/export-figure.ts';
import { useServices, useTheme } from './context.tsx';
import { copyPicture, copyText } from './clipboard.ts';
import { saveBytes } from './save-bytes.ts';
import { useProvenance } from './use-provenance.ts';
import { useShown } from './use-shown.ts';
import type { Shown } from './use-shown.ts';

/** What can be made of the stage. */
export type ExportTask =
  | { readonly kind: 'figure'; readonly format: ExportFormat }
  | { readonly kind: 'data'; readonly format: DataFormat }
  | { readonly kind: 'bundle' }
  | { readonly kind: 'copy'; readonly what: 'picture' | 'svg' | 'data' };

/** Answers with a sentence about the outcome, or an empty one when the user backed out. @param light light colours, for print */
export function useExport(): (task: ExportTask, light: boolean) => Promise<string> {
  const { t } = useTranslation();
  const { session } = useServices();
  const shownTheme = useTheme();
  const shown = useShown();
  const provenanceOf = useProvenance();
  const copy = async (what: 'picture' | 'svg' | 'data', from: Shown, theme: ShownTheme): Promise<string> => {
    if (what === 'data') {
      const data = from.data();
      if (data === null) return t('export.noData');
      await copyText(tsvText(data.rows()));
    } else {
      const provenance = provenanceOf(from.frame, { ...from.as, theme });
      const figure = from.draw({ theme });
      if (what === 'svg') await copyText(svgDocument(figure, await provenance));
      else await copyPicture(pictureOf(figure, provenance));
    }
    return t(`export.copied.${what}`);
  };
  return async (task, light) => {
    if (shown === 'nothing' || shown === null) return t('export.nothing');
    const theme = light ? 'light' : shownTheme;
    try {
      if (task.kind === 'copy') return await copy(task.what, shown, theme);
      const format = task.kind === 'bundle' ? BUNDLE : task.format;
      const provenance = await provenanceOf(shown.frame, { ...shown.as, theme });
      const bytes = await bytesOf(task, shown, theme, provenance);
      if (bytes === null) return t('export.noData');
      const name = fileName(shown.frame, format.extension, shown.as.query);
      const saved = await saveBytes(session, name, format.mimeType, bytes);
      return saved === 'declined' ? '' : t('export.saved', { name });
    } catch (error) {
      return t('export.failed', { reason: error instanceof Error ? error.message : String(error) });
    }
  };
}

type Saving = Exclude<ExportTask, { readonly kind: 'copy' }>;

/** null where numbers are asked for and there are none. */
async function bytesOf(
  task: Saving,
  shown: Shown,
  theme: ShownTheme,
  provenance: Provenance,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (task.kind === 'figure') return task.format.encode(shown.draw({ theme }), { provenance });
  if (task.kind === 'bundle') return bundle(FORMATS, shown.draw({ theme }), shown.data(), { provenance });
  const data = shown.data();
  return data === null ? null : task.format.encode(data, provenance);
}

async function pictureOf(figure: SVGSVGElement, provenance: Promise<Provenance>): Promise<Blob> {
  const format = FORMATS.find(({ id }) => id === 'png');
  if (format === undefined) throw new Error('invalid formats: no PNG');
  return new Blob([await format.encode(figure, { provenance: await provenance })], { type: format.mimeType });
}

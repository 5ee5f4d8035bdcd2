/** Saves the numbers of a view as CSV, JSON or NPZ; its figure is in the export menu. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { DATA_FORMATS } from '../export/data-formats.ts';
import type { DataFormat } from '../export/format.ts';
import { tableData } from '../figures/figure-data.ts';
import type { DataRow } from '../view-models/data-file.ts';
import { fileName } from '../view-models/export-figure.ts';
import { useSession } from './context.tsx';
import { saveBytes } from './save-bytes.ts';
import { useProvenance } from './use-provenance.ts';

interface DataButtonsProps {
  readonly frame: Frame;
  /** Made when it is asked for. */
  readonly rows: () => readonly DataRow[];
  /** What stands beside the rows in JSON: sums, and how the view was set. */
  readonly facts: () => Readonly<Record<string, unknown>>;
  readonly testId: string;
}

export function DataButtons({ frame, rows, facts, testId }: DataButtonsProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const provenanceOf = useProvenance();
  const [said, setSaid] = useState('');
  const save = async (format: DataFormat): Promise<void> => {
    const name = fileName(frame, format.extension);
    try {
      const bytes = await format.encode(tableData(rows, facts()), await provenanceOf(frame, { query: null }));
      const saved = await saveBytes(session, name, format.mimeType, bytes);
      setSaid(saved === 'declined' ? '' : t('export.saved', { name }));
    } catch (error) {
      setSaid(t('export.failed', { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <span className="data-buttons">
      {DATA_FORMATS.map((format) => (
        <button
          key={format.id}
          type="button"
          className="tool-button"
          title={t('logitLens.saveHelp', { format: format.label })}
          onClick={() => void save(format)}
          data-testid={`${testId}-${format.id}`}
        >
          {format.label}
        </button>
      ))}
      <span className="hidden" role="status">
        {said}
      </span>
    </span>
  );
}

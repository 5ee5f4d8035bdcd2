/** Saves the numbers of a view as CSV or JSON; its figure is in the export menu. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { csvText } from '../view-models/data-file.ts';
import type { DataRow } from '../view-models/data-file.ts';
import { fileName } from '../view-models/export-figure.ts';
import { useApp, useSession } from './context.tsx';
import { provenanceOf } from './provenance.ts';

interface DataButtonsProps {
  readonly frame: Frame;
  /** Made when it is asked for. */
  readonly rows: () => readonly DataRow[];
  /** What stands beside the rows in JSON: sums, and how the view was set. */
  readonly facts: () => Readonly<Record<string, unknown>>;
  readonly testId: string;
}

const TYPES = { csv: 'text/csv', json: 'application/json' } as const;

export function DataButtons({ frame, rows, facts, testId }: DataButtonsProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const version = useApp((state) => state.host?.version ?? '');
  const [said, setSaid] = useState('');
  const save = async (extension: keyof typeof TYPES): Promise<void> => {
    const name = fileName(frame, extension);
    const text =
      extension === 'csv'
        ? csvText(rows())
        : `${JSON.stringify({ provenance: provenanceOf(frame, version), ...facts(), rows: rows() }, null, 2)}\n`;
    try {
      const bytes = new TextEncoder().encode(text);
      const saved = await session.saveFile(name, TYPES[extension], bytes.buffer);
      if (saved === 'unsupported') download(name, TYPES[extension], text);
      setSaid(saved === 'declined' ? '' : t('export.saved', { name }));
    } catch (error) {
      setSaid(t('export.failed', { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <span className="data-buttons">
      {(['csv', 'json'] as const).map((extension) => (
        <button
          key={extension}
          type="button"
          className="tool-button"
          title={t('logitLens.saveHelp', { format: extension.toUpperCase() })}
          onClick={() => void save(extension)}
          data-testid={`${testId}-${extension}`}
        >
          {extension.toUpperCase()}
        </button>
      ))}
      <span className="hidden" role="status">
        {said}
      </span>
    </span>
  );
}

function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after this task; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

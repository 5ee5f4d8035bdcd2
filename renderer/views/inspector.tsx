/** The numbers: of one cell, and of the prediction. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from './context.tsx';
import { CellPanel } from './cell-panel.tsx';
import { PredictionPanel } from './prediction-panel.tsx';

export function Inspector(): ReactElement {
  const { t } = useTranslation();
  const hasRun = useApp((state) => state.run.result !== null && state.run.status !== 'failed');
  return (
    <aside className="inspector" aria-label={t('inspector.label')} data-testid="inspector">
      {hasRun ? (
        <>
          <CellPanel />
          <PredictionPanel />
        </>
      ) : (
        <>
          <div className="panel-heading">
            <h2>{t('inspector.label')}</h2>
          </div>
          <p className="note">{t('inspector.none')}</p>
        </>
      )}
    </aside>
  );
}

/** The numbers of one cell and of the prediction; or what if: the changes to the computation, and what they do. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useApp, useSession } from './context.tsx';
import { CellPanel } from './cell-panel.tsx';
import { PredictionPanel } from './prediction-panel.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';

export function Inspector(): ReactElement {
  const { t } = useTranslation();
  const { changes } = useSession();
  const isOpen = useApp((state) => state.whatIf.isOpen);
  const count = useApp((state) => state.whatIf.list.changes.length);
  return (
    <aside className="inspector" aria-label={t('inspector.label')} data-testid="inspector">
      <Tabs
        className="inspector-tabs"
        selectedKey={isOpen ? 'what-if' : 'numbers'}
        onSelectionChange={(chosen) => changes.set({ isOpen: chosen === 'what-if' })}
      >
        <TabList className="tab-list" aria-label={t('whatIf.tabs')} data-own-keys>
          <Tab className="tab" id="numbers" data-testid="tab-numbers">
            {t('whatIf.numbers')}
          </Tab>
          <Tab className="tab" id="what-if" data-testid="tab-what-if">
            {t('whatIf.tab', { changes: count })}
          </Tab>
        </TabList>
        <TabPanel className="tab-panel numbers" id="numbers">
          <Numbers />
        </TabPanel>
        <TabPanel className="tab-panel" id="what-if">
          <WhatIfPanel />
        </TabPanel>
      </Tabs>
    </aside>
  );
}

function Numbers(): ReactElement {
  const { t } = useTranslation();
  const hasRun = useApp((state) => state.run.result !== null && state.run.status !== 'failed');
  if (hasRun)
    return (
      <>
        <CellPanel />
        <PredictionPanel />
      </>
    );
  return (
    <>
      <div className="panel-heading">
        <h2>{t('inspector.label')}</h2>
      </div>
      <p className="note">{t('inspector.none')}</p>
    </>
  );
}

/** What if: change a step of the computation, the list of what is changed, and what it does to the model. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useSession } from './context.tsx';
import { WhatIfActions } from './what-if-actions.tsx';
import { WhatIfConsequence } from './what-if-consequence.tsx';
import { WhatIfList } from './what-if-list.tsx';
import { WhatIfStatus } from './what-if-status.tsx';

export function WhatIfPanel(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const isExample = useApp((state) => state.covered !== null);
  const hasRun = useApp((state) => state.run.result !== null && state.run.status !== 'failed');
  const isEmpty = useApp((state) => state.whatIf.list.changes.length === 0);
  const hasPast = useApp(({ whatIf: { list } }) => list.past.length + list.future.length > 0);
  if (isExample)
    return (
      <div className="what-if" data-testid="what-if">
        <p className="note" data-testid="what-if-covered">
          {t('whatIf.covered')}
        </p>
        <button type="button" className="tool-button" onClick={() => session.leaveExample()}>
          {t('whatIf.leave')}
        </button>
      </div>
    );
  return (
    <div className="what-if" data-testid="what-if">
      {isEmpty ? (
        <p className="what-if-status note" data-testid="what-if-intro">
          {t(hasRun ? 'whatIf.intro' : 'whatIf.noRun')}
        </p>
      ) : (
        <WhatIfStatus />
      )}
      {hasRun && <WhatIfActions />}
      {(!isEmpty || hasPast) && <WhatIfList />}
      {hasRun && <WhatIfConsequence />}
    </div>
  );
}

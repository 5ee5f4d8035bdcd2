/** How many heads are chosen beside the selected one, and the way out. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_HEADS } from '../state/selection.ts';
import { useApp, useSession } from './context.tsx';

export function AtlasChosen(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const count = useApp((state) => state.selection.others.length);
  const isFull = count >= MOST_HEADS - 1;
  return (
    <div className="atlas-chosen" role="status" data-testid="atlas-chosen">
      {count > 0 && (
        <>
          <span>
            {t('atlasView.chosen', { count })}
            {isFull && `; ${t('atlasView.most', { most: MOST_HEADS })}`}
          </span>
          <button
            type="button"
            className="link-button"
            title={t('atlasView.clearHelp')}
            onClick={() => session.select({ others: [] })}
            data-testid="atlas-clear"
          >
            {t('atlasView.clear')}
          </button>
        </>
      )}
    </div>
  );
}

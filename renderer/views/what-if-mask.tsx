/** Hiding the selected key from the selected query, or letting it be seen; and the way to do so by clicking. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Site } from '../state/what-if-site.ts';
import { toggleMask } from '../state/what-if.ts';
import { isVisible } from '../view-models/what-if-edit.ts';
import { tokenName } from '../view-models/what-if-words.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { useShownKey } from './use-cell.ts';

export function MaskActions({ site, causal }: { site: Site; causal: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="what-if-group" role="group" aria-label={t('whatIf.mask')}>
      <span className="what-if-label" aria-hidden="true">
        {t('whatIf.mask')}
      </span>
      <div className="what-if-buttons">
        <CellButton site={site} causal={causal} />
        <ClickButton />
      </div>
    </div>
  );
}

function CellButton({ site, causal }: { site: Site; causal: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const { changes } = useSession();
  const list = useApp((state) => state.whatIf.list.changes);
  const tokens = useApp((state) => state.run.result?.tokens) ?? [];
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  if (key === null) return null;
  const visible = isVisible(list, site, causal, { query, key });
  const asTrained = isVisible([], site, causal, { query, key });
  const edit = { kind: 'mask', site, query, key, visible: !visible } as const;
  const names = { query: tokenName({ tokens }, query, words), key: tokenName({ tokens }, key, words) };
  return (
    <button
      type="button"
      className="tool-button wraps"
      onClick={() => changes.edit((now) => toggleMask(now, edit, asTrained))}
      data-testid="what-if-mask-cell"
    >
      {t(visible ? 'whatIf.hide' : 'whatIf.show', names)}
    </button>
  );
}

function ClickButton(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const edits = useApp((state) => state.whatIf.editsMask);
  return (
    <button
      type="button"
      className="tool-button"
      aria-pressed={edits}
      title={t('whatIf.clickMaskHelp')}
      onClick={() => {
        session.changes.set({ editsMask: !edits });
        if (!edits) session.select({ station: 'masked', mode: 'all' });
      }}
      data-testid="what-if-mask-clicks"
    >
      {t('whatIf.clickMask')}
    </button>
  );
}

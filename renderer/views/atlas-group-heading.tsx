/** The name of a group of heads; a click on it chooses them all. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_HEADS } from '../state/selection.ts';
import { chooseAll, groupTitle } from '../view-models/atlas-groups.ts';
import type { GroupName } from '../view-models/atlas-groups.ts';
import { useServices, useWords } from './context.tsx';

interface HeadingProps {
  readonly name: GroupName;
  /** Flat indices (layer · heads + head). */
  readonly group: readonly number[];
  /** How many heads a layer has. */
  readonly heads: number;
}

export function AtlasGroupHeading({ name, group, heads }: HeadingProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { session, store } = useServices();
  const title = groupTitle(name, words);
  const count = group.length;
  const help =
    count > MOST_HEADS
      ? t('atlasView.chooseSome', { most: MOST_HEADS, count, name: title })
      : t('atlasView.chooseGroup', { name: title });
  return (
    <div role="row" className="ranked-heading">
      <div role="rowheader">
        <button
          type="button"
          className="text-button"
          title={help}
          aria-label={help}
          onClick={() => session.select(chooseAll(store.getState().selection, group, heads))}
          data-testid="atlas-group"
        >
          {title}
        </button>
        <span className="quiet"> {t('atlasView.groupCount', { count })}</span>
      </div>
    </div>
  );
}

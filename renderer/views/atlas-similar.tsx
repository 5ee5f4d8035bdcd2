/** The heads that look most like one in this sentence. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import type { HeadPlace } from '../state/selection.ts';
import { chooseAll } from '../view-models/atlas-groups.ts';
import { headRows, nearestHeads } from '../view-models/atlas-similar.ts';
import { formatNumber, shownIndex } from '../view-models/format.ts';
import { useSession } from './context.tsx';
import { choosesSeveral } from './use-head-pointer.ts';

/** So many heads are named. */
const NEAREST = 5;

/** @param place the head that the others are compared with */
export function SimilarHeads({ summary, place }: { summary: SiteSummary; place: HeadPlace }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const { heads } = summary;
  const index = place.layer * heads + place.head;
  const nearest = useMemo(() => nearestHeads(headRows(summary), index, NEAREST), [summary, index]);
  if (nearest.length === 0) return null;
  const all = [index, ...nearest.map((each) => each.index)];
  return (
    <div className="similar-heads" data-testid="similar-heads">
      <h3 title={t('atlasView.similarHelp')}>{t('atlasView.similar')}</h3>
      <ul>
        {nearest.map((each) => (
          <li key={each.index}>
            <Similar
              place={{ layer: Math.floor(each.index / heads), head: each.index % heads }}
              distance={each.distance}
              onChoose={(to, several) => (several ? session.toggleHead(to) : session.select(to))}
            />
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="link-button"
        title={t('atlasView.chooseAllHelp')}
        onClick={() => session.select(chooseAll({ ...place }, all, heads))}
        data-testid="choose-similar"
      >
        {t('atlasView.chooseAll')}
      </button>
    </div>
  );
}

interface SimilarProps {
  readonly place: HeadPlace;
  readonly distance: number;
  readonly onChoose: (place: HeadPlace, several: boolean) => void;
}

function Similar({ place, distance, onChoose }: SimilarProps): ReactElement {
  const { t } = useTranslation();
  const values = { layer: shownIndex(place.layer), head: shownIndex(place.head) };
  const name = t('atlasView.similarHead', { cell: t('atlas.cell', values), distance: formatNumber(distance, 2) });
  return (
    <button
      type="button"
      className="text-button mono"
      title={name}
      aria-label={name}
      onClick={(event) => onChoose(place, choosesSeveral(event))}
      data-testid={`similar-${place.layer}-${place.head}`}
    >
      {values.layer}.{values.head}
    </button>
  );
}

/** All heads: the pictures or one value of each, in the order chosen; what their colours mean; and the numbers of one head. */
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import { shownRun } from '../state/changed-run.ts';
import { summaryOf } from '../state/selection.ts';
import { rankHeads } from '../view-models/atlas-rank.ts';
import type { AtlasOrder } from '../view-models/atlas-rank.ts';
import { headReading } from '../view-models/head-quantity.ts';
import type { AtlasColour, HeadNumbers, HeadReading } from '../view-models/head-quantity.ts';
import { ColourSelect, OrderSelect } from './atlas-controls.tsx';
import { AtlasGrid } from './atlas-grid.tsx';
import type { HeadPlace } from './atlas-grid.tsx';
import { AtlasLegend } from './atlas-legend.tsx';
import { useAtlasNumbers } from './atlas-numbers.ts';
import { valuePicture, weightPictures } from './atlas-picture.ts';
import type { AtlasPicture, ValuePicture } from './atlas-picture.ts';
import { AtlasRanked } from './atlas-ranked.tsx';
import { useApp, useTheme, useWords } from './context.tsx';
import { HeadPanel } from './head-panel.tsx';

export function Atlas(): ReactElement {
  const { t } = useTranslation();
  const summary = useApp((state) =>
    state.run.status === 'failed' ? null : summaryOf(shownRun(state).result?.summaries ?? [], state.selection),
  );
  const isChanged = useApp((state) => shownRun(state) !== state.run);
  const [colour, setColour] = useState<AtlasColour>('pictures');
  const [order, setOrder] = useState<AtlasOrder>('position');
  return (
    <section className="atlas" aria-label={t('atlas.label')} data-testid="atlas">
      <div className="panel-heading">
        <div className="atlas-title">
          <h2>{t('atlas.label')}</h2>
          {isChanged && (
            <span className="atlas-run" title={t('atlas.changedRunHelp')} data-testid="atlas-run">
              {t('atlas.changedRun')}
            </span>
          )}
        </div>
        <div className="atlas-controls">
          <ColourSelect value={colour} onChange={setColour} />
          <OrderSelect value={order} canRank={colour !== 'pictures'} onChange={setOrder} />
        </div>
      </div>
      {summary === null ? (
        <div className="atlas-empty" aria-hidden="true" />
      ) : (
        <Heads summary={summary} colour={colour} order={order} />
      )}
    </section>
  );
}

interface HeadsProps {
  readonly summary: SiteSummary;
  readonly colour: AtlasColour;
  readonly order: AtlasOrder;
}

function Heads({ summary, colour, order }: HeadsProps): ReactElement {
  const words = useWords();
  const [pointed, setPointed] = useState<HeadPlace | null>(null);
  const asked = useAtlasNumbers(colour);
  const { numbers, isStale } = asked;
  const shown = useShown(summary, colour, numbers);
  const { reading } = shown;
  const ranking = useMemo(
    () =>
      order === 'position' || reading === null || reading.range === null ? null : rankHeads(reading.values, order),
    [reading, order],
  );
  const isRanked = ranking !== null && shown.reading !== null;
  const caption = `${words('atlas.place')} · ${words(`atlas.orders.${order}`)}`;
  return (
    <>
      <div className={`atlas-body${isRanked ? ' ranked' : ''}${isStale ? ' stale' : ''}`} aria-busy={isStale}>
        {isRanked ? (
          <AtlasRanked {...shown} ranking={ranking} heads={summary.heads} caption={caption} onPoint={setPointed} />
        ) : (
          <AtlasGrid {...shown} summary={summary} onPoint={setPointed} />
        )}
        <AtlasLegend picture={shown.picture} reading={reading} asked={asked} />
      </div>
      <HeadPanel summary={summary} pointed={pointed} colour={colour} numbers={numbers} isStale={isStale} />
    </>
  );
}

type Shown =
  | { readonly reading: null; readonly picture: AtlasPicture }
  | { readonly reading: HeadReading; readonly picture: ValuePicture };

/** The heads' values, if they are coloured by one, and the picture of them all. */
function useShown(summary: SiteSummary, colour: AtlasColour, numbers: HeadNumbers): Shown {
  const theme = useTheme();
  return useMemo(() => {
    if (colour === 'pictures') return { reading: null, picture: weightPictures(summary, theme) };
    const reading = headReading(colour, summary, numbers);
    return { reading, picture: valuePicture(reading, summary.heads, theme) };
  }, [summary, colour, numbers, theme]);
}

/** All heads: the pictures or one value of each, in the order chosen; what their colours mean; and the numbers of one head. */
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import { shownRun } from '../state/changed-run.ts';
import { summaryOf } from '../state/selection.ts';
import type { HeadPlace } from '../state/selection.ts';
import { AtlasChosen } from './atlas-chosen.tsx';
import { ColourSelect, OrderSelect, RangeSwitch } from './atlas-controls.tsx';
import { AtlasFlow } from './atlas-flow.tsx';
import { AtlasGrid } from './atlas-grid.tsx';
import { AtlasLegend } from './atlas-legend.tsx';
import { valuePicture, weightPictures } from './atlas-picture.ts';
import type { AtlasPicture } from './atlas-picture.ts';
import { useAtlasShown } from './atlas-shown.ts';
import type { AtlasShown } from './atlas-shown.ts';
import { useApp, useTheme, useWords } from './context.tsx';
import { HeadPanel } from './head-panel.tsx';

export function Atlas(): ReactElement {
  const { t } = useTranslation();
  const summary = useApp((state) =>
    state.run.status === 'failed' ? null : summaryOf(shownRun(state).result?.summaries ?? [], state.selection),
  );
  const isChanged = useApp((state) => shownRun(state) !== state.run);
  const hasPictures = useApp((state) => state.atlas.colour === 'pictures');
  return (
    <section className="atlas" aria-label={t('atlas.label')} data-testid="atlas">
      <div className="panel-heading">
        <div className="atlas-title">
          <div className="atlas-name">
            <h2>{t('atlas.label')}</h2>
            {isChanged && (
              <span className="atlas-run" title={t('atlas.changedRunHelp')} data-testid="atlas-run">
                {t('atlas.changedRun')}
              </span>
            )}
          </div>
          {hasPictures && <RangeSwitch />}
        </div>
        <div className="atlas-controls">
          <ColourSelect />
          <OrderSelect />
        </div>
      </div>
      {summary === null ? <div className="atlas-empty" aria-hidden="true" /> : <Heads summary={summary} />}
    </section>
  );
}

function Heads({ summary }: { summary: SiteSummary }): ReactElement {
  const words = useWords();
  const [pointed, setPointed] = useState<HeadPlace | null>(null);
  const shown = useAtlasShown(summary);
  const { asked, colour, order, reading, arrangement } = shown;
  const { numbers, isStale } = asked;
  const picture = useAtlasPicture(summary, shown);
  const isFlow = arrangement.kind === 'flow';
  const place = words('atlas.place');
  const sorted = words(`atlas.orders.${order}`);
  return (
    <>
      <div className={`atlas-body${isFlow ? ' ranked' : ''}${isStale ? ' stale' : ''}`} aria-busy={isStale}>
        {isFlow ? (
          <AtlasFlow
            picture={picture}
            reading={reading}
            sections={arrangement.sections}
            heads={summary.heads}
            caption={`${place} · ${sorted}`}
            onPoint={setPointed}
          />
        ) : (
          <AtlasGrid reading={reading} picture={picture} summary={summary} onPoint={setPointed} />
        )}
        <AtlasLegend picture={picture} reading={reading} asked={asked} order={order} summary={summary} />
      </div>
      <AtlasChosen />
      <HeadPanel summary={summary} pointed={pointed} colour={colour} numbers={numbers} isStale={isStale} />
    </>
  );
}

/** The heads' own weights, or one value of each. */
function useAtlasPicture(summary: SiteSummary, { reading }: AtlasShown): AtlasPicture {
  const theme = useTheme();
  const range = useApp((state) => state.lens.range);
  return useMemo(
    () => (reading === null ? weightPictures(summary, theme, range) : valuePicture(reading, summary.heads, theme)),
    [summary, reading, theme, range],
  );
}

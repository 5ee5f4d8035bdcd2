/** The statistics of the selected head, or of the head under the pointer. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import { exactNumber, formatNumber, shownIndex } from '../view-models/format.ts';
import { SHARES, STATISTIC_ORDER, statisticOf } from '../view-models/heads.ts';
import type { Statistic } from '../view-models/heads.ts';
import { useApp, useWords } from './context.tsx';

interface HeadPanelProps {
  readonly summary: SiteSummary;
  readonly pointed: { readonly layer: number; readonly head: number } | null;
}

export function HeadPanel({ summary, pointed }: HeadPanelProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const selectedLayer = useApp((state) => state.selection.layer);
  const selectedHead = useApp((state) => state.selection.head);
  const tokens = useApp((state) => state.run.result?.tokens.length ?? 1);
  const layer = pointed?.layer ?? selectedLayer;
  const head = pointed?.head ?? selectedHead;
  const maximum = formatNumber(Math.log(tokens), 3);
  const unit = (statistic: Statistic): string =>
    statistic === 'entropy' ? t('statistic.nats') : statistic === 'distance' ? t('statistic.tokens') : '';
  return (
    <div className="head-panel" data-testid="head-panel">
      <div className="panel-heading">
        <h2>{t(pointed === null ? 'atlas.thisHead' : 'atlas.previewHead')}</h2>
        <span className="quiet mono">{t('atlas.cell', { layer: shownIndex(layer), head: shownIndex(head) })}</span>
      </div>
      <dl className="card facts">
        {STATISTIC_ORDER.map((statistic) => {
          const value = statisticOf(summary, layer, head, statistic);
          return (
            <div key={statistic} title={words(`statistic.help.${statistic}`, { maximum })}>
              <dt>{t(`statistic.${statistic}`)}</dt>
              <dd title={exactNumber(value)} data-testid={`statistic-${statistic}`}>
                {SHARES.includes(statistic) && (
                  <span className="share" aria-hidden="true">
                    <span style={{ width: `${100 * value}%` }} />
                  </span>
                )}
                <span className="value">{formatNumber(value, 3)}</span>
                {unit(statistic) !== '' && <span className="unit">{unit(statistic)}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

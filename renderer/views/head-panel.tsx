/** The numbers of the selected head, or of the head under the pointer: its statistics, or what colours the atlas. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import type { HeadPlace } from '../state/selection.ts';
import { exactDouble, exactNumber, formatNumber, shownIndex } from '../view-models/format.ts';
import {
  helpKey,
  isDouble,
  isShare,
  isSigned,
  panelQuantities,
  quantityOf,
  unitKey,
} from '../view-models/head-quantity.ts';
import type { AtlasColour, HeadNumbers, Quantity } from '../view-models/head-quantity.ts';
import { SimilarHeads } from './atlas-similar.tsx';
import { useApp, useWords } from './context.tsx';

interface HeadPanelProps {
  readonly summary: SiteSummary;
  readonly pointed: HeadPlace | null;
  readonly colour: AtlasColour;
  readonly numbers: HeadNumbers;
  /** True while the numbers are those of an earlier text, prediction or change. */
  readonly isStale: boolean;
}

export function HeadPanel({ summary, pointed, colour, numbers, isStale }: HeadPanelProps): ReactElement {
  const { t } = useTranslation();
  const selectedLayer = useApp((state) => state.selection.layer);
  const selectedHead = useApp((state) => state.selection.head);
  const tokens = useApp((state) => state.run.result?.tokens.length ?? 1);
  const place = pointed ?? { layer: selectedLayer, head: selectedHead };
  const { group, quantities } = panelQuantities(colour, numbers);
  return (
    <div className={isStale ? 'head-panel stale' : 'head-panel'} aria-busy={isStale} data-testid="head-panel">
      <div className="panel-heading">
        <h2>{t(pointed === null ? 'atlas.thisHead' : 'atlas.previewHead')}</h2>
        <span className="quiet mono">
          {t('atlas.cell', { layer: shownIndex(place.layer), head: shownIndex(place.head) })}
        </span>
      </div>
      <dl className="card facts" aria-label={t(`atlas.group.${group}`)}>
        {quantities.map((quantity) => (
          <Line
            key={quantity}
            quantity={quantity}
            value={quantityOf(quantity, summary, numbers, place)}
            maximum={formatNumber(Math.log(tokens), 3)}
            isColour={quantity === colour}
          />
        ))}
      </dl>
      <SimilarHeads summary={summary} place={place} />
    </div>
  );
}

interface LineProps {
  readonly quantity: Quantity;
  readonly value: number;
  /** The largest entropy there can be, as text. */
  readonly maximum: string;
  readonly isColour: boolean;
}

function Line({ quantity, value, maximum, isColour }: LineProps): ReactElement {
  const words = useWords();
  return (
    <div className={isColour ? 'strong' : ''} title={words(helpKey(quantity), { maximum })}>
      <dt>{words(quantity)}</dt>
      <dd title={isDouble(quantity) ? exactDouble(value) : exactNumber(value)} data-testid={quantity.replace('.', '-')}>
        {isShare(quantity) && (
          <span className="share" aria-hidden="true">
            <span style={{ width: `${100 * value}%` }} />
          </span>
        )}
        <span className="value">{formatNumber(value, 3)}</span>
        {!isShare(quantity) && !isSigned(quantity) && <span className="unit">{words(unitKey(quantity))}</span>}
      </dd>
    </div>
  );
}

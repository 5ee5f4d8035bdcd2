/** What the colours and shapes of the projector's points stand for. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { colouredBy } from '../state/projection-view.ts';
import type { LegendItem, PointLegend } from '../view-models/projector-colours.ts';
import { formatCount } from '../view-models/format.ts';
import { useApp, useWords } from './context.tsx';

export function ProjectorLegend({ legend }: { legend: PointLegend }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const title = words(`projector.colours.${useApp((state) => colouredBy(state.projection))}`);
  return (
    <div className="projector-legend" data-testid="projector-legend" data-kind={legend.kind}>
      <span className="quiet" aria-hidden="true">
        {t('projector.legend', { title })}
      </span>
      <ul aria-label={t('projector.legend', { title })} className={legend.kind}>
        {legend.kind === 'items'
          ? legend.items.map((item) => <Item key={`${item.colour} ${item.shape} ${item.label}`} item={item} />)
          : legend.steps.map(({ label, colour }, at) => (
              <li key={label} className="step">
                <span style={{ background: colour }} aria-hidden="true" />
                {(legend.kind === 'steps' || at === 0 || at === legend.steps.length - 1) && label}
              </li>
            ))}
      </ul>
    </div>
  );
}

function Item({ item: { label, colour, shape, count } }: { item: LegendItem }): ReactElement {
  return (
    <li>
      <svg width="10" height="10" aria-hidden="true">
        {shape === 0 && <circle cx="5" cy="5" r="4.5" fill={colour} />}
        {shape === 1 && <rect x="1" y="1" width="8" height="8" fill={colour} />}
        {shape === 2 && <path d="M5 0 10 5 5 10 0 5Z" fill={colour} />}
      </svg>
      {label} <span className="quiet">{formatCount(count)}</span>
    </li>
  );
}

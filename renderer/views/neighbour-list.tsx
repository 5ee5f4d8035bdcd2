/** The nearest rows by one measure; a row leads to its own neighbours. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Neighbours } from '../state/embeddings.ts';
import { neighbourRows } from '../view-models/neighbours.ts';
import type { Measure } from '../view-models/neighbours.ts';

interface NeighbourListProps {
  readonly near: Neighbours;
  readonly measure: Measure;
  readonly onChoose: (id: number) => void;
}

export function NeighbourList({ near, measure, onChoose }: NeighbourListProps): ReactElement {
  const { t } = useTranslation();
  const other = measure === 'cosine' ? 'dot' : 'cosine';
  const label = t(`neighbours.by.${measure}`);
  return (
    <div className="neighbours-list">
      <h3>{label}</h3>
      <div className="table-room" tabIndex={0} role="region" aria-label={label} data-own-keys>
        <table className="table" data-testid={`neighbours-${measure}`}>
          <thead>
            <tr>
              <th className="number">{t('neighbours.rank')}</th>
              <th>{t('stage.columns.piece')}</th>
              <th className="number">{t(`neighbours.${measure}`)}</th>
              <td />
              <th className="number">{t(`neighbours.${other}`)}</th>
            </tr>
          </thead>
          <tbody>
            {neighbourRows(near, measure).map(({ id, label: piece, value, exact, other: beside, share }, at) => (
              <tr key={id} data-row={id}>
                <td className="number">{at + 1}</td>
                <td className="mono">
                  <button type="button" className="link-button" onClick={() => onChoose(id)} title={`id ${id}`}>
                    {piece}
                  </button>
                </td>
                <td className="number" title={exact}>
                  {value}
                </td>
                <td className="neighbours-bar" aria-hidden="true">
                  <span style={{ width: `${100 * share}%` }} />
                </td>
                <td className="number quiet">{beside}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** The candidates of one prediction, with probabilities and logits; or values, which are neither. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidate, Scale } from '../../electron/api/index.ts';
import { pieceLabel } from '../view-models/distribution.ts';
import { exactNumber, formatNumber } from '../view-models/format.ts';

interface CandidateTableProps {
  readonly candidates: readonly Candidate[];
  readonly scale: Scale;
}

export function CandidateTable({ candidates, scale }: CandidateTableProps): ReactElement {
  const { t } = useTranslation();
  const isValue = scale === 'value';
  const most = candidates[0]?.probability ?? 1;
  return (
    <table className="table prediction" data-testid="prediction-table">
      <thead>
        <tr>
          <th>{t('stage.candidate')}</th>
          {!isValue && <td className="bar-cell" />}
          {!isValue && <th className="number">{t('stage.probability')}</th>}
          <th className="number">{t(isValue ? 'stage.value' : 'stage.logit')}</th>
          <th className="number">{t('stage.columns.id')}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((candidate) => (
          <tr key={candidate.id}>
            <td className="mono">{pieceLabel(candidate.text)}</td>
            {!isValue && (
              <td className="bar-cell" aria-hidden="true">
                <span className="bar" style={{ width: `${(100 * candidate.probability) / most}%` }} />
              </td>
            )}
            {!isValue && (
              <td className="number" title={exactNumber(candidate.probability)}>
                {formatNumber(candidate.probability, 3)}
              </td>
            )}
            <td className="number" title={exactNumber(candidate.logit)}>
              {formatNumber(candidate.logit)}
            </td>
            <td className="number">{candidate.id}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

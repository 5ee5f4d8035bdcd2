/** A prediction in both runs: what each candidate's probability was, is, and by how much it changed. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CandidateChange, PredictionChange, Scale } from '../../electron/api/index.ts';
import { pieceLabel } from '../view-models/distribution.ts';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import { signedProbability } from '../view-models/what-if-outcome.ts';

export function Delta({ value }: { value: number }): ReactElement {
  return (
    <span className={value > 0 ? 'delta up' : value < 0 ? 'delta down' : 'delta'} title={exactDouble(value)}>
      {signedProbability(value)}
    </span>
  );
}

/** Two bars a candidate: before, and after in the accent's colour. */
export function CandidateBars({ candidate, most }: { candidate: CandidateChange; most: number }): ReactElement {
  const width = (probability: number): string => `${(100 * probability) / most}%`;
  return (
    <span className="bar-pair" aria-hidden="true">
      <span className="bar before" style={{ width: width(candidate.before) }} />
      <span className="bar" style={{ width: width(candidate.after) }} />
    </span>
  );
}

/** The largest probability of either run. */
export function mostOf(candidates: readonly CandidateChange[]): number {
  return candidates.reduce((most, { before, after }) => Math.max(most, before, after), 0) || 1;
}

export function ChangeTable({ change, scale }: { change: PredictionChange; scale: Scale }): ReactElement {
  const { t } = useTranslation();
  const most = mostOf(change.candidates);
  const isProbability = scale !== 'value';
  return (
    <table className="table prediction" data-testid="prediction-change">
      <thead>
        <tr>
          <th>{t('stage.candidate')}</th>
          {isProbability && <td className="bar-cell" />}
          <th className="number">{t('compare.before')}</th>
          <th className="number">{t('compare.after')}</th>
          <th className="number" title={t('compare.deltaHelp')}>
            {t('compare.delta')}
          </th>
          <th className="number">{t('stage.columns.id')}</th>
        </tr>
      </thead>
      <tbody>
        {change.candidates.map((candidate) => (
          <tr key={candidate.id}>
            <td className="mono">{pieceLabel(candidate.text)}</td>
            {isProbability && (
              <td className="bar-cell">
                <CandidateBars candidate={candidate} most={most} />
              </td>
            )}
            <td className="number" title={exactDouble(candidate.before)}>
              {formatNumber(candidate.before, 3)}
            </td>
            <td className="number" title={exactDouble(candidate.after)}>
              {formatNumber(candidate.after, 3)}
            </td>
            <td className="number">
              <Delta value={candidate.delta} />
            </td>
            <td className="number">{candidate.id}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

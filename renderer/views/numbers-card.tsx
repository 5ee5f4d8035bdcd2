/** From the score to the weight, one line a step. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { exactDouble, exactNumber, formatNumber } from '../view-models/format.ts';
import type { CellNumbers } from '../view-models/inspector.ts';
import { useWords } from './context.tsx';

export function NumbersCard({ numbers, dHead }: { numbers: CellNumbers; dHead: number }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const maximum = formatNumber(numbers.rowMaximum);
  const root = formatNumber(Math.sqrt(dHead));
  return (
    <dl className="card facts" data-testid="numbers-card">
      <Line label={t('inspector.score')} value={numbers.score} testId="score" />
      <Line label={words('inspector.scaled', { dHead, root })} value={numbers.scaled} testId="scaled" />
      <div>
        <dt>{t('inspector.mask')}</dt>
        <dd data-testid="number-mask">{t(numbers.visible ? 'inspector.visible' : 'inspector.hidden')}</dd>
      </div>
      <div title={t('inspector.exponentialHelp', { maximum })}>
        <dt>
          e<sup>s − m</sup>, m = {maximum}
        </dt>
        <dd title={exactDouble(numbers.numerator)} data-testid="number-exponential">
          {formatNumber(numbers.numerator)}
        </dd>
      </div>
      <div>
        <dt>{t('inspector.sumAll')}</dt>
        <dd title={exactDouble(numbers.denominator)} data-testid="number-sum">
          {formatNumber(numbers.denominator)}
        </dd>
      </div>
      <Line label={t('inspector.weight')} value={numbers.weight} testId="weight" strong />
    </dl>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: number;
  readonly testId: string;
  readonly strong?: boolean;
}

function Line({ label, value, testId, strong = false }: LineProps): ReactElement {
  return (
    <div className={strong ? 'strong' : ''}>
      <dt>{label}</dt>
      <dd title={exactNumber(value)} data-testid={`number-${testId}`}>
        {formatNumber(value)}
      </dd>
    </div>
  );
}

/** From the score to the weight, one line a step; of the original run and, where there is one, of the changed one beside it. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { exactDouble, exactNumber, formatNumber } from '../view-models/format.ts';
import type { CellNumbers } from '../view-models/inspector.ts';
import { useWords } from './context.tsx';

interface NumbersCardProps {
  readonly numbers: CellNumbers;
  /** The same cell in the changed run; null: there is none. */
  readonly changed: CellNumbers | null;
  readonly dHead: number;
}

export function NumbersCard({ numbers, changed, dHead }: NumbersCardProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const line = (name: 'score' | 'scaled' | 'weight') => ({
    value: numbers[name],
    after: changed?.[name],
    testId: name,
  });
  const maxima = [numbers, ...(changed === null ? [] : [changed])].map(({ rowMaximum }) => formatNumber(rowMaximum));
  const maximum = [...new Set(maxima)].join(' → ');
  const root = formatNumber(Math.sqrt(dHead));
  return (
    <dl className={changed === null ? 'card facts' : 'card facts pairs'} data-testid="numbers-card">
      {changed !== null && (
        <div className="pair-heads">
          <dt />
          <dd>{t('compare.before')}</dd>
          <dd className="after">{t('compare.after')}</dd>
        </div>
      )}
      <Line label={t('inspector.score')} {...line('score')} />
      <Line label={words('inspector.scaled', { dHead, root })} {...line('scaled')} />
      <div>
        <dt>{t('inspector.mask')}</dt>
        {changed === null ? (
          <dd data-testid="number-mask">{t(numbers.visible ? 'inspector.visible' : 'inspector.hidden')}</dd>
        ) : (
          <Values
            value={numbers.visible ? 0 : -Infinity}
            after={changed.visible ? 0 : -Infinity}
            exact={(mask) => t(mask === 0 ? 'inspector.visible' : 'inspector.hidden')}
            testId="mask"
          />
        )}
      </div>
      <div title={t('inspector.exponentialHelp', { maximum })}>
        <dt>
          e<sup>s − m</sup>
          {changed === null && `, m = ${maximum}`}
        </dt>
        <Values value={numbers.numerator} after={changed?.numerator} exact={exactDouble} testId="exponential" />
      </div>
      <div>
        <dt>{t('inspector.sumAll')}</dt>
        <Values value={numbers.denominator} after={changed?.denominator} exact={exactDouble} testId="sum" />
      </div>
      <Line label={t('inspector.weight')} {...line('weight')} strong />
    </dl>
  );
}

interface ValuesProps {
  readonly value: number;
  /** In the changed run; undefined: there is none. */
  readonly after: number | undefined;
  readonly exact: (value: number) => string;
  readonly testId: string;
}

function Values({ value, after, exact, testId }: ValuesProps): ReactElement {
  return (
    <>
      <dd title={exact(value)} data-testid={`number-${testId}`}>
        {formatNumber(value)}
      </dd>
      {after !== undefined && (
        <dd
          className={after === value ? 'after same' : 'after'}
          title={exact(after)}
          data-testid={`number-${testId}-changed`}
        >
          {formatNumber(after)}
        </dd>
      )}
    </>
  );
}

interface LineProps extends Omit<ValuesProps, 'exact'> {
  readonly label: string;
  readonly strong?: boolean;
}

function Line({ label, strong = false, ...values }: LineProps): ReactElement {
  return (
    <div className={strong ? 'strong' : ''}>
      <dt>{label}</dt>
      <Values {...values} exact={exactNumber} />
    </div>
  );
}

/** What a station does to the row as a whole: spread, entropy, the sum that softmax divides by. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MathText } from '../components/math-text.tsx';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import { barReach, contributionReach } from '../view-models/walk-columns.ts';
import type { KeyStation } from '../view-models/walk-names.ts';
import type { WalkNumbers } from '../view-models/walk.ts';

interface WalkFactsProps {
  readonly station: KeyStation;
  readonly numbers: WalkNumbers;
}

export function WalkFacts({ station, numbers }: WalkFactsProps): ReactElement {
  const { t } = useTranslation();
  const isWeight = station === 'pattern' || station === 'context';
  return (
    <div className="walk-facts" data-testid="walk-facts">
      {station !== 'scores' && (
        <dl>
          {station === 'scaled' && (
            <>
              <Change label={t('walk.spread')} {...numbers.spread} testId="walk-spread" />
              <Change label={t('walk.entropy')} {...numbers.entropy} testId="walk-entropy" />
            </>
          )}
          {station === 'masked' && (
            <Fact
              label={t('walk.visible')}
              text={t('walk.visibleOf', { visible: numbers.visible, keys: numbers.rows.length })}
              testId="walk-visible"
            />
          )}
          {station === 'pattern' && (
            <>
              <NumberFact label={t('walk.maximum')} value={numbers.maximum} testId="walk-maximum" />
              <NumberFact label={t('walk.sumExp')} value={numbers.sum} testId="walk-sum" />
            </>
          )}
          {isWeight && (
            <NumberFact
              label={t('walk.sumWeights')}
              value={numbers.rows.reduce((sum, { weight }) => sum + weight, 0)}
              testId="walk-total"
            />
          )}
        </dl>
      )}
      <ScaleNote station={station} numbers={numbers} />
    </div>
  );
}

/** What the ends of the bars mean. */
function ScaleNote({ station, numbers }: WalkFactsProps): ReactElement {
  const { t } = useTranslation();
  const reach = formatNumber(barReach(station, numbers), 3);
  const most = station === 'context' ? contributionReach(numbers) : 0;
  if (station === 'pattern') return <span className="quiet">{t('walk.scaleWeight')}</span>;
  if (station !== 'context') {
    return <span className="quiet">{t(station === 'scaled' ? 'walk.scaleSame' : 'walk.scale', { reach })}</span>;
  }
  return (
    <>
      <span className="quiet">
        <span className="walk-legend weight" />
        {t('walk.scaleAlpha')}
      </span>
      {most > 0 && (
        <span className="quiet">
          <span className="walk-legend contribution" />
          <MathText>{t('walk.scaleContribution', { reach: formatNumber(most, 3) })}</MathText>
        </span>
      )}
    </>
  );
}

interface ChangeProps {
  readonly label: string;
  readonly scores: number;
  readonly scaled: number;
  readonly testId: string;
}

/** A number of the scores, and what the division makes of it. */
function Change({ label, scores, scaled, testId }: ChangeProps): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span title={exactDouble(scores)} data-testid={`${testId}-scores`}>
          {formatNumber(scores, 3)}
        </span>{' '}
        →{' '}
        <strong title={exactDouble(scaled)} data-testid={`${testId}-scaled`}>
          {formatNumber(scaled, 3)}
        </strong>
      </dd>
    </div>
  );
}

function NumberFact({ label, value, testId }: { label: string; value: number; testId: string }): ReactElement {
  return (
    <div>
      <dt>
        <PowerText>{label}</PowerText>
      </dt>
      <dd title={exactDouble(value)} data-testid={testId}>
        {formatNumber(value)}
      </dd>
    </div>
  );
}

function Fact({ label, text, testId }: { label: string; text: string; testId: string }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd data-testid={testId}>{text}</dd>
    </div>
  );
}

/** Words with one power in them, `e^(s − m)`, and subscripts. */
export function PowerText({ children }: { children: string }): ReactElement {
  const [before = '', power, after = ''] = children.split(/\^\(([^)]*)\)/);
  return (
    <>
      <MathText>{before}</MathText>
      {power !== undefined && <sup>{power}</sup>}
      {after}
    </>
  );
}

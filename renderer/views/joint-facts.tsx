/** What the two changes do: that softmax stays as it is, how much better distances follow scores, and what the picture loses. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MathText } from '../components/math-text.tsx';
import { measureJoint } from '../projection/joint-parts.ts';
import type { JointMeasure } from '../projection/joint-parts.ts';
import type { JointAdjustment } from '../projection/joint.ts';
import type { Projection } from '../projection/types.ts';
import type { JointSet } from '../state/joint-view.ts';
import { exactDouble, formatNumber } from '../view-models/format.ts';
import { jointInput, lengthOf } from '../view-models/joint.ts';
import { useApp } from './context.tsx';
import { TeX } from './tex.tsx';

interface JointFactsProps {
  readonly set: JointSet;
  readonly fit: JointSet;
  readonly adjustment: JointAdjustment;
  readonly projection: Projection;
  readonly measures: JointMeasures;
}

export interface JointMeasures {
  readonly before: JointMeasure;
  readonly after: JointMeasure;
}

const percent = (share: number): string => `${formatNumber(share * 100, 3)} %`;

/** Over the pairs that are shown. */
export function useJointMeasures(set: JointSet, adjustment: JointAdjustment): JointMeasures {
  const before = useMemo(
    () => measureJoint(jointInput(set), { shift: new Float64Array(set.queries.dims), c: 1 }),
    [set],
  );
  const after = useMemo(() => measureJoint(jointInput(set), adjustment), [set, adjustment]);
  return useMemo(() => ({ before, after }), [before, after]);
}

export function JointFacts({ set, fit, adjustment, projection, measures }: JointFactsProps): ReactElement {
  const { t } = useTranslation();
  const { before, after } = measures;
  const { explained, preservation, method } = projection;
  const kept = method === 'pca' && fit !== set ? 'joint.keptOfFitted' : 'joint.keptShare';
  return (
    <dl className="joint-facts" data-testid="joint-facts">
      <Fact name={t('joint.correlation')} help={t('joint.correlationHelp', { count: after.pairs })}>
        <Value value={before.correlation} testId="joint-before" /> →{' '}
        <Value value={after.correlation} testId="joint-after" />
      </Fact>
      <Fact name={t('joint.change')} help={t('joint.changeHelp')}>
        <Value value={after.softmaxChange} digits={2} testId="joint-change" />
      </Fact>
      <Fact name="c" help={t('joint.rescaleHelp')}>
        <Value value={adjustment.c} testId="joint-c" />
      </Fact>
      <Fact name="‖s‖" help={t('joint.shiftHelp')}>
        <Value value={lengthOf(adjustment.shift)} testId="joint-length" />
      </Fact>
      {explained !== null && (
        <Fact name={t('joint.explained')} help={explained.map(percent).join(' + ')}>
          <span data-testid="joint-explained">{percent(explained.reduce((sum, share) => sum + share, 0))}</span>
        </Fact>
      )}
      <Fact name={t(kept, { k: preservation.k })} help={t('joint.keptHelp')}>
        <span data-testid="joint-preserved">{percent(preservation.score)}</span>
      </Fact>
    </dl>
  );
}

function Fact({ name, help, children }: { name: string; help: string; children: React.ReactNode }): ReactElement {
  return (
    <div title={help}>
      <dt>{name}</dt>
      <dd className="mono">{children}</dd>
    </div>
  );
}

function Value({ value, digits = 4, testId }: { value: number | null; digits?: number; testId: string }): ReactElement {
  return (
    <span title={value === null ? undefined : exactDouble(value)} data-testid={testId}>
      {value === null ? '–' : formatNumber(value, digits)}
    </span>
  );
}

const Q = '\\htmlClass{tex-q}{q}';
const K = '\\htmlClass{tex-k}{k}';
const NEAR = `\\lVert ${Q}−${K}\\rVert^2 = \\lVert ${Q}\\rVert^2 + \\lVert ${K}\\rVert^2 − 2\\,${Q}\\cdot ${K}`;
const SHIFT = `\\dfrac{e^{${Q}\\cdot(${K}_j+s)}}{\\sum_i e^{${Q}\\cdot(${K}_i+s)}} = \\dfrac{e^{${Q}\\cdot s}\\,e^{${Q}\\cdot ${K}_j}}{e^{${Q}\\cdot s}\\sum_i e^{${Q}\\cdot ${K}_i}} = \\dfrac{e^{${Q}\\cdot ${K}_j}}{\\sum_i e^{${Q}\\cdot ${K}_i}}`;
const SCALE = `(c\\,${Q})\\cdot\\dfrac{${K}+s}{c} = ${Q}\\cdot(${K}+s)`;

/** Why near means “attends”, and why the weights stay as they are. */
export function JointExplained(): ReactElement {
  const { t } = useTranslation();
  const isOn = useApp((state) => state.joint);
  return (
    <details className="joint-why" data-own-keys data-testid="joint-why">
      <summary>{t('joint.why')}</summary>
      <div className="joint-why-room" tabIndex={0} role="region" aria-label={t('joint.why')}>
        <section>
          <p>{t('joint.nearText')}</p>
          <TeX tex={NEAR} />
        </section>
        <section className={isOn.shift ? undefined : 'quiet'}>
          <p>{t('joint.shiftText')}</p>
          <TeX tex={SHIFT} testId="joint-shift-formula" />
        </section>
        <section className={isOn.rescale ? undefined : 'quiet'}>
          <p>{t('joint.scaleText')}</p>
          <TeX tex={SCALE} />
        </section>
        <p>
          <MathText>{t('joint.lostText')}</MathText>
        </p>
      </div>
    </details>
  );
}

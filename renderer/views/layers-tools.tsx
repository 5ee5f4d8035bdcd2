/** By which way information is traced back, and whose. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { FLOW_METHODS, FLOW_WEIGHTINGS, takesResidual } from '../state/flow-options.ts';
import type { Frame } from '../state/frames.ts';
import { formatNumber, shownIndex, tokenLabel } from '../view-models/format.ts';
import { useApp, useSession } from './context.tsx';
import { Switch } from './switch.tsx';

const RESIDUAL_STEP = 0.05;

export function LayersTools({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const flow = useApp((state) => state.flow);
  return (
    <div className="layers-tools" role="group" aria-label={t('layers.tools')} data-testid="layers-tools">
      <Switch
        label={t('layers.method')}
        choices={FLOW_METHODS.map((id) => ({
          id,
          label: t(`layers.methods.${id}`),
          help: t(`layers.methodHelp.${id}`),
        }))}
        chosen={flow.method}
        onChoose={(method) => session.setFlow({ method })}
        testId="flow-method"
      />
      <Switch
        label={t('layers.weighting')}
        choices={FLOW_WEIGHTINGS.map((id) => ({
          id,
          label: t(`layers.weightings.${id}`),
          help: t(`layers.weightingHelp.${id}`),
        }))}
        chosen={flow.weighting}
        onChoose={(weighting) => session.setFlow({ weighting })}
        testId="flow-weighting"
      />
      <Residual />
      <Units />
      <Traced frame={frame} />
    </div>
  );
}

function Residual(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const flow = useApp((state) => state.flow);
  return (
    <label className="layers-residual" title={t('layers.residualHelp')}>
      {t('layers.residualLabel')}
      <input
        type="range"
        min={0}
        max={1}
        step={RESIDUAL_STEP}
        value={flow.residual}
        disabled={!takesResidual(flow)}
        onChange={({ target }) => session.setFlow({ residual: Number(target.value) })}
        data-testid="flow-residual"
      />
      <output className="mono">{takesResidual(flow) ? formatNumber(flow.residual, 2) : '–'}</output>
    </label>
  );
}

function Traced({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const { tokens } = frame.run;
  const target = useApp((state) => Math.min(state.selection.query, tokens.length - 1));
  return (
    <span className="layers-traced" title={t('layers.tracedHelp')} data-testid="flow-target">
      {t('layers.traced', { token: tokenLabel(tokens[target]?.text ?? ''), index: shownIndex(target) })}
    </span>
  );
}

/** Pieces or words, for all views alike. */
function Units(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const unit = useApp((state) => state.lens.unit);
  return (
    <Switch
      label={t('lens.unit')}
      choices={(['pieces', 'words'] as const).map((id) => ({
        id,
        label: t(`lens.units.${id}`),
        help: t(`lens.unitHelp.${id}`),
      }))}
      chosen={unit}
      onChoose={(id) => session.setLens({ unit: id })}
      testId="layers-unit"
    />
  );
}

/** The station in plain words, and its formula: in symbols, and with the numbers on screen. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { MathText } from '../components/math-text.tsx';
import type { Frame } from '../state/frames.ts';
import { shownView } from '../state/changed-run.ts';
import { stackOf } from '../state/selection.ts';
import { formulaFacts } from '../view-models/formula-facts.ts';
import { captionKey } from '../view-models/stage-text.ts';
import { stationFormula } from '../view-models/station-formula.ts';
import { useApp, useInspectorFrame, useServices, useWalkFrame, useWords } from './context.tsx';
import { TeX } from './tex.tsx';
import { useShownKey } from './use-cell.ts';
import { usePrediction } from './use-prediction.ts';

export function Explain({ frame }: { frame: Frame }): ReactElement | null {
  const words = useWords();
  const { settings } = useServices();
  const shown = useStore(settings, (state) => state.explain);
  if (!shown) return null;
  const { station } = frame.selection;
  const causal = stackOf(frame.model.stacks, frame.selection)?.causal === true;
  return (
    <div className="explain" data-testid="explanation">
      <p className="caption" data-testid="caption">
        <MathText>{words(captionKey(station, frame.model, causal))}</MathText>
      </p>
      <StationFormula frame={frame} />
    </div>
  );
}

function StationFormula({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const inspector = useInspectorFrame().frame;
  const walked = useWalkFrame().frame;
  const changed = useApp((state) => state.changed.result);
  const isChanged = useApp((state) => shownView(state) !== 'original');
  // The formula is the model's own: what the changes made of it need not obey it.
  const walk = walked?.run === changed ? null : walked;
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const state = usePrediction();
  const prediction = state.status === 'ready' ? state.prediction : null;
  const formula = useMemo(
    () => stationFormula(formulaFacts({ frame, inspector, walk, query, key, prediction })),
    [frame, inspector, walk, query, key, prediction],
  );
  return (
    <div className="station-formula" role="group" aria-label={t('walk.formula')}>
      <TeX tex={formula.symbols} testId="formula-symbols" />
      {formula.filled !== null && <TeX tex={formula.filled} testId="formula-filled" />}
      {isChanged && <span className="quiet">{t('compare.ofOriginal')}</span>}
    </div>
  );
}

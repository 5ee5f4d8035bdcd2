/** The figure of the station, large; or, where there is none, what happened and what to do. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MathText } from '../components/math-text.tsx';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import { stationRow } from '../state/stations.ts';
import { tokenLabel } from '../view-models/format.ts';
import { stationSlices } from '../view-models/names.ts';
import { placeText, subtitleText, valueName } from '../view-models/stage-text.ts';
import { useApp, useStageFrame, useWords } from './context.tsx';
import { MatrixStage } from './matrix-stage.tsx';
import { PredictionStage } from './prediction-stage.tsx';
import { FailureCard, StageState } from './stage-state.tsx';
import { TokensStage } from './tokens-stage.tsx';
import { usePrediction } from './use-prediction.ts';
import { VectorsStage } from './vectors-stage.tsx';

export function Stage(): ReactElement {
  const { t } = useTranslation();
  const { frame, stale, error } = useStageFrame();
  const status = useApp((state) => state.run.status);
  const blocked = useApp((state) => state.model.status !== 'open');
  const showsFigure = frame !== null && !blocked && status !== 'failed' && status !== 'cancelled';
  return (
    <main className="stage" id="stage" aria-label={t('stage.label')} data-testid="stage" aria-busy={stale}>
      {showsFigure ? (
        <>
          <StageHeading frame={frame} />
          <div className={stale ? 'stage-body stale' : 'stage-body'} data-testid={`figure-${frame.selection.station}`}>
            <StageFigure frame={frame} />
          </div>
        </>
      ) : error !== null && status === 'done' ? (
        <FailureCard failure={error.failure} />
      ) : (
        <StageState />
      )}
    </main>
  );
}

function StageHeading({ frame }: { frame: Frame }): ReactElement {
  const words = useWords();
  const { selection, model, run } = frame;
  const state = usePrediction();
  const prediction = state.status === 'ready' ? state.prediction : null;
  const token = prediction === null ? '' : tokenLabel(run.tokens[prediction.position]?.text ?? '');
  const shown = prediction === null ? null : { kind: prediction.kind, token };
  const subtitle = subtitleText(selection, stackOf(model.stacks, selection), shown, words);
  return (
    <div className="stage-heading">
      <h2 data-testid="stage-title">
        <MathText>{words(`stage.title.${selection.station}`)}</MathText>
      </h2>
      <p data-testid="stage-subtitle">
        {subtitle} · {placeText(selection, model, words)}
      </p>
      <code className="value-name">{valueName(stationSlices(selection))}</code>
    </div>
  );
}

function StageFigure({ frame }: { frame: Frame }): ReactElement {
  const { station } = frame.selection;
  switch (stationRow(station).figure) {
    case 'tokens':
      return <TokensStage run={frame.run} />;
    case 'prediction':
      return <PredictionStage frame={frame} />;
    case 'matrix':
      return <MatrixStage frame={frame} />;
    default:
      return <VectorsStage key={station} frame={frame} />;
  }
}

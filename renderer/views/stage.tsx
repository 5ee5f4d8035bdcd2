/** The figure of the station, large; or, where there is none, what happened and what to do. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MathText } from '../components/math-text.tsx';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import type { Selection } from '../state/selection.ts';
import { stationRow } from '../state/stations.ts';
import { drawsHeads, explains, shownStageView } from '../state/views.ts';
import { tokenLabel } from '../view-models/format.ts';
import { stationSlices } from '../view-models/names.ts';
import { placeText, subtitleText, valueName } from '../view-models/stage-text.ts';
import { hasWalk } from '../view-models/walk-names.ts';
import { BesideStage } from './beside-stage.tsx';
import { CompareStage } from './compare-stage.tsx';
import { useApp, useStageFrame, useWalkFrame, useWords } from './context.tsx';
import { Explain } from './explain.tsx';
import { PredictionStage } from './prediction-stage.tsx';
import { FailureCard, StageState } from './stage-state.tsx';
import { HeadsBar } from './heads-bar.tsx';
import { FlowStage } from './flow-stage.tsx';
import { HeadsStage } from './heads-stage.tsx';
import { LayersStage } from './layers-stage.tsx';
import { ReadingStage } from './reading-stage.tsx';
import { RunBar } from './run-bar.tsx';
import { StageTools } from './stage-tools.tsx';
import { TokensStage } from './tokens-stage.tsx';
import { usePrediction } from './use-prediction.ts';
import { ViewBar } from './view-bar.tsx';
import { WalkStage } from './walk-stage.tsx';

export function Stage(): ReactElement {
  const { t } = useTranslation();
  const { frame, stale: figureStale, error } = useStageFrame();
  const walk = useWalkFrame();
  const status = useApp((state) => state.run.status);
  const walks = useApp((state) => state.selection.mode === 'one' && hasWalk(state.selection));
  const blocked = useApp((state) => state.covered === null && state.model.status !== 'open');
  const stale = figureStale || (walks && walk.stale);
  const showsFigure = frame !== null && !blocked && status !== 'failed' && status !== 'cancelled';
  return (
    <main className="stage" id="stage" aria-label={t('stage.label')} data-testid="stage" aria-busy={stale}>
      {showsFigure ? (
        <>
          <StageHeading frame={frame} />
          <RunBar />
          <ViewBar frame={frame} />
          <HeadsBar frame={frame} />
          {explains(frame.selection) && <Explain frame={frame} />}
          <div className={stale ? 'stage-body stale' : 'stage-body'} data-testid={`figure-${frame.selection.station}`}>
            {walks ? <WalkStage /> : <StageFigure frame={frame} />}
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
  const view = shownStageView(selection);
  const isOfOneHead = view === 'matrix' || drawsHeads(selection);
  const subtitle = subtitleText(selection, stackOf(model.stacks, selection), shown, words);
  return (
    <div className="stage-heading">
      <h2 data-testid="stage-title">
        <MathText>{words(titleKey(selection))}</MathText>
      </h2>
      <StageTools />
      <div className="stage-place">
        <p data-testid="stage-subtitle">
          {isOfOneHead ? `${subtitle} · ${placeText(selection, model, words)}` : words(`views.${view}Title`)}
        </p>
        {isOfOneHead && <code className="value-name">{valueName(stationSlices(selection))}</code>}
      </div>
    </div>
  );
}

/** What is not of one head has a title of its own. */
function titleKey(selection: Selection): string {
  const view = shownStageView(selection);
  return view === 'layers' || view === 'heads' ? `views.heading.${view}` : `stage.title.${selection.station}`;
}

function StageFigure({ frame }: { frame: Frame }): ReactElement {
  const { station } = frame.selection;
  switch (stationRow(station).figure) {
    case 'tokens':
      return <TokensStage run={frame.run} />;
    case 'prediction':
      return <PredictionStage frame={frame} />;
    default:
      return <View frame={frame} />;
  }
}

/** The ways of looking at patterns; every other matrix and all vectors have one. */
function View({ frame }: { frame: Frame }): ReactElement {
  switch (shownStageView(frame.selection)) {
    case 'flow':
      return <FlowStage frame={frame} />;
    case 'heads':
      return <HeadsStage frame={frame} />;
    case 'layers':
      return <LayersStage frame={frame} />;
    case 'beside':
      return <BesideStage frame={frame} />;
    case 'reading':
      return <ReadingStage frame={frame} />;
    default:
      return <CompareStage frame={frame} />;
  }
}

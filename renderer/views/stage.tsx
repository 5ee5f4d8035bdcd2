/** The figure of the station, large; or, where there is none, what happened and what to do. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextInput } from '../../electron/api/index.ts';
import { MathText } from '../components/math-text.tsx';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import type { Selection } from '../state/selection.ts';
import { stationRow } from '../state/stations.ts';
import { explains, isTitled, shownStageView } from '../state/views.ts';
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
import { GenerateStage } from './generate-stage.tsx';
import { FillStage } from './fill-stage.tsx';
import { JointStage } from './joint-stage.tsx';
import { LayersStage } from './layers-stage.tsx';
import { LmHeadStage } from './lm-head-stage.tsx';
import { LogitLensStage } from './logit-lens-stage.tsx';
import { NeighboursStage } from './neighbours-stage.tsx';
import { PositionsStage } from './positions-stage.tsx';
import { ProjectorStage } from './projector-stage.tsx';
import { ReadingStage } from './reading-stage.tsx';
import { RunBar } from './run-bar.tsx';
import { StageTools } from './stage-tools.tsx';
import { SurpriseStage } from './surprise-stage.tsx';
import { TokensAlone, TokenView } from './token-views.tsx';
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
  const alone = useTextAlone();
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
            {walks ? <WalkStage /> : <View frame={frame} />}
          </div>
        </>
      ) : alone !== null ? (
        <TokensAlone {...alone} />
      ) : error !== null && status === 'done' ? (
        <FailureCard failure={error.failure} />
      ) : (
        <StageState />
      )}
    </main>
  );
}

/** The text whose tokens are shown though it was not run; null at other stations, or where no tokenizer is known. */
function useTextAlone(): { readonly model: string; readonly input: TextInput } | null {
  const model = useApp((state) => state.model.id);
  const text = useApp((state) => state.text);
  const pair = useApp((state) => state.pair);
  const isAtTokens = useApp(({ selection, covered }) => selection.station === 'tokens' && covered === null);
  const input = useMemo(() => (pair === '' ? { text } : { text, pair }), [text, pair]);
  return isAtTokens && model !== null && text !== '' ? { model, input } : null;
}

function StageHeading({ frame }: { frame: Frame }): ReactElement {
  const words = useWords();
  const { selection, model, run } = frame;
  const state = usePrediction();
  const prediction = state.status === 'ready' ? state.prediction : null;
  const token = prediction === null ? '' : tokenLabel(run.tokens[prediction.position]?.text ?? '');
  const shown = prediction === null ? null : { kind: prediction.kind, token, scale: model.scale };
  const view = shownStageView(selection);
  const isOfOneHead = !isTitled(selection);
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

/** A view of more than one head or layer has a title of its own. */
function titleKey(selection: Selection): string {
  return isTitled(selection) ? `views.heading.${shownStageView(selection)}` : `stage.title.${selection.station}`;
}

/** The station's own figure. */
function StationFigure({ frame }: { frame: Frame }): ReactElement {
  switch (stationRow(frame.selection.station).figure) {
    case 'tokens':
      return <TokensStage tokens={frame.run.tokens} />;
    case 'prediction':
      return <PredictionStage frame={frame} />;
    default:
      return <CompareStage frame={frame} />;
  }
}

/** The way of looking that is shown. */
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
    case 'pieces':
    case 'tokenizers':
    case 'vocabulary':
      return <TokenView model={frame.model.entry.id} input={frame.input} />;
    case 'neighbours':
      return <NeighboursStage frame={frame} />;
    case 'joint':
      return <JointStage frame={frame} />;
    case 'projector':
      return <ProjectorStage frame={frame} />;
    case 'positions':
      return <PositionsStage frame={frame} />;
    case 'head':
      return <LmHeadStage frame={frame} />;
    case 'generate':
      return <GenerateStage frame={frame} />;
    case 'lens':
      return <LogitLensStage frame={frame} />;
    case 'fill':
      return <FillStage frame={frame} />;
    case 'surprise':
      return <SurpriseStage frame={frame} />;
    default:
      return <StationFigure frame={frame} />;
  }
}

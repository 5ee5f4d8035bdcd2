/** Every view of the app as a figure of the command line: the engine's answers through the window's own view-models. */
import type { Intervention, TextInput } from '../../../native-models/index.ts';
import type { FigureData } from '../../../renderer/figures/figure-data.ts';
import type { ThemeName } from '../../../renderer/figures/index.ts';
import { FIRST_WALK } from '../../../renderer/state/app-state.ts';
import { FLOW_EDGES } from '../../../renderer/state/flow.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { fitToModel, summaryOf } from '../../../renderer/state/selection.ts';
import type { StageView } from '../../../renderer/state/views.ts';
import { arrangeHeads } from '../../../renderer/view-models/atlas-order.ts';
import { besidePanels } from '../../../renderer/view-models/beside-panels.ts';
import { drawFigure } from '../../../renderer/view-models/draw-figure.ts';
import { exportData, exportFigure } from '../../../renderer/view-models/export-figure.ts';
import type { ExportPlace } from '../../../renderer/view-models/export-figure.ts';
import { flowQuestion } from '../../../renderer/view-models/layers.ts';
import { stationSlices } from '../../../renderer/view-models/names.ts';
import { hasWalk, walkSlices } from '../../../renderer/view-models/walk-names.ts';
import type { Provenance } from '../../../renderer/export/provenance.ts';
import { UsageError } from '../command.ts';
import type { Values } from '../command.ts';
import { appAnswer } from './app-answers.ts';
import { appPlace, stationOf } from './app-place.ts';
import type { AppPlace } from './app-place.ts';
import type { AppRun } from './app-run.ts';

/** Ids of the command line, and the view of the app that each is. */
export const APP_FIGURES = {
  station: 'matrix',
  walk: 'matrix',
  flow: 'flow',
  reading: 'reading',
  layers: 'layers',
  heads: 'heads',
  beside: 'beside',
  pieces: 'pieces',
  tokenizers: 'tokenizers',
  vocabulary: 'vocabulary',
  neighbours: 'neighbours',
  positions: 'positions',
  'lm-head': 'head',
  generate: 'generate',
  lens: 'lens',
  fill: 'fill',
  surprise: 'surprise',
} as const satisfies Readonly<Record<string, StageView>>;
export type AppFigure = keyof typeof APP_FIGURES;

export interface AppAsked {
  readonly figure: AppFigure;
  readonly model: string;
  readonly input: TextInput;
  readonly interventions: readonly Intervention[];
  readonly theme: ThemeName;
  readonly document: Document;
}

export interface AppDrawn {
  readonly svg: SVGSVGElement;
  readonly data: FigureData;
  readonly facts: Partial<Provenance>;
  readonly run: Omit<Frame, 'selection' | 'matrices'>;
}

const STATION_OF: Partial<Record<StageView, 'tokens' | 'embedding' | 'prediction'>> = {
  ...{ pieces: 'tokens', tokenizers: 'tokens', vocabulary: 'tokens', neighbours: 'embedding', positions: 'embedding' },
  ...{ head: 'prediction', generate: 'prediction', lens: 'prediction', fill: 'prediction', surprise: 'prediction' },
};

/** @throws UsageError for what the model or the text does not have; ModelError */
export async function drawAppFigure(app: AppRun, values: Values, asked: AppAsked): Promise<AppDrawn> {
  const view = APP_FIGURES[asked.figure];
  const run = await app.run(asked.model, asked.input, asked.interventions);
  const mode = asked.figure === 'walk' ? 'one' : 'all';
  const station = view === 'matrix' ? stationOf(values) : (STATION_OF[view] ?? 'pattern');
  const place = appPlace(values, view, { station, mode }, run.model);
  const { selection } = place;
  for (const name of ['query', 'key', 'position'] as const) {
    const token = selection[name] ?? 0;
    if (token >= run.run.tokens.length)
      throw new UsageError(
        `--${name} ${token}: the text has ${run.run.tokens.length} tokens, 0 to ${run.run.tokens.length - 1}.`,
      );
  }
  const facts = factsOf(place, asked.figure);
  if (STATION_OF[view] !== undefined) {
    const frame = await app.frame(run, selection, []);
    const drawable = await appAnswer(app, values, frame, asked.figure);
    return {
      svg: drawable.draw(asked.theme, asked.document),
      data: drawable.data(),
      facts: { ...facts, options: drawable.options },
      run,
    };
  }
  const shown = await exportPlace(app, values, place, asked, run);
  return { svg: drawFigure(exportFigure(shown), asked.document), data: exportData(shown), facts, run };
}

function factsOf({ selection }: AppPlace, figure: AppFigure): Partial<Provenance> {
  const { stack, site, layer, head, station, query } = selection;
  const inModel = station === 'tokens' || station === 'prediction' ? {} : { stack, site, layer, head };
  return { ...inModel, stage: station, ...(figure === 'walk' ? { query } : {}) };
}

/** What the window would have for its export: the frames, and what the view asked the engine for. */
async function exportPlace(
  app: AppRun,
  values: Values,
  { selection, lens, flow }: AppPlace,
  { theme, figure, input, interventions }: AppAsked,
  run: AppDrawn['run'],
): Promise<ExportPlace> {
  const { words } = app;
  const isWalk = figure === 'walk';
  if (isWalk && !hasWalk(selection))
    throw new UsageError(`--figure walk: the station ${selection.station} has no walk.`);
  const requests = isWalk ? walkSlices(selection, run.model, run.run) : stationSlices(selection);
  const frame = await app.frame(run, selection, requests);
  const { query, key } = selection;
  const prediction = await predictionOf(app, frame);
  const place = { frame, lens, prediction, cell: { query, key }, theme, words };
  switch (figure) {
    case 'walk':
      return { ...place, walk: { frame, shown: FIRST_WALK } };
    case 'layers': {
      const question = flowQuestion(frame, query, flow);
      const answer = await app.whole(
        () => app.ask('trace.flow', { ...question, edges: FLOW_EDGES }),
        (part) => part.flow,
      );
      const decoded = { ...answer, relevance: new Float32Array(answer.relevance) };
      return { ...place, layers: [{ part: 'original', frame, flow: decoded }] };
    }
    case 'heads': {
      const summary = summaryOf(frame.run.summaries, selection);
      if (summary === null) throw new UsageError(`${frame.model.entry.id} has no heads to show.`);
      const isCausal = frame.model.stacks.find(({ name }) => name === summary.stack)?.causal ?? false;
      const facts = { tokens: frame.run.tokens.length, isCausal, scored: null };
      const arrangement = arrangeHeads('position', summary, null, facts);
      return {
        ...place,
        heads: { frame, summary, order: 'position', reading: null, arrangement, range: lens.range, words },
      };
    }
    case 'beside': {
      const model = values.text('beside-model') ?? frame.model.entry.id;
      const text = values.text('beside-text');
      if (text === undefined && model === frame.model.entry.id)
        throw new UsageError('--figure beside compares with --beside-text or --beside-model; one of them is missing.');
      const other = await app.run(
        model,
        text === undefined ? input : { text },
        text === undefined && model === frame.model.entry.id ? interventions : [],
      );
      const at = fitToModel(selection, other.model.stacks);
      return { ...place, beside: besidePanels(frame, await app.frame(other, at, stationSlices(at)), lens) };
    }
    default:
      return place;
  }
}

/** Of the token of --position; else where the model itself predicts. */
async function predictionOf(app: AppRun, { selection, run }: Frame) {
  const { station, position } = selection;
  if (station !== 'prediction') return null;
  const own = run.predictions.find((each) => position === null || each.position === position);
  if (own !== undefined) return own;
  return app.ask('trace.predict', { traceId: run.traceId, position: position ?? 0, candidates: 10 });
}

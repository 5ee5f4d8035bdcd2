/** The same numbers without the app in between: native-models, called by the test itself. */
import {
  comparePredictions,
  finish,
  openModel,
  runText,
  scoreHeads,
  slice,
  startComparison,
  tokenize,
  traceFlow,
} from '../../../native-models/index.ts';
import type {
  FlowOptions,
  Intervention,
  LayerFlow,
  Model,
  Slice,
  TextInput,
  Token,
  Trace,
} from '../../../native-models/index.ts';
import type { LayerChange, PredictionChange, ScoredHead } from '../../../native-models/types.ts';

const open = new Map<string, Promise<Model>>();

function modelOf(id: string): Promise<Model> {
  const known = open.get(id) ?? openModel(id, { device: 'cpu' });
  open.set(id, known);
  return known;
}

export async function tokensOf(model: string, input: TextInput): Promise<readonly Token[]> {
  return (await tokenize(await modelOf(model), input)).tokens;
}

export async function headScoresOf(model: string): Promise<readonly ScoredHead[]> {
  return scoreHeads(await modelOf(model));
}

/** One traced value of a text, as the model is or with changes to its computation. */
export async function valueOf(
  model: string,
  input: TextInput,
  name: string,
  head?: number,
  interventions: readonly Intervention[] = [],
): Promise<Slice> {
  const trace = await runText(await modelOf(model), input, { interventions });
  const value = await slice(trace, name, head);
  trace.dispose();
  return value;
}

/** What is answered about a run of a text. */
export async function answerOf<Answer>(
  model: string,
  input: TextInput,
  ask: (trace: Trace) => Promise<Answer>,
  interventions: readonly Intervention[] = [],
): Promise<Answer> {
  const trace = await runText(await modelOf(model), input, { interventions });
  const answer = await ask(trace);
  trace.dispose();
  return answer;
}

/** Where a token's information comes from, as the model is or with changes to its computation. */
export async function flowOf(
  model: string,
  input: TextInput,
  options: FlowOptions,
  interventions: readonly Intervention[] = [],
): Promise<LayerFlow> {
  const trace = await runText(await modelOf(model), input, { interventions });
  const flow = await traceFlow(trace, options);
  trace.dispose();
  return flow;
}

/** What interventions do to a text: its prediction with and without them, and every layer. */
export async function changeOf(
  model: string,
  input: TextInput,
  interventions: readonly Intervention[],
): Promise<{ readonly prediction: PredictionChange; readonly layers: readonly LayerChange[] }> {
  const opened = await modelOf(model);
  const [before, after] = [await runText(opened, input), await runText(opened, input, { interventions })];
  const [prediction] = await comparePredictions(before, after, { candidates: 10 });
  const layers = await finish(startComparison(before, after), () => undefined);
  for (const trace of [before, after]) trace.dispose();
  return { prediction: prediction!, layers };
}

/** The value at some indices, e.g. query and key. */
export function at({ data, dims }: Slice, ...indices: readonly number[]): number {
  return data[indices.reduce((offset, index, axis) => offset * dims[axis]! + index, 0)]!;
}

export async function closeModels(): Promise<void> {
  for (const model of open.values()) await (await model).dispose();
  open.clear();
}

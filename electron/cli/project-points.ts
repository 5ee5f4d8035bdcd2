/** What `headlight project` projects: tokens or sentences of texts at some depths of a model, or rows of its embedding table. */
import { slice, tokenRows } from '../../native-models/index.ts';
import type { Model, TextInput, Trace } from '../../native-models/index.ts';
import { sentencePoints, tablePoints, tokenPoints } from '../../renderer/view-models/projector.ts';
import type { ProjectedPoints } from '../../renderer/view-models/projector.ts';
import { UsageError } from './command.ts';
import type { Output, Values } from './command.ts';
import { readTextFile } from './files.ts';
import { layerName } from './lens-report.ts';
import { readInput, runInput } from './models.ts';

export const POINT_OPTIONS = {
  text: { value: 'T', help: 'the text, or - for standard input: every token is a point' },
  pair: { value: 'B', help: 'with --text: a second text, for models that take two' },
  file: { value: 'F', help: 'instead of --text: a UTF-8 file with a text a line; empty lines are passed over' },
  layer: {
    value: 'L',
    help: 'the depth: embedding (what enters layer 0), a layer from 0, or all; default the last layer',
  },
  sentences: { value: 'HOW', help: 'one point a text: mean of its tokens, or first, which is [CLS] in BERT' },
  table: { help: 'instead of a text: rows of the embedding table' },
  rows: { value: 'N', help: 'with --table: so many rows, from the first on; default all' },
} as const;

/** Reads the options before anything else is done; the answer makes the points. @throws UsageError */
export async function readPointsQuestion(
  values: Values,
): Promise<(model: Model, output: Output) => Promise<ProjectedPoints>> {
  const given = (['text', 'file'] as const).filter((name) => values.text(name) !== undefined);
  if (given.length + (values.flag('table') ? 1 : 0) !== 1) {
    throw new UsageError('Give one of --text, --file and --table.');
  }
  if (values.flag('table')) return tableQuestion(values);
  if (values.text('rows') !== undefined) throw new UsageError('--rows is for --table.');
  if (given[0] === 'file' && values.text('pair') !== undefined) throw new UsageError('--pair is for --text.');
  const pooling = values.text('sentences') === undefined ? null : values.choice('sentences', ['mean', 'first'], 'mean');
  const inputs = given[0] === 'file' ? await linesOf(values.required('file')) : [await readInput(values)];
  return async (model, output) => {
    const layers = layersOf(values.text('layer'), model);
    const found = await statesOf(model, inputs, layers, output);
    const texts = found.map((each, sentence) => ({ ...each, sentence }));
    return pooling === null ? tokenPoints(texts, layers) : sentencePoints(texts, layers, pooling);
  };
}

function tableQuestion(values: Values): (model: Model) => Promise<ProjectedPoints> {
  const ofText = (['pair', 'layer', 'sentences'] as const).find((name) => values.text(name) !== undefined);
  if (ofText !== undefined) throw new UsageError(`--${ofText} is for texts, not for --table.`);
  const rows = values.count('rows', { least: 1 });
  return async (model) => {
    const { data, columns, names } = await tokenRows(model, 0, rows ?? model.embeddings.token.rows);
    return tablePoints(data, columns, names);
  };
}

async function linesOf(typed: string): Promise<readonly TextInput[]> {
  const lines = (await readTextFile(typed)).split(/\r?\n/u).filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new UsageError(`--file: ${typed} has no text in it.`);
  return lines.map((text) => ({ text }));
}

/** @throws UsageError for a layer that is not there */
function layersOf(typed: string | undefined, { stacks, entry }: Model): readonly number[] {
  const count = stacks[0]?.layers ?? 0;
  const all = Array.from({ length: count + 1 }, (_, at) => at - 1);
  if (typed === 'all') return all;
  const layer = typed === undefined ? count - 1 : all.find((each) => layerName(each) === typed);
  if (layer !== undefined) return [layer];
  throw new UsageError(`--layer: ${entry.id} has embedding, 0 to ${count - 1}, and all; "${typed}" is none of them.`);
}

interface TextStates {
  readonly text: string;
  readonly tokens: Trace['tokens'];
  /** One a layer: f32 [tokens, hidden]. */
  readonly states: readonly Float32Array[];
  readonly hidden: number;
}

/** One text after the other; a trace is let go before the next is made. */
async function statesOf(
  model: Model,
  inputs: readonly TextInput[],
  layers: readonly number[],
  output: Output,
): Promise<readonly TextStates[]> {
  const texts: TextStates[] = [];
  for (const [at, input] of inputs.entries()) {
    if (inputs.length > 1) output.status?.(`Text ${at + 1} of ${inputs.length}`);
    texts.push(await stateOf(model, input, layers));
  }
  return texts;
}

async function stateOf(model: Model, input: TextInput, layers: readonly number[]): Promise<TextStates> {
  const trace = await runInput(model, input);
  try {
    const states: Float32Array[] = [];
    for (const layer of layers) {
      const name = layer < 0 ? 'embedding.sum' : `${model.stacks[0]?.name ?? ''}.${layer}.hidden`;
      states.push((await slice(trace, name)).data);
    }
    const { tokens } = trace;
    return { text: input.text, tokens, states, hidden: (states[0]?.length ?? 0) / Math.max(1, tokens.length) };
  } finally {
    trace.dispose();
  }
}

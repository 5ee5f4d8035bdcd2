/** `headlight lens`: what each layer of a model would predict, summed up for people and whole as a NumPy file. */
import { lens, lensCell, lensLayer } from '../../../native-models/index.ts';
import type { LensCell, Trace } from '../../../native-models/index.ts';
import { UsageError } from '../command.ts';
import type { Command, Values } from '../command.ts';
import { outputPath, writeInPieces } from '../files.ts';
import { INTERVENTION_OPTIONS, readInterventions } from '../interventions.ts';
import { layerName, lensReportJson, lensReportText } from '../lens-report.ts';
import { readInput, runInput, TEXT_OPTIONS, withModel } from '../models.ts';
import { NPZ_LIMIT, writeNpz } from '../../../renderer/export/npz.ts';
import type { NamedArray } from '../../../renderer/export/npz.ts';
import { counted } from '../table.ts';

export const lensCommand: Command = {
  options: {
    ...TEXT_OPTIONS,
    out: {
      value: 'FILE',
      help: 'a .npz file to write: lens.<layer> [token, vocab], the natural logarithms of all probabilities, and logits',
    },
    layers: { value: 'LIST', help: 'which layers go into the file, e.g. embedding,0,5; default all' },
    position: {
      value: 'N',
      help: 'the token to show the layers of, from 0; default the first mask, or the last token',
    },
    json: { help: 'JSON of every token: model, device, kind, tokens, interventions, layers' },
    ...INTERVENTION_OPTIONS,
  },
  examples: [
    '--model headlight-gpt --text "The old man sat by the" --out lens.npz',
    '--model headlight-bert --text "The capital of France is [MASK]."',
    '--model headlight-gpt --text "The old man sat by the" --position 2 --json',
  ],
  run: async (values, output) => {
    const typed = values.text('out');
    const file = typed === undefined ? null : await outputPath(typed, ['npz']);
    const interventions = readInterventions(values);
    const input = await readInput(values);
    if (file === null && values.text('layers') !== undefined) {
      throw new UsageError('--layers says which layers go into the file; name it with --out.');
    }
    await withModel(values, async (model) => {
      const trace = await runInput(model, input, interventions);
      const report = { trace, interventions };
      const shown = values.flag('json')
        ? lensReportJson(report, await lens(trace))
        : lensReportText(report, await cellsAt(trace, positionOf(values, trace)));
      if (file !== null) await writeLayers(file, trace, layersOf(values, trace));
      output.write(shown);
      if (file !== null) output.note(`${file}: ${counted(trace.tokens.length, 'token')}\n`);
      trace.dispose();
    });
  },
};

/** Every layer at one token, the embedding first. */
async function cellsAt(trace: Trace, position: number): Promise<readonly LensCell[]> {
  const cells: LensCell[] = [];
  for (const layer of allLayers(trace)) cells.push(await lensCell(trace, { layer, position, candidates: 1 }));
  return cells;
}

function positionOf(values: Values, { tokens, model, data }: Trace): number {
  const given = values.count('position');
  if (given !== undefined) return given;
  const mask = data.ids.findIndex((id) => id === model.tokenizer.maskId);
  return model.head === 'masked-token' && mask >= 0 ? mask : tokens.length - 1;
}

function allLayers({ model }: Trace): readonly number[] {
  const layers = model.stacks.at(-1)?.layers ?? 0;
  return Array.from({ length: layers + 1 }, (_, at) => at - 1);
}

/** @throws UsageError for a layer that is not there, or more than a file can hold */
function layersOf(values: Values, trace: Trace): readonly number[] {
  const all = allLayers(trace);
  const names = values
    .text('layers')
    ?.split(',')
    .map((name) => name.trim());
  const layers = names === undefined ? all : all.filter((layer) => names.includes(layerName(layer)));
  const unknown = names?.find((name) => !all.some((layer) => layerName(layer) === name));
  if (unknown !== undefined) {
    const last = all.at(-1) ?? 0;
    throw new UsageError(`--layers: there is no layer "${unknown}"; this model has embedding and 0 to ${last}.`);
  }
  const { vocabulary } = trace.model.source;
  const bytes = (layers.length + 1) * trace.tokens.length * vocabulary * Float32Array.BYTES_PER_ELEMENT;
  if (bytes <= NPZ_LIMIT) return layers;
  throw new UsageError(
    `${layers.length} layers of ${trace.tokens.length} tokens × ${vocabulary} entries take more than 4 GB, too much for one .npz; choose fewer with --layers.`,
  );
}

async function writeLayers(file: string, trace: Trace, layers: readonly number[]): Promise<void> {
  await writeInPieces(file, (write) => writeNpz(arraysOf(trace, layers), write));
}

/** One layer is in memory at a time. */
async function* arraysOf(trace: Trace, layers: readonly number[]): AsyncGenerator<NamedArray> {
  const dims = [trace.tokens.length, trace.model.source.vocabulary];
  for (const layer of layers) {
    const { logProbabilities } = await lensLayer(trace, layer);
    yield { name: `lens.${layerName(layer)}`, data: logProbabilities, dims };
  }
  const { logits } = await lensLayer(trace, allLayers(trace).length - 2);
  yield { name: 'logits', data: logits, dims };
}

/** `headlight project`: vectors of a model in two or three dimensions, as CSV or a NumPy file. */
import { DEFAULT_SETTINGS, METHODS, ProjectionError, runProjection } from '../../../renderer/projection/index.ts';
import type { Progress, Projection, ProjectionSettings } from '../../../renderer/projection/index.ts';
import { csvText } from '../../../renderer/export/csv.ts';
import { projectionData } from '../../../renderer/view-models/projector.ts';
import type { ProjectedPoints } from '../../../renderer/view-models/projector.ts';
import { UsageError } from '../command.ts';
import type { Command, Output, Values } from '../command.ts';
import { outputPath, writeInPieces } from '../files.ts';
import { MODEL_OPTIONS, withModel } from '../models.ts';
import { writeNpz } from '../../../renderer/export/npz.ts';
import { POINT_OPTIONS, readPointsQuestion } from '../project-points.ts';
import { projectionArrays, projectionJson, projectionText } from '../project-report.ts';

const { neighbours, minDist, perplexity, seed } = DEFAULT_SETTINGS;

export const projectCommand: Command = {
  options: {
    model: MODEL_OPTIONS.model,
    ...POINT_OPTIONS,
    method: { value: 'M', help: `${METHODS.join(', ')}; default pca, which is exact` },
    dims: { value: 'N', help: '2 or 3; default 2' },
    seed: { value: 'S', help: `umap, tsne: a whole number; the same seed gives the same picture, default ${seed}` },
    neighbours: { value: 'K', help: `umap: how many neighbours tie a point, default ${neighbours}` },
    'min-dist': { value: 'D', help: `umap: how near points may lie, 0 to 1, default ${minDist}` },
    perplexity: { value: 'P', help: `tsne: effective number of neighbours, 1 or more, default ${perplexity}` },
    iterations: { value: 'N', help: "umap, tsne: steps; default the method's own for so many points" },
    out: {
      value: 'FILE',
      help: '.csv, or .npz: coordinates [point, dims], vectors [point, hidden], labels, and of PCA mean, axes, explained',
    },
    device: MODEL_OPTIONS.device,
    json: { help: 'JSON of the picture as a whole: model, points, settings, explained, preservation' },
  },
  examples: [
    '--model headlight-gpt --text "The captain stood on the bank of the river"',
    '--model headlight-bert --file sentences.txt --sentences mean --out sentences.csv',
    '--model headlight-gpt --table --rows 2000 --method umap --dims 3 --out table.npz',
  ],
  run: async (values, output) => {
    const typed = values.text('out');
    const file = typed === undefined ? null : await outputPath(typed, ['csv', 'npz']);
    const settings = settingsOf(values);
    const question = await readPointsQuestion(values);
    await withModel(values, async (model) => {
      const points = await question(model, output);
      const projection = await projected(points, settings, output);
      const report = { model: model.entry.id, points, projection };
      const summary = values.flag('json') ? projectionJson(report) : projectionText(report);
      if (file !== null) await writePoints(file, points, projection);
      // Without a file the points themselves are the output, unless the summary is asked for.
      if (file !== null || values.flag('json')) output.write(summary);
      else {
        output.write(csvOf(points, projection));
        output.note(summary);
      }
      if (file !== null) output.note(`${file}: ${points.count} points\n`);
    });
  },
};

/** @throws UsageError for what no method takes */
function settingsOf(values: Values): ProjectionSettings {
  const method = values.choice('method', METHODS, 'pca');
  const own = {
    pca: [],
    umap: ['seed', 'neighbours', 'min-dist', 'iterations'],
    tsne: ['seed', 'perplexity', 'iterations'],
  };
  const all = ['neighbours', 'min-dist', 'perplexity', 'iterations'];
  const stray = all.find((name) => values.text(name) !== undefined && !own[method].some((each) => each === name));
  if (stray !== undefined) throw new UsageError(`--${stray} is not for --method ${method}.`);
  return {
    method,
    components: values.choice('dims', ['2', '3'], '2') === '3' ? 3 : 2,
    seed: values.count('seed', { most: 2 ** 32 - 1 }) ?? seed,
    neighbours: values.count('neighbours', { least: 2 }) ?? neighbours,
    minDist: values.number('min-dist', { least: 0, most: 1 }) ?? minDist,
    perplexity: values.number('perplexity', { least: 1, most: 1e6 }) ?? perplexity,
    iterations: values.count('iterations', { least: 1 }) ?? null,
  };
}

/** @throws UsageError for too few points, or settings that do not fit them */
async function projected(points: ProjectedPoints, settings: ProjectionSettings, output: Output): Promise<Projection> {
  const { data, count, dims } = points;
  try {
    return await runProjection({ data, count, dims }, settings, (progress) => output.status?.(progressText(progress)));
  } catch (error) {
    if (error instanceof ProjectionError && ['too-few-points', 'invalid-setting'].includes(error.code)) {
      throw new UsageError(error.message);
    }
    throw error;
  } finally {
    output.status?.('');
  }
}

const STAGES: Readonly<Record<Progress['stage'], string>> = {
  reduce: 'principal components',
  neighbours: 'neighbours',
  optimise: 'placing',
  score: 'scoring',
};

const progressText = ({ stage, fraction }: Progress): string => `${STAGES[stage]} ${Math.floor(100 * fraction)} %`;

const csvOf = (points: ProjectedPoints, { coordinates, components }: Projection): string =>
  csvText(projectionData(points, coordinates, components));

async function writePoints(file: string, points: ProjectedPoints, projection: Projection): Promise<void> {
  await writeInPieces(file, async (write) => {
    if (file.toLowerCase().endsWith('.npz')) await writeNpz(projectionArrays(points, projection), write);
    else await write(new TextEncoder().encode(csvOf(points, projection)));
  });
}

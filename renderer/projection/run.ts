/** From points to a picture: the stages of a projection, told as they go on. */
import { nearestNeighbours } from './nearest.ts';
import { applyPca, pcaSteps } from './pca.ts';
import { preservationSteps } from './preservation.ts';
import { seededRandom } from './random.ts';
import { checkPoints, fittedSettings } from './settings.ts';
import { startFromPca } from './start.ts';
import { partOf } from './steps.ts';
import type { Steps } from './steps.ts';
import { tsneNeighbours, tsneSteps } from './tsne.ts';
import { ProjectionError } from './types.ts';
import type { Points, Progress, Projection, ProjectionSettings, Stage } from './types.ts';
import { umapSteps } from './umap.ts';

/** More points than this are reduced by PCA before UMAP or t-SNE, to so many dimensions. */
export const REDUCED_FROM = 10_000;
export const REDUCED_TO = 50;

/** Of the stage that reduces, what is left before the start is found. */
const REDUCTION = 0.9;

/** How long the work goes on, in milliseconds, before it tells and lets others on the same thread go on. */
const SLICE = 40;

type Placed = Pick<Projection, 'coordinates' | 'explained' | 'reducedTo' | 'pca'>;

/**
 * Projects points; the same points and settings give the same picture.
 * @param shouldStop asked some times a second
 * @throws ProjectionError `invalid-setting`, `too-few-points`, `not-finite`, and `stopped` where `shouldStop` said so
 */
export async function runProjection(
  points: Points,
  settings: ProjectionSettings,
  onProgress: (progress: Progress) => void = () => undefined,
  shouldStop: () => boolean = () => false,
): Promise<Projection> {
  const used = fittedSettings(settings, points);
  checkPoints(points, used.method);
  const pace = new Pace(onProgress, shouldStop);
  const placed = used.method === 'pca' ? await byPca(points, used, pace) : await byNeighbours(points, used, pace);
  const { method, components, seed } = used;
  const projected = { data: placed.coordinates, count: points.count, dims: components };
  const preservation = await pace.drive('score', preservationSteps(points, projected, { seed }));
  return { ...placed, method, components, preservation, used };
}

async function byPca(points: Points, { components }: ProjectionSettings, pace: Pace): Promise<Placed> {
  const pca = await pace.drive('reduce', pcaSteps(points, components));
  return { coordinates: applyPca(pca, points), explained: pca.explained, reducedTo: null, pca };
}

async function byNeighbours(given: Points, settings: ProjectionSettings, pace: Pace): Promise<Placed> {
  const { method, components, neighbours, perplexity, iterations, seed } = settings;
  const isReduced = given.count > REDUCED_FROM && given.dims > REDUCED_TO;
  const { points, start } = await pace.drive('reduce', reduceSteps(given, isReduced, components, seededRandom(seed)));
  const k = method === 'umap' ? neighbours - 1 : tsneNeighbours(points.count, perplexity);
  const nearest = await pace.drive('neighbours', nearestNeighbours(points, k));
  const layout =
    method === 'umap'
      ? umapSteps(nearest, start, settings)
      : tsneSteps(nearest, start, { components, perplexity, iterations: iterations ?? 0 });
  const coordinates = await pace.drive('optimise', layout);
  return { coordinates, explained: null, reducedTo: isReduced ? REDUCED_TO : null, pca: null };
}

/** One stage: the points with fewer dimensions, where they are too many, and where they start. */
function* reduceSteps(
  given: Points,
  isReduced: boolean,
  components: number,
  random: () => number,
): Steps<{ readonly points: Points; readonly start: Float64Array }> {
  if (!isReduced) return { points: given, start: yield* startFromPca(given, components, random) };
  const pca = yield* partOf(pcaSteps(given, REDUCED_TO), 0, REDUCTION);
  const points = { data: applyPca(pca, given), count: given.count, dims: pca.components };
  return { points, start: yield* partOf(startFromPca(points, components, random), REDUCTION, 1 - REDUCTION) };
}

/** Drives work: tells its progress, lets the thread's other tasks go on, and stops it. */
class Pace {
  readonly #tell: (progress: Progress) => void;
  readonly #shouldStop: () => boolean;
  #last = performance.now();

  constructor(tell: (progress: Progress) => void, shouldStop: () => boolean) {
    this.#tell = tell;
    this.#shouldStop = shouldStop;
  }

  async drive<Result>(stage: Stage, steps: Steps<Result>): Promise<Result> {
    this.#tell({ stage, fraction: 0 });
    await this.#rest();
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
      if (performance.now() - this.#last < SLICE) continue;
      this.#tell({ stage, fraction: value });
      await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#last = performance.now();
    if (this.#shouldStop()) throw new ProjectionError('stopped', 'The projection was stopped.');
  }
}

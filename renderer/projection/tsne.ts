/** t-SNE: exact (van der Maaten and Hinton 2008), and by Barnes and Hut's tree for many points (van der Maaten 2014). */
import type { Nearest } from './nearest.ts';
import type { Steps } from './steps.ts';
import { conditionalProbabilities } from './tsne-affinities.ts';
import { exactForces, treeForces } from './tsne-forces.ts';
import type { ForceField } from './tsne-forces.ts';

/** Up to so many points every force is computed. */
export const MOST_EXACT_POINTS = 2000;

/** Steps by default, and where there are very many points. */
const STEPS = 1000;
const STEPS_OF_MANY = 500;
const MANY_POINTS = 10_000;
/** The first steps, in which the attraction is multiplied so that clusters find together (section 3.4 of the first paper). */
const EXAGGERATED_STEPS = 250;
const EXAGGERATION = 12;
/** Standard deviation of the start. */
const START_SIZE = 1e-4;

export function tsneIterations(count: number): number {
  return count > MANY_POINTS ? STEPS_OF_MANY : STEPS;
}

/** Neighbours that attract a point: all others, or three times the perplexity where there are many points (second paper, section 4.1). */
export function tsneNeighbours(count: number, perplexity: number): number {
  return count <= MOST_EXACT_POINTS ? count - 1 : Math.min(count - 1, Math.ceil(3 * perplexity));
}

export interface TsneSettings {
  readonly components: number;
  readonly perplexity: number;
  readonly iterations: number;
}

/**
 * @param nearest of each point, as many as `tsneNeighbours` says
 * @param start [count, components] with standard deviation 1
 */
export function* tsneSteps(
  nearest: Nearest,
  start: Float64Array,
  { components, perplexity, iterations }: TsneSettings,
): Steps<Float32Array> {
  const conditional = yield* notTold(conditionalProbabilities(nearest, perplexity));
  const count = start.length / components;
  const field = (count <= MOST_EXACT_POINTS ? exactForces : treeForces)(nearest, conditional, components);
  const layout = start.map((value) => value * START_SIZE);
  const descent = new Descent(layout, Math.max(count / EXAGGERATION / 4, 50));
  for (let step = 0; step < iterations; step += 1) {
    // A short run is exaggerated for as large a part of it.
    const isEarly = step < Math.min(EXAGGERATED_STEPS, iterations / 4);
    descent.step(field, isEarly ? EXAGGERATION : 1, isEarly ? 0.5 : 0.8);
    yield (step + 1) / iterations;
  }
  centre(layout, components);
  return Float32Array.from(layout);
}

/** Work whose share of the whole is not worth telling. */
function* notTold<Result>(steps: Steps<Result>): Steps<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield 0;
  }
}

/** Gradient descent with momentum and a gain for each coordinate (Jacobs 1988), as the first paper's section 3.4 has it. */
class Descent {
  readonly #layout: Float64Array;
  readonly #rate: number;
  readonly #velocity: Float64Array;
  readonly #gains: Float64Array;

  constructor(layout: Float64Array, rate: number) {
    this.#layout = layout;
    this.#rate = rate;
    this.#velocity = new Float64Array(layout.length);
    this.#gains = new Float64Array(layout.length).fill(1);
  }

  step(field: ForceField, exaggeration: number, momentum: number): void {
    const { attraction, repulsion, normalisation } = field(this.#layout);
    const [gains, velocity] = [this.#gains, this.#velocity];
    for (let at = 0; at < velocity.length; at += 1) {
      const gradient = 4 * (exaggeration * attraction[at]! - repulsion[at]! / normalisation);
      gains[at] = Math.max(0.01, gradient * velocity[at]! < 0 ? gains[at]! + 0.2 : gains[at]! * 0.8);
      velocity[at] = momentum * velocity[at]! - this.#rate * gains[at]! * gradient;
      this.#layout[at]! += velocity[at]!;
    }
  }
}

function centre(layout: Float64Array, components: number): void {
  const count = layout.length / components;
  for (let axis = 0; axis < components; axis += 1) {
    let sum = 0;
    for (let at = axis; at < layout.length; at += components) sum += layout[at]!;
    for (let at = axis; at < layout.length; at += components) layout[at]! -= sum / count;
  }
}

/** Settings checked, and fitted to the number of points. */
import { leastPoints } from './least.ts';
import { tsneIterations } from './tsne.ts';
import { METHODS, ProjectionError } from './types.ts';
import type { Method, Points, ProjectionSettings } from './types.ts';

/** @throws ProjectionError `invalid-setting`, `too-few-points`, `not-finite` */
export function checkPoints({ data, count, dims }: Points, method: Method): void {
  if (data.length !== count * dims) {
    throw new ProjectionError('invalid-setting', `invalid points: ${data.length} numbers for ${count} × ${dims}`);
  }
  const least = leastPoints(method);
  if (count < least) {
    throw new ProjectionError('too-few-points', `${nameOf(method)} takes ${least} points or more; there are ${count}.`);
  }
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const place = `number ${wrong % dims} of point ${Math.floor(wrong / dims)}`;
    throw new ProjectionError('not-finite', `The points cannot be projected: ${place} is ${data[wrong]}.`);
  }
}

/**
 * The settings as they are used: no more neighbours, and no higher perplexity, than the points allow.
 * @throws ProjectionError `invalid-setting`
 */
export function fittedSettings(settings: ProjectionSettings, { count, dims }: Points): ProjectionSettings {
  const { method, components, seed, neighbours, minDist, perplexity, iterations } = settings;
  require('method', method, METHODS.includes(method));
  require('components', components, [2, 3].includes(components) && (method !== 'pca' || components <= dims));
  require('seed', seed, Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32);
  require('neighbours', neighbours, Number.isInteger(neighbours) && neighbours >= 2);
  require('minDist', minDist, minDist >= 0 && minDist <= 1);
  require('perplexity', perplexity, perplexity >= 1 && Number.isFinite(perplexity));
  require('iterations', iterations, iterations === null || (Number.isInteger(iterations) && iterations >= 1));
  return {
    ...settings,
    neighbours: Math.min(neighbours, count - 1),
    // Three times the perplexity are the neighbours that count.
    perplexity: Math.max(1, Math.min(perplexity, (count - 1) / 3)),
    iterations: method === 'tsne' ? (iterations ?? tsneIterations(count)) : iterations,
  };
}

function require(name: string, value: unknown, isRight: boolean): void {
  if (!isRight) throw new ProjectionError('invalid-setting', `invalid ${name}: ${String(value)}`);
}

function nameOf(method: Method): string {
  return { pca: 'PCA', umap: 'UMAP', tsne: 't-SNE' }[method];
}

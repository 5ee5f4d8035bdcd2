/** A projection for people, for programs, and as arrays. */
import type { Projection } from '../../renderer/projection/index.ts';
import type { PointMeaning, ProjectedPoints } from '../../renderer/view-models/projector.ts';
import type { NamedArray, NamedStrings } from '../../renderer/export/npz.ts';

export interface ProjectionReport {
  readonly model: string;
  readonly points: ProjectedPoints;
  readonly projection: Projection;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** How far the picture can be trusted, in a line or two. */
export function projectionText({ model, points, projection }: ProjectionReport): string {
  const { used, preservation, explained, reducedTo } = projection;
  const { score, trustworthiness, k, sampled } = preservation;
  const facts = [
    `${model} · ${points.count} points of ${points.dims} dimensions · ${used.method}, ${used.components}D`,
    `${percent(score)} of each point's ${k} nearest neighbours are kept` +
      (sampled < points.count ? `, counted at ${sampled} points` : '') +
      (trustworthiness === null ? '' : `; trustworthiness ${trustworthiness.toFixed(3)}`),
    explained === null
      ? null
      : `variance explained: ${explained.map(percent).join(' + ')} = ${percent(explained.reduce((sum, share) => sum + share, 0))}`,
    reducedTo === null ? null : `first reduced to ${reducedTo} principal components`,
  ];
  return `${facts.filter((fact) => fact !== null).join('\n')}\n`;
}

export function projectionJson({ model, points, projection }: ProjectionReport): string {
  const { used, explained, preservation, reducedTo } = projection;
  const { count, dims } = points;
  return `${JSON.stringify({ model, points: count, dims, settings: used, explained, preservation, reducedTo }, null, 2)}\n`;
}

/** The arrays of the `.npz`; numbers that a point does not have are NaN. */
export async function* projectionArrays(
  { data, count, dims, meanings }: ProjectedPoints,
  { coordinates, components, pca }: Projection,
): AsyncGenerator<NamedArray | NamedStrings> {
  const column = (name: string, of: (meaning: PointMeaning) => number | null): NamedArray => ({
    ...{ name, dims: [count], data: Float32Array.from(meanings, (meaning) => of(meaning) ?? NaN) },
  });
  yield { name: 'coordinates', data: coordinates, dims: [count, components] };
  yield { name: 'vectors', data, dims: [count, dims] };
  yield { name: 'labels', strings: meanings.map(({ label }) => label) };
  yield column('sentences', ({ sentence }) => sentence);
  yield column('positions', ({ position }) => position);
  yield column('layers', ({ layer }) => layer);
  yield column('ids', ({ id }) => id);
  if (pca === null) return;
  yield { name: 'mean', data: Float32Array.from(pca.mean), dims: [dims] };
  yield { name: 'axes', data: Float32Array.from(pca.axes), dims: [components, dims] };
  yield { name: 'explained', data: Float32Array.from(pca.explained), dims: [components] };
}

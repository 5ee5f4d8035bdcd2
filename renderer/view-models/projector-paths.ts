/** Paths of the embedding projector: the same token at one depth after another, in every place that it stands in. */
import { lineStyle } from '../figures/head-colours.ts';
import type { FigureTheme } from '../figures/theme.ts';
import type { PointMeaning, ProjectedPoints } from '../state/projected-points.ts';
import type { DataRow } from './data-file.ts';
import { cosineOf } from './projector.ts';

export interface PathLook {
  readonly colour: string;
  readonly dash: readonly number[] | null;
  /** One a point: its depth. */
  readonly words: readonly string[];
}

export interface TokenPath {
  readonly sentence: number;
  readonly position: number;
  /** First depth first. */
  readonly points: readonly number[];
  /** Of each depth, with the first path's point at that depth, before projection. */
  readonly cosines: readonly number[];
}

export interface TokenPaths {
  /** The chosen one first. */
  readonly paths: readonly TokenPath[];
  readonly layers: readonly number[];
  /** Places of the token that are left out, where there are very many. */
  readonly more: number;
}

/** More paths than these are not drawn: nobody could tell them apart. */
export const MOST_PATHS = 10;
const NO_PATHS: TokenPaths = { paths: [], layers: [], more: 0 };

/** @param chosen the point that the token is of; null and what is no token give no paths */
export function tokenPaths(points: ProjectedPoints, chosen: number | null): TokenPaths {
  const { meanings } = points;
  const of = chosen === null ? undefined : meanings[chosen];
  if (of === undefined || of.position === null || of.sentence === null) return NO_PATHS;
  const lines = [...linesOf(meanings, of.id).values()].filter((line) => line.length > 1);
  const own = lines.findIndex((line) => line.includes(chosen ?? -1));
  const first = lines[own];
  if (first === undefined) return NO_PATHS;
  const ordered = [first, ...lines.filter((_, at) => at !== own)];
  const paths = ordered.slice(0, MOST_PATHS).map((line) => {
    const { sentence, position } = meanings[line[0] ?? 0] ?? of;
    const cosines = line.map((point, depth) => cosineOf(points, first[depth] ?? point, point));
    return { sentence: sentence ?? 0, position: position ?? 0, points: line, cosines };
  });
  return { paths, layers: first.map((point) => meanings[point]?.layer ?? 0), more: ordered.length - paths.length };
}

function linesOf(meanings: readonly PointMeaning[], wanted: number | null): Map<string, number[]> {
  const found = new Map<string, number[]>();
  meanings.forEach(({ id, sentence, position }, point) => {
    if (id !== wanted) return;
    const key = `${sentence} ${position}`;
    const line = found.get(key);
    if (line === undefined) found.set(key, [point]);
    else line.push(point);
  });
  return found;
}

/** Colours and strokes that differ, and the depth at every point of them. */
export function pathLooks(
  { paths, layers }: TokenPaths,
  theme: FigureTheme,
  depthWord: (layer: number) => string,
): readonly PathLook[] {
  return paths.map((_, at) => ({ ...lineStyle(at, theme), words: layers.map(depthWord) }));
}

/** Every depth of every path as a row of data. */
export function pathData({ paths, layers }: TokenPaths): readonly DataRow[] {
  return paths.flatMap(({ sentence, position, cosines, points }) =>
    layers.map((layer, depth) => ({
      ...{ sentence, position, layer, point: points[depth] ?? null, cosineToFirst: cosines[depth] ?? null },
    })),
  );
}

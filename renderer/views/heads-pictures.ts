/** Pictures of heads as images: the pooled ones of all heads, and those of whole patterns, each at several sizes. */
import type { SiteSummary } from '../../electron/api/index.ts';
import { atlasRaster } from '../figures/atlas.ts';
import { colourScale, weightScale } from '../figures/colour-scale.ts';
import type { ColourScale } from '../figures/colour-scale.ts';
import { rasterise } from '../figures/raster.ts';
import { THEMES } from '../figures/theme.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { Lens } from '../state/lens.ts';
import { halved, weightLevels } from '../view-models/atlas-levels.ts';
import type { WeightLevel } from '../view-models/atlas-levels.ts';
import { largestWeight, pictureBytes } from '../view-models/heads.ts';
import { canvasOf } from './atlas-picture.ts';

/** A square picture that is a part of an image, one pixel a cell. */
export interface HeadImage {
  readonly image: HTMLCanvasElement;
  /** Its top left pixel. */
  readonly x: number;
  readonly y: number;
  readonly cells: number;
}

/** Of all heads, one image a size. */
export interface PooledLevel {
  readonly cells: number;
  /** Tokens a side of a cell. */
  readonly block: number;
  /** The weight 0…1 of a cell, as far as a byte tells. @param index layer · heads + head */
  weight(index: number, query: number, key: number): number;
  imageOf(index: number): HeadImage;
}

/** Pictures with fewer cells than this are never needed. */
const LEAST = 4;

/** The pooled pictures, finest first: each cell is the largest weight of what it stands for. */
export function pooledLevels(summary: SiteSummary, range: Lens['range'], theme: ThemeName): readonly PooledLevel[] {
  const { grid, block } = summary;
  const scale = colourScale(weightScale(), THEMES[theme]);
  const levels: PooledLevel[] = [];
  let cells = grid;
  let shown = pictureBytes(summary, range);
  let weights = new Uint8Array(summary.pictures);
  for (let times = 1; levels.length === 0 || cells >= LEAST; times *= 2) {
    levels.push(pooledLevel(summary, { cells, block: block * times, shown, weights }, scale));
    if (cells <= LEAST) break;
    shown = halvedAll(shown, cells);
    weights = halvedAll(weights, cells);
    cells = Math.ceil(cells / 2);
  }
  return levels;
}

interface PooledBytes {
  readonly cells: number;
  readonly block: number;
  /** u8 [head, cells, cells]: as coloured, and as √weight of 255. */
  readonly shown: Uint8Array;
  readonly weights: Uint8Array;
}

function pooledLevel({ layers, heads }: SiteSummary, bytes: PooledBytes, scale: ColourScale): PooledLevel {
  const { cells, block, shown, weights } = bytes;
  const image = canvasOf(atlasRaster({ pictures: shown, layers, heads, grid: cells }, scale));
  return {
    cells,
    block,
    weight: (index, query, key) => ((weights[(index * cells + query) * cells + key] ?? NaN) / 255) ** 2,
    imageOf: (index) => ({ image, x: (index % heads) * cells, y: Math.floor(index / heads) * cells, cells }),
  };
}

/** Every picture at half its size. */
function halvedAll(bytes: Uint8Array, cells: number): Uint8Array<ArrayBuffer> {
  const side = Math.ceil(cells / 2);
  const count = bytes.length / (cells * cells);
  const all = new Uint8Array(count * side * side);
  for (let index = 0; index < count; index += 1) {
    const picture = bytes.subarray(index * cells * cells, (index + 1) * cells * cells);
    all.set(halved(picture, cells, Uint8Array).values, index * side * side);
  }
  return all;
}

/** A whole pattern at one size. */
export interface FullLevel extends WeightLevel {
  readonly image: HeadImage;
}

/** A whole pattern as images, finest first, down to the size of the pooled picture. @param matrix [tokens, tokens] */
export function fullLevels(
  matrix: Float32Array,
  tokens: number,
  least: number,
  scale: ColourScale,
): readonly FullLevel[] {
  return weightLevels(matrix, tokens, least).map((level) => {
    const { cells, values } = level;
    return { ...level, image: { image: canvasOf(rasterise(values, cells, cells, scale)), x: 0, y: 0, cells } };
  });
}

/** The colours of a head's whole pattern, the same as of its pooled picture. */
export function patternScale(summary: SiteSummary, index: number, range: Lens['range'], theme: ThemeName): ColourScale {
  const place = { layer: Math.floor(index / summary.heads), head: index % summary.heads };
  const max = range === 'own' ? largestWeight(summary, place.layer, place.head) : 1;
  return colourScale(weightScale({ max: max > 0 ? max : 1 }), THEMES[theme]);
}

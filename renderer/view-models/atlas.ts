/** Where the pictures of the atlas lie, in px. */

export interface AtlasGeometry {
  readonly width: number;
  readonly height: number;
  /** Side of a picture, and from one picture to the next. */
  readonly tile: number;
  readonly pitch: number;
  x(head: number): number;
  y(layer: number): number;
  readonly headLabels: readonly { readonly index: number; readonly x: number }[];
  showsLayer(layer: number): boolean;
}

const LEFT = 20;
const TOP = 16;
const LARGEST = 44;
const SMALLEST = 8;
/** Least distance between two labels. */
const LABEL = 14;

/** Fits the pictures into the room (a height may be Infinity); no larger than 44 px, at least 8 px. */
export function atlasGeometry(layers: number, heads: number, width: number, height: number): AtlasGeometry {
  const fit = Math.min((width - LEFT) / heads, (height - TOP) / layers);
  const pitch = Math.max(SMALLEST + 1, Math.min(LARGEST, Math.floor(fit)));
  const gap = pitch >= 24 ? 3 : pitch >= 14 ? 2 : 1;
  const step = Math.max(1, Math.ceil(LABEL / pitch));
  const x = (head: number): number => LEFT + head * pitch;
  const y = (layer: number): number => TOP + layer * pitch;
  const tile = pitch - gap;
  const shown = Array.from({ length: heads }, (_, index) => index).filter((index) => index % step === 0);
  return {
    width: LEFT + heads * pitch,
    height: TOP + layers * pitch,
    tile,
    pitch,
    x,
    y,
    headLabels: shown.map((index) => ({ index, x: x(index) + tile / 2 })),
    showsLayer: (layer) => layer % step === 0,
  };
}

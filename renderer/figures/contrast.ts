/** Words on a coloured ground. */
import { rgb } from 'd3';

/** Relative luminance of an opaque colour, 0 (black) … 1 (white): WCAG 2.2, “relative luminance”. */
export function luminance(colour: string): number {
  const linear = (channel: number): number => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const { r, g, b } = rgb(colour);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Black or white, whichever reads better on an opaque colour: at least 4.58:1 on any. */
export function inkOn(ground: string): '#000000' | '#FFFFFF' {
  const light = luminance(ground) + 0.05;
  return light / 0.05 >= 1.05 / light ? '#000000' : '#FFFFFF';
}

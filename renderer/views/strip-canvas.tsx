/** A vector as a row of colours: one pixel a number, stretched to its place. */
import { useLayoutEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { THEMES } from '../figures/theme.ts';
import type { ThemeName } from '../figures/theme.ts';
import { stripTable } from '../figures/vector-strip.ts';
import type { StripHue } from '../figures/vector-strip.ts';
import { useTheme } from './context.tsx';

interface StripCanvasProps {
  readonly values: Float32Array;
  readonly hue: StripHue;
  /** Magnitude with the full colour; 0 or less: all numbers are 0. */
  readonly reach: number;
}

/** Decoration: the numbers are in words beside it. */
export function StripCanvas({ values, hue, reach }: StripCanvasProps): ReactElement {
  const theme = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null && values.length > 0) paint(canvas.current, values, reach, tableOf(hue, theme));
  }, [values, hue, reach, theme]);
  return <canvas ref={canvas} className="strip-canvas" aria-hidden="true" />;
}

const TABLES = new Map<string, Uint8ClampedArray>();

function tableOf(hue: StripHue, theme: ThemeName): Uint8ClampedArray {
  const key = `${hue} ${theme}`;
  const known = TABLES.get(key) ?? stripTable(hue, THEMES[theme]);
  TABLES.set(key, known);
  return known;
}

function paint(canvas: HTMLCanvasElement, values: Float32Array, reach: number, table: Uint8ClampedArray): void {
  canvas.width = values.length;
  canvas.height = 1;
  const image = new ImageData(values.length, 1);
  values.forEach((value, index) => {
    const position = reach > 0 ? Math.min(1, Math.max(0, 0.5 + (0.5 * value) / reach)) : 0.5;
    const entry = Math.round((Number.isFinite(position) ? position : 0.5) * 255) * 4;
    image.data.set(table.subarray(entry, entry + 4), index * 4);
  });
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

/** Paints the lines of a token flow on a canvas, in the same places and colours as the figure's own SVG would have them. */
import { lineStyle } from '../figures/head-colours.ts';
import { THEMES } from '../figures/theme.ts';
import type { TokenFlowInput } from '../figures/token-flow-input.ts';
import { drawnLine } from '../figures/token-flow-layout.ts';
import type { DrawnLine, FlowLayout } from '../figures/token-flow-layout.ts';
import { prepare } from './paint.ts';

/** All bundled lines of the figure. */
export function paintFlow(canvas: HTMLCanvasElement, input: TokenFlowInput, layout: FlowLayout): void {
  const { lines } = layout;
  paintLines(
    canvas,
    input,
    layout,
    Array.from({ length: lines.count }, (_, index) => drawnLine(layout, index)),
  );
}

/** Some lines; the canvas has the size of the whole figure and is cleared. */
export function paintLines(
  canvas: HTMLCanvasElement,
  input: TokenFlowInput,
  layout: FlowLayout,
  lines: readonly DrawnLine[],
): void {
  const context = prepare(canvas, layout.width, layout.height);
  if (context === null) return;
  const styles = input.sets.map(({ style }) => lineStyle(style, THEMES[input.theme]));
  const { x, width } = layout.panel;
  const middle = x + width / 2;
  for (const line of lines) {
    const style = styles[line.set];
    if (style === undefined) continue;
    context.strokeStyle = style.colour;
    context.globalAlpha = line.opacity;
    context.lineWidth = line.width;
    context.setLineDash(style.dash === null ? [] : [...style.dash]);
    context.beginPath();
    context.moveTo(x, line.y0);
    context.bezierCurveTo(middle, line.y0, middle, line.y1, x + width, line.y1);
    context.stroke();
  }
}

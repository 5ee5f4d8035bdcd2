/** The tokens of one large head of the atlas: queries beside it, keys above it, at the edges of what is seen. */
import type { Rect } from '../figures/legend.ts';
import { fitText, textWidth } from '../figures/text.ts';
import type { FigureTheme } from '../figures/theme.ts';
import { MONO_FONT } from '../figures/theme.ts';

export interface TokenLabels {
  /** Where the head's picture is drawn, in px. */
  readonly box: Rect;
  /** One a query and key. */
  readonly labels: readonly string[];
  /** The token of the selected query and of the key; −1: none. */
  readonly query: number;
  readonly key: number;
}

const SIZE = 11;
/** Tokens are named from this size of a cell on, in px. */
export const NAMED_CELL = 12;
/** The most room that labels take from what is seen, in px. */
const MOST = 96;

/** Labels stand outside the picture where there is room, else over its edge, on a ground of their own. */
export function drawTokenLabels(
  context: CanvasRenderingContext2D,
  tokens: TokenLabels,
  inner: Rect,
  theme: FigureTheme,
): void {
  const { box, labels } = tokens;
  const cell = box.width / labels.length;
  const seen = (start: number, from: number, to: number): { first: number; last: number } => ({
    first: Math.max(0, Math.floor((from - start) / cell)),
    last: Math.min(labels.length, Math.ceil((to - start) / cell)) - 1,
  });
  const rows = seen(box.y, inner.y, inner.y + inner.height);
  const columns = seen(box.x, inner.x, inner.x + inner.width);
  const reach = ({ first, last }: { first: number; last: number }): number => {
    const widths = labels.slice(first, last + 1).map((text) => textWidth(text, SIZE, 'mono'));
    return Math.min(MOST, Math.max(0, ...widths)) + 8;
  };
  const [left, top] = [reach(rows), reach(columns)];
  const x = Math.max(inner.x, box.x - left);
  const y = Math.max(inner.y, box.y - top);
  context.font = `400 ${SIZE}px ${MONO_FONT}`;
  context.textBaseline = 'middle';
  const ground = (area: Rect): void => {
    context.globalAlpha = 0.88;
    context.fillStyle = theme.ground;
    context.fillRect(area.x, area.y, area.width, area.height);
    context.globalAlpha = 1;
  };
  ground({ x, y: Math.max(inner.y, box.y), width: left, height: Math.min(box.height, inner.height) });
  ground({ x: Math.max(inner.x, box.x), y, width: Math.min(box.width, inner.width), height: top });
  context.textAlign = 'right';
  for (let row = rows.first; row <= rows.last; row += 1) {
    const middle = box.y + (row + 0.5) * cell;
    // Where the keys stand there is no room for a query.
    if (middle < y + top && y > box.y - top + 1) continue;
    context.fillStyle = row === tokens.query ? theme.queryText : theme.grey;
    context.fillText(fitText(labels[row] ?? '', MOST, SIZE, 'mono'), x + left - 4, middle);
  }
  context.textAlign = 'left';
  for (let column = columns.first; column <= columns.last; column += 1) {
    const middle = box.x + (column + 0.5) * cell;
    if (middle < x + left && x > box.x - left + 1) continue;
    context.save();
    context.translate(middle, y + top - 4);
    context.rotate(-Math.PI / 2);
    context.fillStyle = column === tokens.key ? theme.keyText : theme.grey;
    context.fillText(fitText(labels[column] ?? '', MOST, SIZE, 'mono'), 0, 0);
    context.restore();
  }
}

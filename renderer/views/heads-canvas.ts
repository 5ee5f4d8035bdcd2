/** Draws the large atlas as it is seen now: pictures, marks and labels, all from what is kept. Nothing is computed a frame but places. */
import { toRoom } from '../components/zoom.ts';
import type { Zoom } from '../components/zoom.ts';
import type { Rect } from '../figures/legend.ts';
import { fitText, textWidth } from '../figures/text.ts';
import { MONO_FONT, WORD_FONT } from '../figures/theme.ts';
import type { FigureTheme } from '../figures/theme.ts';
import type { HeadPlace } from '../state/selection.ts';
import { HEADING, LABEL } from '../view-models/atlas-layout.ts';
import type { HeadsLayout, HeadSpot } from '../view-models/atlas-layout.ts';
import { drawTokenLabels } from './heads-canvas-tokens.ts';
import type { TokenLabels } from './heads-canvas-tokens.ts';
import type { HeadImage } from './heads-pictures.ts';
import type { HeadMark } from './use-head-pointer.ts';

export interface HeadsScene {
  readonly layout: HeadsLayout;
  /** Size of the canvas in px, and the part of it that the heads are seen in. */
  readonly width: number;
  readonly height: number;
  readonly inner: Rect;
  readonly theme: FigureTheme;
  /** How many heads a layer has. */
  readonly heads: number;
  /** The picture of a head that is so many px of the screen wide. */
  imageOf(index: number, pixels: number): HeadImage;
  markOf(index: number): HeadMark;
  /** Above a head, where heads flow. */
  labelOf(index: number): string;
  headingOf(section: number): string;
  /** Labels of one head's tokens; null where no head is large enough. */
  tokensOf(zoom: Zoom): TokenLabels | null;
}

const SIZE = 11;
export const MONO = `400 ${SIZE}px ${MONO_FONT}`;
const BOLD = `700 ${SIZE}px ${MONO_FONT}`;
const NAME_SIZE = 12;
const WORDS = `600 ${NAME_SIZE}px ${WORD_FONT}`;

/** Where a head's picture is drawn, in px. */
export function boxOfSpot({ x, y }: HeadSpot, zoom: Zoom): Rect {
  const place = toRoom(zoom, { x, y });
  return { ...place, width: zoom.scale, height: zoom.scale };
}

/** @param focused the head that the keyboard is on */
export function drawHeads(canvas: HTMLCanvasElement, zoom: Zoom, scene: HeadsScene, focused: HeadPlace | null): void {
  const context = prepared(canvas, scene);
  if (context === null) return;
  const { inner, layout } = scene;
  const seen = layout.spots.filter((spot) => overlaps(boxOfSpot(spot, zoom), inner));
  context.save();
  context.beginPath();
  context.rect(inner.x, inner.y, inner.width, inner.height);
  context.clip();
  context.imageSmoothingEnabled = false;
  const density = window.devicePixelRatio || 1;
  for (const spot of seen) {
    drawImage(context, scene.imageOf(spot.index, zoom.scale * density), boxOfSpot(spot, zoom), inner);
  }
  for (const spot of seen) drawMark(context, scene, spot, zoom);
  const inFocus = focused === null ? -1 : focused.layer * scene.heads + focused.head;
  for (const spot of seen) if (spot.index === inFocus) drawFocus(context, scene.theme, boxOfSpot(spot, zoom));
  if (layout.isFlow) drawFlowLabels(context, scene, seen, zoom);
  const tokens = scene.tokensOf(zoom);
  if (tokens !== null) drawTokenLabels(context, tokens, inner, scene.theme);
  context.restore();
  if (!layout.isFlow) drawEdgeLabels(context, scene, zoom);
}

function prepared(canvas: HTMLCanvasElement, { width, height }: HeadsScene): CanvasRenderingContext2D | null {
  const density = window.devicePixelRatio || 1;
  const [across, down] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d');
  context?.setTransform(density, 0, 0, density, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y;
}

/** Only the cells that are seen: a picture can be far larger than the screen. */
function drawImage(context: CanvasRenderingContext2D, { image, x, y, cells }: HeadImage, box: Rect, inner: Rect): void {
  const cell = box.width / cells;
  const first = (start: number, from: number): number => Math.max(0, Math.floor((from - start) / cell));
  const end = (start: number, to: number): number => Math.min(cells, Math.ceil((to - start) / cell));
  const [left, right] = [first(box.x, inner.x), end(box.x, inner.x + inner.width)];
  const [top, bottom] = [first(box.y, inner.y), end(box.y, inner.y + inner.height)];
  const [across, down] = [right - left, bottom - top];
  if (across <= 0 || down <= 0) return;
  const place = [box.x + left * cell, box.y + top * cell, across * cell, down * cell] as const;
  context.drawImage(image, x + left, y + top, across, down, ...place);
}

/** The selected head in a frame of its own colour; those chosen beside it dashed, with a corner, so not told by colour alone. */
function drawMark(context: CanvasRenderingContext2D, scene: HeadsScene, spot: HeadSpot, zoom: Zoom): void {
  const mark = scene.markOf(spot.index);
  if (mark === null) return;
  const { x, y, width } = boxOfSpot(spot, zoom);
  const { theme } = scene;
  context.lineWidth = mark === 'on' ? 3 : 2;
  context.strokeStyle = mark === 'on' ? theme.selection : theme.ink;
  context.setLineDash(mark === 'on' ? [] : [5, 3]);
  context.strokeRect(x - 1.5, y - 1.5, width + 3, width + 3);
  context.setLineDash([]);
  if (mark === 'on') return;
  context.fillStyle = theme.ink;
  context.beginPath();
  context.moveTo(x + width - 8, y);
  context.lineTo(x + width, y);
  context.lineTo(x + width, y + 8);
  context.fill();
}

function drawFocus(context: CanvasRenderingContext2D, theme: FigureTheme, { x, y, width }: Rect): void {
  context.lineWidth = 2;
  context.strokeStyle = theme.accent;
  context.strokeRect(x - 5, y - 5, width + 10, width + 10);
}

/** Each head's place in the model above it, and the names of the groups. */
function drawFlowLabels(
  context: CanvasRenderingContext2D,
  scene: HeadsScene,
  seen: readonly HeadSpot[],
  zoom: Zoom,
): void {
  const { theme } = scene;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  if (LABEL * zoom.scale >= SIZE) {
    for (const spot of seen) {
      const { x, y, width } = boxOfSpot(spot, zoom);
      const isOn = scene.markOf(spot.index) === 'on';
      context.font = isOn ? BOLD : MONO;
      context.fillStyle = isOn ? theme.ink : theme.grey;
      context.fillText(fitText(scene.labelOf(spot.index), width * 1.1, SIZE, 'mono'), x, y - 4);
    }
  }
  drawHeadings(context, scene, zoom);
}

function drawHeadings(context: CanvasRenderingContext2D, scene: HeadsScene, zoom: Zoom): void {
  const { theme, layout, inner } = scene;
  context.font = WORDS;
  const room = HEADING * zoom.scale;
  for (const { section, x, y, width } of layout.headings) {
    const place = { ...toRoom(zoom, { x, y }), width: width * zoom.scale, height: room };
    if (!overlaps(place, inner)) continue;
    context.fillStyle = theme.line;
    context.fillRect(place.x, place.y, place.width, 1);
    if (room < 14) continue;
    const text = fitText(scene.headingOf(section), Math.max(place.width, 24), NAME_SIZE, 'word');
    // The name stays in view as long as it has room on its line.
    const last = Math.max(place.x, place.x + place.width - textWidth(text, NAME_SIZE, 'word', true));
    context.fillStyle = theme.ink;
    context.fillText(
      text,
      Math.min(last, Math.max(place.x, inner.x + 4)),
      place.y + room - Math.min(6, (room - 12) / 2),
    );
  }
}

/** Layers on the left and heads above, at the edges wherever one looks; as many as there is room for. */
function drawEdgeLabels(context: CanvasRenderingContext2D, scene: HeadsScene, zoom: Zoom): void {
  const { layout, heads, inner, theme } = scene;
  const selected = layout.spots.find(({ index }) => scene.markOf(index) === 'on')?.index ?? -1;
  context.textBaseline = 'middle';
  const label = (text: string, isOn: boolean, x: number, y: number): void => {
    context.font = isOn ? BOLD : MONO;
    context.fillStyle = isOn ? theme.ink : theme.grey;
    context.fillText(text, x, y);
  };
  const step = Math.max(1, Math.ceil(16 / (zoom.scale * 1.1)));
  context.textAlign = 'center';
  for (const { index, x } of layout.spots.slice(0, heads)) {
    const middle = clampedMiddle(toRoom(zoom, { x, y: 0 }).x, zoom.scale, inner.x, inner.width);
    if (middle !== null && index % step === 0) label(String(index), index === selected % heads, middle, inner.y - 9);
  }
  context.textAlign = 'right';
  for (const [layer, row] of layout.rows.entries()) {
    const spot = layout.spots[row[0] ?? 0];
    if (spot === undefined || layer % step !== 0) continue;
    const middle = clampedMiddle(toRoom(zoom, spot).y, zoom.scale, inner.y, inner.height);
    if (middle !== null) label(String(layer), layer === Math.floor(selected / heads), inner.x - 7, middle);
  }
}

/** The middle of the part of a picture that is seen; null where less than a label of it is. */
function clampedMiddle(start: number, length: number, from: number, room: number): number | null {
  const low = Math.max(start, from);
  const high = Math.min(start + length, from + room);
  return high - low < Math.min(length / 2, SIZE) ? null : (low + high) / 2;
}

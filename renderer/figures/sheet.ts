/** Finished figures on one sheet of a given width: a title, panels with letters, a caption. */
import { select } from 'd3';
import { drawFrame, NAMESPACE } from './frame.ts';
import { placeLine } from './heading.ts';
import { round } from './legend.ts';
import { wrapText } from './text.ts';
import { THEMES } from './theme.ts';
import type { ThemeName } from './theme.ts';

export interface SheetInput {
  /** Finished figures with ids of their own; they become part of the result. */
  readonly panels: readonly SVGSVGElement[];
  /** In px; panels share it. */
  readonly width: number;
  /** Least height in px, for slides; left out: as high as it needs. */
  readonly height?: number | undefined;
  readonly columns: number;
  /** Empty ones take no room. */
  readonly title: string;
  readonly caption: string;
  /** Size of the caption in px; the title is larger. */
  readonly type: number;
  readonly theme: ThemeName;
  readonly id?: string;
}

const PX_PER_MM = 96 / 25.4;
export const mmToPx = (mm: number): number => mm * PX_PER_MM;

export interface Sheet {
  readonly svg: SVGSVGElement;
  /** The least size of type on the sheet, in points; null: there is no text. */
  readonly leastType: number | null;
}

/**
 * Each panel is made as wide as its column, never larger than it is.
 * @throws RangeError `invalid panels: none`, `invalid columns: …`
 */
export function sheet(input: SheetInput, { document }: { readonly document: Document }): Sheet {
  const { panels, columns, type, width } = input;
  if (panels.length === 0) throw new RangeError('invalid panels: none');
  if (!(columns >= 1)) throw new RangeError(`invalid columns: ${columns}`);
  const theme = THEMES[input.theme];
  const pad = type;
  const room = width - 2 * pad;
  const cell = (room - pad * (columns - 1)) / columns;
  const element = document.createElementNS(NAMESPACE, 'svg');
  const svg = select<SVGSVGElement, unknown>(element);
  const titles = wrapText(input.title, room, type * 1.3, true);
  const lettered = panels.length > 1;
  let y = pad + titles.length * type * 1.3 * 1.35;
  let leastType = Infinity;
  const placed = rowsOf(panels, columns).flatMap((row) => {
    const letters = lettered ? type * 1.6 : 0;
    const sizes = row.map((panel) => sizeIn(panel, cell));
    const row0 = y;
    y += letters + Math.max(...sizes.map(({ height }) => height)) + pad;
    return row.map((panel, at) => ({ panel, size: sizes[at]!, x: pad + at * (cell + pad), y: row0 + letters }));
  });
  const captions = wrapText(input.caption, room, type);
  const height = Math.ceil(
    Math.max(input.height ?? 0, y + captions.length * type * 1.4 + (captions.length > 0 ? pad / 2 : 0)),
  );
  const names = [input.title, input.caption];
  drawFrame(
    svg,
    { width: round(width), height },
    { id: input.id ?? 'sheet', names, unnamed: 'Figure', description: `${panels.length} panels` },
  );
  svg.append('rect').attr('width', round(width)).attr('height', height).attr('fill', theme.panel);
  titles.forEach((text, at) => {
    const line = { x: pad, y: pad + type * 1.3 * (0.95 + 1.35 * at), text, anchor: 'start' as const };
    placeLine(svg, line, round(type * 1.3), theme.ink).attr('font-weight', 600);
  });
  placed.forEach(({ panel, size, x, y: top }, at) => {
    if (lettered)
      placeLine(
        svg,
        { x, y: top - type * 0.4, text: letterOf(at), anchor: 'start' },
        round(type * 1.2),
        theme.ink,
      ).attr('font-weight', 600);
    for (const text of panel.querySelectorAll('[font-size]'))
      leastType = Math.min(leastType, Number.parseFloat(text.getAttribute('font-size') ?? '') * size.scale || Infinity);
    own(panel, `p${at}-`);
    for (const [name, value] of Object.entries({ x, y: top, width: size.width, height: size.height }))
      panel.setAttribute(name, String(round(value)));
    element.appendChild(panel);
  });
  captions.forEach((text, at) => {
    placeLine(svg, { x: pad, y: y + type * (0.95 + 1.4 * at), text, anchor: 'start' }, round(type), theme.ink);
  });
  return { svg: element, leastType: Number.isFinite(leastType) ? leastType * 0.75 : null };
}

/** a, b, … z, a1, b1 … */
function letterOf(at: number): string {
  const letter = String.fromCharCode(97 + (at % 26));
  return at < 26 ? letter : `${letter}${Math.floor(at / 26)}`;
}

function rowsOf<T>(items: readonly T[], columns: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / columns);
  return Array.from({ length: count }, (_, row) => items.slice(row * columns, (row + 1) * columns));
}

function sizeIn(panel: SVGSVGElement, cell: number): { width: number; height: number; scale: number } {
  const [width, height] = [Number(panel.getAttribute('width')), Number(panel.getAttribute('height'))];
  const scale = Math.min(1, cell / width);
  return { width: width * scale, height: height * scale, scale };
}

/** Gives the ids inside a figure a prefix, so that two of the same kind do not share gradients. */
function own(panel: SVGSVGElement, prefix: string): void {
  const ids = new Set<string>();
  for (const each of panel.querySelectorAll('[id]')) {
    const id = each.getAttribute('id') ?? '';
    ids.add(id);
    each.setAttribute('id', prefix + id);
  }
  for (const each of [panel, ...panel.querySelectorAll('*')]) {
    for (const { name, value } of [...each.attributes]) {
      const renamed =
        name === 'aria-labelledby'
          ? value
              .split(' ')
              .map((id) => (ids.has(id) ? prefix + id : id))
              .join(' ')
          : value.replace(/url\(#([^)]+)\)/g, (whole, id: string) => (ids.has(id) ? `url(#${prefix}${id})` : whole));
      if (renamed !== value) each.setAttribute(name, renamed);
    }
  }
}

/** Takes a figure's colour legend away where it stands below everything else, and the room that it had. */
export function withoutLegend(svg: SVGSVGElement): void {
  for (const each of [...svg.querySelectorAll('svg'), svg]) {
    const group = [...each.children].find((child) => child.getAttribute('class') === 'legend');
    const y = Number(/translate\([^,]+,\s*([\d.]+)\)/.exec(group?.getAttribute('transform') ?? '')?.[1]);
    const [width, height] = [each.getAttribute('width') ?? '', Number(each.getAttribute('height'))];
    if (!group || !(y > height / 2)) continue;
    group.remove();
    if (each !== svg) continue;
    const background = [...each.children].find(
      (child) => child.localName === 'rect' && child.getAttribute('height') === String(height),
    );
    background?.setAttribute('height', String(round(y)));
    each.setAttribute('height', String(round(y)));
    each.setAttribute('viewBox', `0 0 ${width} ${round(y)}`);
  }
}

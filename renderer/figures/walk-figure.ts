/** The computation of one token at a station as a detached SVG element: heading, formula, blocks below each other, legend. */
import { select } from 'd3';
import type { Selection } from 'd3';
import { colourScale, weightScale } from './colour-scale.ts';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeHeading } from './heading.ts';
import type { Heading } from './heading.ts';
import { defineMasked, placeRect } from './legend.ts';
import { cleanText } from './text.ts';
import { THEMES } from './theme.ts';
import { drawFormulas, placeFormulas } from './walk-formula.ts';
import type { PlacedFormula } from './walk-formula.ts';
import { checkWalk } from './walk-input.ts';
import type { WalkBlock, WalkFigureInput, WalkFigureOptions } from './walk-input.ts';
import { drawKeys, keysHeight } from './walk-keys.ts';
import { drawFacts, drawHeads, drawNote, drawWalkLegend, factsHeight, headsHeight } from './walk-parts.ts';
import { noteHeight, walkLegendHeight } from './walk-parts.ts';
import { penOf, placeWords, wordSize } from './walk-pen.ts';
import type { Group, Pen } from './walk-pen.ts';
import { drawProducts, drawVector, productsHeight, vectorHeight } from './walk-vectors.ts';

export type * from './walk-input.ts';

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

/** In px at unit 1. */
const PAD = 16;
const MARK = 26;

/**
 * Draws one token's computation.
 * @returns a detached `<svg>` of the width asked for and as high as its blocks, with text as text
 * @throws RangeError `invalid <name>: …` for blocks that do not fit together
 */
export function walkFigure(input: WalkFigureInput, options: WalkFigureOptions): SVGSVGElement {
  checkWalk(input);
  const theme = THEMES[input.theme];
  const unit = input.textScale ?? 1;
  const id = input.id ?? 'walk';
  const pad = PAD * unit;
  const width = input.width * unit;
  const room = width - 2 * pad;
  const pen = penOf({ theme, unit, width: room, id }, options.encodeRaster);
  const heading = headingOf(input, { unit, pad, room });
  const formula = placeFormulas(input.formulas, room, 14 * unit);
  const top = heading.bottom + 8 * unit;
  const height = Math.ceil(top + bodyHeight(input, formula, pen) + pad);

  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg: Svg = select<SVGSVGElement, unknown>(element);
  drawFrame(
    svg,
    { width, height },
    { id, names: [input.title, input.subtitle], unnamed: 'Walk', description: describe(input) },
  );
  svg.append('rect').attr('width', width).attr('height', height).attr('fill', theme.panel);
  defineMasked(svg, colourScale(weightScale(), theme), id);
  drawHeading(svg, heading, theme, unit);
  drawBody(svg.append('g').attr('transform', `translate(${pad},0)`), input, formula, top, pen);
  return element;
}

/** The subtitle always has a line of its own: it is long, and in another font than ours it would run into the title. */
function headingOf(
  { title, subtitle }: WalkFigureInput,
  place: { readonly unit: number; readonly pad: number; readonly room: number },
): Heading {
  const above = placeHeading(title, '', place);
  const below = placeHeading('', subtitle, place);
  const down = title === '' ? 0 : above.bottom - place.pad - 2 * place.unit;
  const subtitleLines = below.subtitleLines.map((line) => ({ ...line, y: line.y + down }));
  return { ...above, subtitleLines, right: Math.max(above.right, below.right), bottom: below.bottom + down };
}

function describe({ blocks, mark }: WalkFigureInput): string {
  const keys = blocks.flatMap((block) => (block.kind === 'keys' ? block.rows : []));
  const vectors = blocks.flatMap((block) => (block.kind === 'vector' ? [block.name] : []));
  const parts = [
    mark,
    keys.length === 0 ? '' : `${keys.length} keys.`,
    vectors.length === 0 ? '' : `${vectors.join('; ')}.`,
  ];
  return cleanText(parts.filter((part) => part !== '').join(' '));
}

function bodyHeight({ mark, blocks, legend }: WalkFigureInput, formula: PlacedFormula, pen: Pen): number {
  const marked = mark === '' ? 0 : MARK * pen.unit;
  const body = blocks.reduce((sum, block) => sum + blockHeight(block, pen), 0);
  return marked + formulaRoom(formula, pen) + body + walkLegendHeight(legend, pen);
}

function formulaRoom({ rows, height }: PlacedFormula, { unit }: Pen): number {
  return rows.length === 0 ? 0 : height + 10 * unit;
}

function drawBody(group: Group, input: WalkFigureInput, formula: PlacedFormula, top: number, pen: Pen): void {
  const { theme, unit } = pen;
  let y = top;
  if (input.mark !== '') {
    placeRect(group.append('rect'), { x: 0, y, width: 3 * unit, height: 18 * unit }).attr('fill', theme.selection);
    const place = { x: 11 * unit, y: y + 13 * unit, colour: theme.ink, size: wordSize(pen), bold: true };
    placeWords(group, input.mark, place, pen);
    y += MARK * unit;
  }
  drawFormulas(group, formula, { x: 0, y }, theme);
  y += formulaRoom(formula, pen);
  for (const block of input.blocks) {
    drawBlock(group.append('g').attr('class', block.kind), block, y, pen);
    y += blockHeight(block, pen);
  }
  drawWalkLegend(group.append('g').attr('class', 'legend'), input.legend, y, pen);
}

function blockHeight(block: WalkBlock, pen: Pen): number {
  switch (block.kind) {
    case 'vector':
      return vectorHeight(block, pen);
    case 'products':
      return productsHeight(block, pen);
    case 'keys':
      return keysHeight(block, pen);
    case 'heads':
      return headsHeight(block, pen);
    case 'facts':
      return factsHeight(block, pen);
    case 'note':
      return noteHeight(block, pen);
  }
}

function drawBlock(group: Group, block: WalkBlock, y: number, pen: Pen): void {
  switch (block.kind) {
    case 'vector':
      drawVector(group, block, y, pen);
      return;
    case 'products':
      drawProducts(group, block, y, pen);
      return;
    case 'keys':
      drawKeys(group, block, y, pen);
      return;
    case 'heads':
      drawHeads(group, block, y, pen);
      return;
    case 'facts':
      drawFacts(group, block, y, pen);
      return;
    case 'note':
      drawNote(group, block, y, pen);
  }
}

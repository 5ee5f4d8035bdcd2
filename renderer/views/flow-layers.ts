/** The layers of the head view: all lines painted once, above them those that stand out, and the words in SVG. */
import { useCallback, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { FlowTarget } from '../figures/token-flow-hit.ts';
import type { TokenFlowInput } from '../figures/token-flow-input.ts';
import { chosenToken, drawnLine, drawnTokenLine } from '../figures/token-flow-layout.ts';
import type { DrawnLine, FlowLayout } from '../figures/token-flow-layout.ts';
import { tokenLines } from '../figures/token-flow-lines.ts';
import type { FlowCells, TokenLine } from '../figures/token-flow-lines.ts';
import { FAINT, tokenFlow, tokenFlowMarks } from '../figures/token-flow.ts';
import type { FlowMarks } from '../figures/token-flow.ts';
import { paintFlow, paintLines } from './flow-paint.ts';

/** What is drawn, and where. */
export interface FlowDrawing {
  readonly input: TokenFlowInput;
  readonly cells: FlowCells;
  readonly layout: FlowLayout;
}

export interface FlowLayers {
  readonly base: RefObject<HTMLCanvasElement | null>;
  readonly over: RefObject<HTMLCanvasElement | null>;
  readonly drawn: RefObject<HTMLDivElement | null>;
  readonly marks: RefObject<SVGSVGElement | null>;
  readonly tooltip: RefObject<HTMLDivElement | null>;
  /** Makes the lines of a target stand out; null: those of the selected token. */
  readonly show: (target: FlowTarget | null) => void;
}

/** The figure's layers: all lines are painted once, what stands out on a canvas above them. */
export function useFlowLayers(drawing: FlowDrawing): FlowLayers {
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<HTMLDivElement>(null);
  const marks = useRef<SVGSVGElement>(null);
  const tooltip = useRef<HTMLDivElement>(null);
  const { input, layout } = drawing;
  const show = useCallback(
    (target: FlowTarget | null) => {
      const { lines, named } = emphasised(drawing, target);
      if (base.current !== null) base.current.style.opacity = lines === null ? '' : String(FAINT);
      if (over.current !== null) paintLines(over.current, drawing.input, drawing.layout, lines ?? []);
      marks.current?.replaceChildren(tokenFlowMarks(drawing.layout, drawing.input, named, { document }));
    },
    [drawing],
  );
  useLayoutEffect(() => {
    if (base.current !== null) paintFlow(base.current, input, layout);
  }, [input, layout]);
  useLayoutEffect(() => {
    const svg = tokenFlow(input, { document, lines: 'omit', layout, cells: drawing.cells });
    // The surface itself has the name and the readout; the figure's own would be read twice.
    svg.setAttribute('aria-hidden', 'true');
    drawn.current?.replaceChildren(svg);
    // Another figure is drawn now, without a pointer.
    if (tooltip.current !== null) tooltip.current.hidden = true;
    show(null);
  }, [input, layout, drawing, show]);
  return { base, over, drawn, marks, tooltip, show };
}

/** So many tokens at the other end are named while the pointer is on a token. */
const NAMED = 12;
const NOBODY: FlowMarks = { rows: [], columns: [] };

/** The lines that stand out, and the tokens whose labels are shown above the others; null: no line does. */
function emphasised(
  { input, cells, layout }: FlowDrawing,
  target: FlowTarget | null,
): { lines: readonly DrawnLine[] | null; named: FlowMarks } {
  if (target?.kind === 'line') {
    const { from, to } = layout.lines;
    const lines: DrawnLine[] = [];
    for (let line = 0; line < layout.lines.count; line += 1) {
      const isBeside = from[line] === from[target.line] && to[line] === to[target.line];
      if (isBeside) lines.push({ ...drawnLine(layout, line), opacity: 1 });
    }
    const row = layout.rowAxis.starts[from[target.line] ?? 0] ?? 0;
    const column = layout.columnAxis.starts[to[target.line] ?? 0] ?? 0;
    return { lines, named: { rows: [row], columns: [column] } };
  }
  const direction = target?.kind === 'column' ? 'to' : 'from';
  const chosen = target === null ? chosenToken(input, input.selection) : ({ direction, token: target.token } as const);
  if (chosen === null) return { lines: null, named: NOBODY };
  const found = tokenLines(input, cells, chosen.direction, chosen.token);
  const lines = found.map((line) => drawnTokenLine(layout, line));
  return { lines, named: target === null ? NOBODY : namesOf(found, chosen.direction, chosen.token) };
}

/** The token itself and those at the other ends of its strongest lines. */
function namesOf(lines: readonly TokenLine[], direction: 'from' | 'to', token: number): FlowMarks {
  const ends = new Set<number>();
  for (let at = lines.length - 1; at >= 0 && ends.size < NAMED; at -= 1) {
    const line = lines[at];
    if (line !== undefined) ends.add(direction === 'from' ? line.column : line.row);
  }
  return direction === 'from' ? { rows: [token], columns: [...ends] } : { rows: [...ends], columns: [token] };
}

/** What the head view says of a token or a line: the strongest weights of every head. */
import type { FlowTarget } from '../figures/token-flow-hit.ts';
import { lineTokens } from '../figures/token-flow-hit.ts';
import type { FlowLayout } from '../figures/token-flow-layout.ts';
import type { Lens } from '../state/lens.ts';
import { readText } from './exact-number.ts';
import type { Translate } from './failure.ts';
import { formatNumber } from './format.ts';
import { headsName, panelTokens } from './matrix-panels.ts';
import type { MatrixPanel } from './matrix-panels.ts';
import { strongest, strongestText, weightBetween } from './reading.ts';
import type { FlowView } from './token-flow.ts';

type Direction = Lens['direction'];

/** So many heads are said one by one, and so many tokens of each. */
const SAID = 8;
const NAMED = 3;

/** The tooltip over a target, a line a head. @param alone as in flowFigure */
export function flowTooltip(
  view: FlowView,
  layout: FlowLayout,
  target: FlowTarget,
  words: Translate,
  alone: number | null = null,
): string {
  const panels = alone === null ? view.panels : view.panels.slice(alone, alone + 1);
  if (target.kind !== 'line') {
    return tokenTooltip(panels, target.token, target.kind === 'row' ? 'from' : 'to', words);
  }
  const { rows, columns } = lineTokens(layout, target.line);
  if (rows[0] === rows[1] && columns[0] === columns[1]) return pairTooltip(panels, rows[0], columns[0], words);
  const [panel] = panels;
  if (panel === undefined) return '';
  const span = ([first, last]: readonly [number, number]): string => {
    const text = (at: number): string => panel.labels[at]?.text ?? '';
    return first === last ? text(first) : words('tokenFlow.tokens', { first: text(first), last: text(last) });
  };
  const weight = formatNumber(layout.lines.strength[target.line] ?? NaN, 3);
  const pair = words('tokenFlow.pair', { query: span(rows), key: span(columns) });
  return `${pair}\n${words('tokenFlow.shared', { weight })}`;
}

function tokenTooltip(panels: readonly MatrixPanel[], token: number, direction: Direction, words: Translate): string {
  const [panel] = panels;
  const text = panel?.labels[token]?.text ?? '';
  const list = (each: MatrixPanel): string => {
    const named = strongest(each, token, direction, NAMED).map(
      ({ row, weight }) => `${each.labels[row]?.text ?? ''} ${formatNumber(weight, 3)}`,
    );
    return named.length === 0 ? words('tokenFlow.nothing') : named.join(' · ');
  };
  const head = words(direction === 'from' ? 'tokenFlow.lookAt' : 'tokenFlow.lookedAtBy', { token: text });
  return headLines(head, panels, list, words);
}

/** The weight of one query and key in every head, drawn or not. */
function pairTooltip(panels: readonly MatrixPanel[], row: number, column: number, words: Translate): string {
  const [panel] = panels;
  const text = (at: number): string => panel?.labels[at]?.text ?? '';
  const list = (each: MatrixPanel): string =>
    readText({
      value: weightBetween(each, row, column, 'from'),
      exact: each.frame.matrices.every(({ exact }) => exact),
    });
  return headLines(words('tokenFlow.pair', { query: text(row), key: text(column) }), panels, list, words);
}

function headLines(
  head: string,
  panels: readonly MatrixPanel[],
  list: (panel: MatrixPanel) => string,
  words: Translate,
): string {
  const [only] = panels;
  if (panels.length === 1 && only !== undefined) return `${head}\n${list(only)}`;
  const said = panels.slice(0, SAID).map((panel) => `${headsName(panel.heads)}   ${list(panel)}`);
  if (panels.length > SAID) said.push(words('tokenFlow.others', { count: panels.length - SAID }));
  return [head, ...said].join('\n');
}

/** The selected token's strongest weights in one sentence a head, for screen readers. */
export function flowReadout({ panels }: FlowView, row: number | null, direction: Direction, words: Translate): string {
  if (row === null) return words('reading.hiddenRow');
  const [only] = panels;
  if (panels.length === 1 && only !== undefined) return strongestText(only, row, direction, words);
  return panels.map((panel) => `${headsName(panel.heads)}: ${strongestText(panel, row, direction, words)}`).join('; ');
}

/**
 * The cell that the inspector shows for a target: of a token, with the token that it looks at most (or that looks at it most) in the
 * first head. None where an end is not one token, which has no traced value.
 */
export function flowCell(
  { panels }: FlowView,
  layout: FlowLayout,
  target: FlowTarget,
): { readonly query: number; readonly key: number } | null {
  const [panel] = panels;
  const pair = panel === undefined ? null : pairOf(panel, layout, target);
  if (panel === undefined || pair === null) return null;
  const [query, key] = pair.map((row) => panelTokens(panel, row));
  if (query === undefined || key === undefined || query.first !== query.last || key.first !== key.last) return null;
  return { query: query.first, key: key.first };
}

function pairOf(panel: MatrixPanel, layout: FlowLayout, target: FlowTarget): readonly [number, number] | null {
  if (target.kind === 'line') {
    const { rows, columns } = lineTokens(layout, target.line);
    return rows[0] === rows[1] && columns[0] === columns[1] ? [rows[0], columns[0]] : null;
  }
  const isQuery = target.kind === 'row';
  const [most] = strongest(panel, target.token, isQuery ? 'from' : 'to', 1);
  if (most === undefined) return null;
  return isQuery ? [target.token, most.row] : [most.row, target.token];
}

/** What the controls of the What-if panel read from the list of changes, and how they edit it. Pure functions. */
import type { Intervention } from '../../electron/api/index.ts';
import type { Site } from '../state/what-if-site.ts';
import { addChange, removeChange, replaceChange } from '../state/what-if.ts';
import type { Change, WhatIf } from '../state/what-if.ts';

/** The changes that set one number for each head: what q·k is multiplied by, and the head's strength. */
export type FactorKind = 'scale' | 'head';
export type DrawnRow = Extract<
  Extract<Intervention, { kind: 'pattern' }>['pattern'],
  readonly { query: number }[]
>[number];

/** The temperatures that the slider reaches, and those that can be typed. */
export const SLIDER_TEMPERATURES = [0.1, 10] as const;
export const TYPED_TEMPERATURES = [0.001, 1000] as const;

const PARTS = ['stack', 'layer', 'head'] as const;

/** True where `outer` covers every head that `inner` means. */
export function includesSite(outer: Site, inner: Site): boolean {
  return PARTS.every((part) => outer[part] === undefined || outer[part] === inner[part]);
}

function isSameSite(a: Site, b: Site): boolean {
  return PARTS.every((part) => a[part] === b[part]);
}

/** What multiplies q·k at a temperature, in place of 1/√d_head: softmax(q·k / (√d_head · T)). */
export function factorOf(temperature: number, dHead: number): number {
  return 1 / (Math.sqrt(dHead) * temperature);
}

/** The temperature that a factor means; 1 is the model as trained, less is sharper. */
export function temperatureOf(factor: number, dHead: number): number {
  return 1 / (Math.sqrt(dHead) * factor);
}

/** The temperature at a place of the slider, whose places are powers of ten, with three significant digits. */
export function temperatureAt(position: number): number {
  return Number((10 ** position).toPrecision(3));
}

export function sliderPosition(temperature: number): number {
  const [least, most] = SLIDER_TEMPERATURES;
  return Math.log10(Math.min(most, Math.max(least, temperature)));
}

/** A typed temperature, with a decimal point or comma; null for what is no number or out of reach. */
export function readTemperature(text: string): number | null {
  const value = /^\d*[.,]?\d+$|^\d+[.,]$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : NaN;
  const [least, most] = TYPED_TEMPERATURES;
  return value >= least && value <= most ? value : null;
}

/** The factor of a site where the list sets one for all its heads alike; null where it is the model's own. */
export function factorAt(changes: readonly Change[], kind: FactorKind, site: Site): number | null {
  const { intervention } = deciding(changes, kind, site) ?? {};
  return intervention !== undefined && 'factor' in intervention ? intervention.factor : null;
}

/**
 * Sets the factor of a site: in its own entry where that one decides, else in a new entry at the end.
 * @param merge true while a slider moves: the past stays as it was before it moved
 */
export function withFactor(list: WhatIf, kind: FactorKind, site: Site, factor: number, merge: boolean): WhatIf {
  const now = deciding(list.changes, kind, site);
  const intervention: Intervention = { kind, site, factor };
  if (now === undefined || !isSameSite(now.intervention.site, site)) return addChange(list, intervention);
  return replaceChange(list, now.id, intervention, merge);
}

/** The head at full strength, the others of its layer knocked out. */
export function keptAlone({ stack, layer, head }: Site): readonly Intervention[] {
  return [
    { kind: 'head', site: { stack, layer }, factor: 0 },
    { kind: 'head', site: { stack, layer, head }, factor: 1 },
  ];
}

export interface Cell {
  readonly query: number;
  readonly key: number;
}

/** Whether a query sees a key in the heads of a site, by the list and else by the model's own mask. */
export function isVisible(changes: readonly Change[], site: Site, causal: boolean, cell: Cell): boolean {
  const { intervention } = decidingCell(changes, site, cell) ?? {};
  if (intervention?.kind === 'mask') return intervention.visible;
  return !causal || cell.key <= cell.query;
}

/** The row that was drawn for a query of a head and is not overruled; null where there is none for this many tokens. */
export function drawnWeights(
  changes: readonly Change[],
  site: Site,
  query: number,
  tokens: number,
): readonly number[] | null {
  for (const { intervention } of changes.filter(isOn).reverse()) {
    if (intervention.kind !== 'pattern' || !includesSite(intervention.site, site)) continue;
    if (typeof intervention.pattern === 'string') return null;
    const row = intervention.pattern.find((item) => item.query === query);
    if (row !== undefined) return row.weights.length === tokens ? row.weights : null;
  }
  return null;
}

/** Draws a row of a head's pattern: in its own entry where no pattern after that one overrules it, else in a new entry. */
export function withRow(list: WhatIf, site: Site, row: DrawnRow, merge: boolean): WhatIf {
  const now = deciding(list.changes, 'pattern', site);
  const rows = now === undefined ? null : drawnRows(now.intervention, site);
  if (now === undefined || rows === null || rows.some(({ weights }) => weights.length !== row.weights.length))
    return addChange(list, { kind: 'pattern', site, pattern: [row] });
  const pattern = [...rows.filter(({ query }) => query !== row.query), row].sort((a, b) => a.query - b.query);
  return replaceChange(list, now.id, { kind: 'pattern', site, pattern }, merge);
}

/** Takes a drawn row back; its entry goes with its last row. */
export function withoutRow(list: WhatIf, site: Site, query: number): WhatIf {
  const now = list.changes.findLast((change) => {
    const rows = isOn(change) ? drawnRows(change.intervention, site) : null;
    return rows?.some((row) => row.query === query) === true;
  });
  if (now === undefined) return list;
  const left = (drawnRows(now.intervention, site) ?? []).filter((row) => row.query !== query);
  return left.length === 0
    ? removeChange(list, now.id)
    : replaceChange(list, now.id, { kind: 'pattern', site, pattern: left });
}

function drawnRows(intervention: Intervention, site: Site): DrawnRow[] | null {
  if (intervention.kind !== 'pattern' || typeof intervention.pattern === 'string') return null;
  return isSameSite(intervention.site, site) ? intervention.pattern : null;
}

const isOn = ({ on }: Change): boolean => on;

/** The last entry of a kind that covers all of a site. */
function deciding(changes: readonly Change[], kind: Intervention['kind'], site: Site): Change | undefined {
  return changes.findLast(
    ({ on, intervention }) => on && intervention.kind === kind && includesSite(intervention.site, site),
  );
}

function decidingCell(changes: readonly Change[], site: Site, { query, key }: Cell): Change | undefined {
  return changes.findLast(({ on, intervention: each }) => {
    const isCell = each.kind === 'mask' && each.query === query && each.key === key;
    return on && isCell && includesSite(each.site, site);
  });
}

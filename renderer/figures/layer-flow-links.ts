/** The ribbons of a flow across layers: links between tokens put together by rows, and stacked at both their ends. */
import type { LayerFlowInput } from './layer-flow-input.ts';

/** Between two rows in one layer; `from` and `to` are row indices. */
export interface RowLink {
  readonly layer: number;
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  readonly residual: boolean;
}

/** A row link with its place in the stacks at its ends: how much lies before it, and how high each stack is, as amounts. */
export interface StackedLink extends RowLink {
  readonly below: StackPlace;
  readonly above: StackPlace;
}

export interface StackPlace {
  readonly before: number;
  readonly height: number;
}

/** Links between `rows` rows, the lowest layer first; those of tokens that share a row are one. */
export function rowLinks({ links }: LayerFlowInput, rowOf: Int32Array, rows: number): readonly RowLink[] {
  return links.flatMap((ofLayer, layer) => {
    const found = new Map<number, { -readonly [Name in keyof RowLink]: RowLink[Name] }>();
    for (const { from, to, amount, residual } of ofLayer) {
      const [lower, upper] = [rowOf[from]!, rowOf[to]!];
      const key = 2 * (lower * rows + upper) + Number(residual);
      const known = found.get(key);
      if (known === undefined) found.set(key, { layer, from: lower, to: upper, amount, residual });
      else known.amount += amount;
    }
    return [...found.values()];
  });
}

/** Stacks ribbons in the order of the rows that they lead to, so that they cross no more than they must. */
export function stackLinks(links: readonly RowLink[]): readonly StackedLink[] {
  const below = stacks(links, 'from', 'to');
  const above = stacks(links, 'to', 'from');
  return links.map((link) => ({ ...link, below: below.get(link)!, above: above.get(link)! }));
}

function stacks(
  links: readonly RowLink[],
  side: 'from' | 'to',
  other: 'from' | 'to',
): ReadonlyMap<RowLink, StackPlace> {
  const nodes = new Map<string, RowLink[]>();
  for (const link of links) {
    const key = `${link.layer} ${link[side]}`;
    const stack = nodes.get(key);
    if (stack === undefined) nodes.set(key, [link]);
    else stack.push(link);
  }
  const places = new Map<RowLink, StackPlace>();
  for (const stack of nodes.values()) {
    stack.sort((a, b) => a[other] - b[other] || Number(b.residual) - Number(a.residual));
    const height = stack.reduce((sum, { amount }) => sum + amount, 0);
    let before = 0;
    for (const link of stack) {
      places.set(link, { before, height });
      before += link.amount;
    }
  }
  return places;
}

/** Where a change applies: the heads that a scope means, and whether an intervention fits the text and the model at hand. */
import type { Intervention, StackInfo } from '../../electron/api/index.ts';
import type { Selection } from './selection.ts';

/** The selected head, all heads of the selected layer, or every head of the model. */
export const SCOPES = ['head', 'layer', 'all'] as const;
export type Scope = (typeof SCOPES)[number];
export type Site = Intervention['site'];

export function siteOf(scope: Scope, { stack, layer, head }: Selection): Site {
  if (scope === 'all') return {};
  return scope === 'layer' ? { stack, layer } : { stack, layer, head };
}

/** True where the site covers the selected head. */
export function covers(site: Site, { stack, layer, head }: Pick<Selection, 'stack' | 'layer' | 'head'>): boolean {
  return (site.stack ?? stack) === stack && (site.layer ?? layer) === layer && (site.head ?? head) === head;
}

/** Why an intervention cannot be applied: a layer or head, a token, or as many weights as the text has tokens is not there. */
export type Misfit = 'site' | 'token' | 'row';

/** @param tokens how many the text has; null when it fits */
export function misfitOf(intervention: Intervention, stacks: readonly StackInfo[], tokens: number): Misfit | null {
  const { stack: name, layer, head } = intervention.site;
  const covered = stacks.filter((stack) => name === undefined || stack.name === name);
  const inside = (stack: StackInfo): boolean => (layer ?? 0) < stack.layers && (head ?? 0) < stack.heads;
  if (covered.length === 0 || !covered.every(inside)) return 'site';
  if (intervention.kind === 'mask') return Math.max(intervention.query, intervention.key) < tokens ? null : 'token';
  if (intervention.kind !== 'pattern' || typeof intervention.pattern === 'string') return null;
  return intervention.pattern.every(({ weights }) => weights.length === tokens) ? null : 'row';
}

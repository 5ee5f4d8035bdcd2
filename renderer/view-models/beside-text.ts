/** Words about two runs side by side: which panel is which, and how many tokens align. */
import type { BesidePanels, Side } from './beside-panels.ts';
import type { Translate } from './failure.ts';
import { headsName } from './matrix-panels.ts';

/** `This sentence · headlight-gpt · 0 · 3`; of the difference, how it is taken. */
export function sideTitle({ panels, isOneModel }: BesidePanels, side: Side, words: Translate): string {
  if (side === 'difference') return words('beside.difference');
  const { frame, heads } = panels[side];
  const model = isOneModel ? [] : [frame.model.entry.name];
  return [words(`beside.${side}`), ...model, words('beside.headName', { head: headsName(heads) })].join(' · ');
}

/** How many rows have a partner, and what the marks of the others mean. */
export function alignedText({ panels, alignment }: BesidePanels, words: Translate): string {
  const [left, right] = [panels.left.rows, panels.right.rows];
  const paired = alignment.pairs.length;
  const counts = words('beside.aligned', { paired, left, right });
  if (paired === left && paired === right) return counts;
  return `${counts} ${words('beside.marks')}`;
}

/** What export tests share. */
import type { Provenance } from '../../../renderer/export/provenance.ts';
import { heatmap } from '../../../renderer/figures/heatmap.ts';
import type { HeatmapInput } from '../../../renderer/figures/heatmap.ts';
import { heatmapInput, testDocument } from '../figures/support.ts';

export const provenance: Provenance = {
  application: 'Headlight',
  version: '0.1.0',
  figure: 'heatmap',
  model: 'tiny-gpt2',
  text: 'a < b & "c" — 你好',
  stack: 'decoder',
  site: 'self',
  layer: 2,
  head: 1,
  stage: 'pattern',
  device: 'cpu',
};

export function figure(size: number, changes: Partial<HeatmapInput> = {}): SVGSVGElement {
  return heatmap(heatmapInput(size, size, changes), { document: testDocument(), cells: 'draw' });
}

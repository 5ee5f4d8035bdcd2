import { expect, it } from 'vitest';
import { withoutBackground } from '../../../renderer/export/background.ts';
import { figure } from './support.ts';

it('takes what is painted behind a figure away, of a copy', () => {
  const svg = figure(4);
  const behind = (of: SVGSVGElement) =>
    [...of.children].filter(
      (child) => child.localName === 'rect' && child.getAttribute('width') === of.getAttribute('width'),
    ).length;
  expect([behind(svg), behind(withoutBackground(svg)), behind(svg)]).toEqual([1, 0, 1]);
});

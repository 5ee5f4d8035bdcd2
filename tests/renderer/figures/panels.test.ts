import { expect, it } from 'vitest';
import { figurePanels } from '../../../renderer/figures/panels.ts';
import { textTable } from '../../../renderer/figures/text-table.ts';
import { testDocument } from './support.ts';

const document = testDocument();
const figure = (title: string): SVGSVGElement =>
  textTable(
    { title, subtitle: '', columns: [{ title: 'a', align: 'start', cells: ['1', '2'] }], note: '', theme: 'light' },
    { document },
  );
const text = { title: 'Two runs', subtitle: 'side by side', theme: 'light' } as const;
const number = (element: Element, name: string): number => Number(element.getAttribute(name));

it.each([true, false])('puts figures beside or below each other without overlap (across: %s)', (isAcross) => {
  const figures = [figure('one'), figure('two')];
  const svg = figurePanels({ ...text, figures, isAcross }, { document });
  const [first, second] = [...svg.querySelectorAll('svg')];
  const [along, side] = isAcross ? (['x', 'width'] as const) : (['y', 'height'] as const);
  expect(number(second!, along)).toBeGreaterThanOrEqual(number(first!, along) + number(first!, side));
  expect(number(second!, 'x') + number(second!, 'width')).toBeLessThanOrEqual(number(svg, 'width'));
  expect(number(second!, 'y') + number(second!, 'height')).toBeLessThanOrEqual(number(svg, 'height'));
  expect(number(first!, 'y')).toBeGreaterThan(20);
  expect(svg.textContent).toContain('Two runs');
});

it('needs a figure', () => {
  expect(() => figurePanels({ ...text, figures: [], isAcross: true }, { document })).toThrow('invalid figures: none');
});

/** What is painted behind a figure: the first rectangle of its size. */

/** A copy of a figure without what is painted behind it, and behind the figures within it. */
export function withoutBackground(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const each of [copy, ...copy.querySelectorAll('svg')]) {
    const [width, height] = [each.getAttribute('width'), each.getAttribute('height')];
    const behind = [...each.children].find(
      (child) =>
        child.localName === 'rect' &&
        child.getAttribute('width') === width &&
        child.getAttribute('height') === height &&
        Number(child.getAttribute('x') ?? 0) === 0 &&
        Number(child.getAttribute('y') ?? 0) === 0,
    );
    behind?.remove();
  }
  return copy;
}

/** The figure as it is to be written. */
export function painted(svg: SVGSVGElement, transparent = false): SVGSVGElement {
  return transparent ? withoutBackground(svg) : svg;
}

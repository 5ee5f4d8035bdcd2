/** Where the pointer is in an element, in the element's own px. */

/** What of a pointer's event is read. */
export interface Pointed {
  readonly clientX: number;
  readonly clientY: number;
}

/** From the element's top left corner; what is shown larger (`--zoom`) still counts in the px that it was laid out with. */
export function placeIn({ clientX, clientY }: Pointed, element: Element): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return { x: (clientX - left) / zoom, y: (clientY - top) / zoom };
}

/** How much larger an element is shown than it was laid out; 1 where the browser does not say. */
export function zoomOf(element: Element): number {
  return 'currentCSSZoom' in element && typeof element.currentCSSZoom === 'number' ? element.currentCSSZoom : 1;
}

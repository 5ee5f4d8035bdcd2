/** A zoom that lives outside React: gestures change it, and it is drawn at most once a frame of the screen. */
import { carryZoom, clampZoom, panBy, pinch, zoomAt } from './zoom.ts';
import type { Point, Zoom, ZoomBounds } from './zoom.ts';

/** Draws the content as it is seen now. */
export type DrawZoom = (zoom: Zoom) => void;

export class ZoomControl {
  #zoom: Zoom = { scale: 1, x: 0, y: 0 };
  #bounds: ZoomBounds | null = null;
  #draw: DrawZoom | null = null;
  #request: number | null = null;

  get zoom(): Zoom {
    return this.#zoom;
  }

  /** null until the room was measured: nothing is drawn, and nothing can be moved. */
  get bounds(): ZoomBounds | null {
    return this.#bounds;
  }

  /** Other bounds keep what is seen, as far as they can. */
  setBounds(bounds: ZoomBounds | null): void {
    if (bounds !== null) this.#zoom = carryZoom(this.#zoom, this.#bounds, bounds);
    this.#bounds = bounds;
    this.redraw();
  }

  /** Sets what draws, and draws. */
  setDraw(draw: DrawZoom | null): void {
    this.#draw = draw;
    this.redraw();
  }

  /** Scales about a point of the room; by default its middle. */
  zoomBy(factor: number, at?: Point): void {
    this.#change((zoom, bounds) => zoomAt(zoom, factor, at ?? middleOf(bounds), bounds));
  }

  panBy(dx: number, dy: number): void {
    this.#change((zoom, bounds) => panBy(zoom, dx, dy, bounds));
  }

  pinch(before: readonly [Point, Point], after: readonly [Point, Point]): void {
    this.#change((zoom, bounds) => pinch(zoom, before, after, bounds));
  }

  /** @param to a zoom, or what makes one of the zoom now; it is kept inside the bounds */
  moveTo(to: Zoom | ((zoom: Zoom, bounds: ZoomBounds) => Zoom)): void {
    this.#change((zoom, bounds) => clampZoom(typeof to === 'function' ? to(zoom, bounds) : to, bounds));
  }

  goHome(): void {
    this.#change((_, bounds) => bounds.home);
  }

  /** Draws in the next frame of the screen; many calls before it draw once. */
  redraw(): void {
    if (this.#request !== null || this.#draw === null || this.#bounds === null) return;
    this.#request = requestAnimationFrame(() => {
      this.#request = null;
      if (this.#bounds !== null) this.#draw?.(this.#zoom);
    });
  }

  /** Draws nothing any more that was asked for before. */
  stop(): void {
    if (this.#request !== null) cancelAnimationFrame(this.#request);
    this.#request = null;
  }

  #change(make: (zoom: Zoom, bounds: ZoomBounds) => Zoom): void {
    const { x, y, scale } = this.#zoom;
    if (this.#bounds === null) return;
    const next = make(this.#zoom, this.#bounds);
    if (next.x === x && next.y === y && next.scale === scale) return;
    this.#zoom = next;
    this.redraw();
  }
}

const middleOf = ({ room }: ZoomBounds): Point => ({ x: room.width / 2, y: room.height / 2 });

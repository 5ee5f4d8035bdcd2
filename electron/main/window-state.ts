/** Where the window stood and how it was zoomed: what of it can be trusted, and where that is on today's screens. */

/** Pixels that do not depend on a screen's density. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** The window's place when it is neither maximised nor full screen; null before it was ever placed. */
  readonly bounds: Rectangle | null;
  readonly maximized: boolean;
  readonly fullScreen: boolean;
  /** 1 = actual size. */
  readonly zoom: number;
}

export const FIRST_STATE: WindowState = { bounds: null, maximized: false, fullScreen: false, zoom: 1 };
export const FIRST_SIZE = { width: 1440, height: 900 };
export const LEAST_SIZE = { width: 640, height: 480 };

/** So much of the window must lie on a screen for the user to find and move it, in pixels. */
const SEEN = { width: 120, height: 60 };

/** Chrome's steps, from small print to the last row of a lecture hall. */
const ZOOMS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** The zoom one step larger (`by` 1) or smaller (−1); the last step is the end. */
export function nextZoom(zoom: number, by: 1 | -1): number {
  const steps = by === 1 ? ZOOMS : [...ZOOMS].reverse();
  return steps.find((step) => (step - zoom) * by > 0.001) ?? steps.at(-1) ?? 1;
}

/** A state as it was written; each part that is not what it should be counts as never set. */
export function readState(json: unknown): WindowState {
  if (json === null || typeof json !== 'object') return FIRST_STATE;
  const { bounds, maximized, fullScreen, zoom } = json as Record<string, unknown>;
  const isZoom = typeof zoom === 'number' && zoom >= ZOOMS[0] && zoom <= 3;
  return {
    bounds: isRectangle(bounds) ? pick(bounds) : null,
    maximized: maximized === true,
    fullScreen: fullScreen === true,
    zoom: isZoom ? zoom : 1,
  };
}

function isRectangle(value: unknown): value is Rectangle {
  if (value === null || typeof value !== 'object') return false;
  const { x, y, width, height } = value as Record<string, unknown>;
  return [x, y, width, height].every((number) => Number.isInteger(number)) && Number(width) > 0 && Number(height) > 0;
}

function pick({ x, y, width, height }: Rectangle): Rectangle {
  return { x, y, width, height };
}

/**
 * Where to open the window: as it was, no larger than its screen, or in the middle where that screen is gone.
 * @param screens the work areas of today's screens, the main one first
 */
export function placeOn(
  bounds: Rectangle | null,
  screens: readonly Rectangle[],
): Partial<Rectangle> & Pick<Rectangle, 'width' | 'height'> {
  const [main = { x: 0, y: 0, ...FIRST_SIZE }] = screens;
  if (bounds === null) return fit(FIRST_SIZE, main);
  const screen = screens.find((area) => isSeenOn(bounds, area));
  if (screen === undefined) return fit(bounds, main);
  // A title bar above the screen's upper edge could not be taken hold of.
  return { x: bounds.x, y: Math.max(bounds.y, screen.y), ...fit(bounds, screen) };
}

function fit(size: Pick<Rectangle, 'width' | 'height'>, screen: Rectangle): Pick<Rectangle, 'width' | 'height'> {
  return {
    width: Math.max(LEAST_SIZE.width, Math.min(size.width, screen.width)),
    height: Math.max(LEAST_SIZE.height, Math.min(size.height, screen.height)),
  };
}

function isSeenOn(bounds: Rectangle, screen: Rectangle): boolean {
  const width = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
  const height = Math.min(bounds.y + bounds.height, screen.y + screen.height) - Math.max(bounds.y, screen.y);
  return width >= SEEN.width && height >= SEEN.height;
}

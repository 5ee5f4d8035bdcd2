/** The page's address in Electron: a scheme of our own, so that it has an origin, headers and nothing of `file:`. */

export const APP_SCHEME = 'app';
export const APP_HOST = 'bundle';
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/`;

/** True for an address of the bundle; anything else must neither be shown nor be listened to. */
export function isAppUrl(url: string): boolean {
  const parsed = parseUrl(url);
  return parsed?.protocol === `${APP_SCHEME}:` && parsed.host === APP_HOST;
}

/** Who sent an IPC message; null where the frame is gone already. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** Only the main frame of our own page may talk to the main process: no sub-frames, no page that was navigated to. */
export function isTrustedSender(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}

/** The parsed address, or null where it is none. */
export function parseUrl(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

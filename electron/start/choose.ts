/** Electron or the browser: decided from what is known about the machine, with the reason in words. */

export interface Situation {
  readonly browserAsked: boolean;
  /** False on a Linux without X11 or Wayland. */
  readonly hasDisplay: boolean;
  /** Chromium's sandbox refuses to work for root on Linux. */
  readonly isLinuxRoot: boolean;
  /** Electron's executable, or null. */
  readonly electron: string | null;
  /** Tries to fetch Electron; the reason when that fails. */
  readonly fetch: () => Promise<{ electron: string } | { problem: string }>;
}

export type Choice =
  | { readonly host: 'electron'; readonly electron: string; readonly why: string }
  | { readonly host: 'browser'; readonly why: string };

/** Fetches only where Electron could then be used. */
export async function chooseHost(situation: Situation): Promise<Choice> {
  if (situation.browserAsked) return { host: 'browser', why: '--browser was given' };
  if (!situation.hasDisplay) return { host: 'browser', why: 'there is no display for a window' };
  if (situation.isLinuxRoot) return { host: 'browser', why: "Electron's sandbox does not work for root" };
  if (situation.electron !== null) {
    return { host: 'electron', electron: situation.electron, why: 'its binary is installed' };
  }
  const fetched = await situation.fetch();
  return 'electron' in fetched
    ? { host: 'electron', electron: fetched.electron, why: 'its binary was fetched' }
    : { host: 'browser', why: fetched.problem };
}

/** The one line that says which of the two it is, and why. */
export function choiceLine(choice: Choice): string {
  return choice.host === 'electron'
    ? `Starting in Electron: ${choice.why}.`
    : `Starting in the browser instead of Electron: ${choice.why}.`;
}

/** Whether a window or a browser can be shown. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env, platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/** Where Headlight keeps what it remembers, by the customs of each system. */
import { homedir } from 'node:os';
import path from 'node:path';

/** `HEADLIGHT_SETTINGS` where set; else Application Support, %APPDATA% or the XDG configuration folder. */
export function settingsFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env['HEADLIGHT_SETTINGS']) return path.resolve(env['HEADLIGHT_SETTINGS']);
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Headlight');
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(homedir(), 'AppData', 'Roaming'), 'Headlight');
  const xdg = env['XDG_CONFIG_HOME'];
  return path.join(xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(homedir(), '.config'), 'headlight');
}

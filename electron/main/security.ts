/** Everything a page could ask of Electron and does not get. */
import { app, session, shell, type WebContents } from 'electron';

import { isAppUrl } from './app-url.ts';
import { mayOpenExternally } from './external-links.ts';

/** Before `ready`: every renderer in the sandbox, whatever a window says. */
export function setupSandbox(): void {
  app.enableSandbox();
}

export function setupSecurity(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => restrict(contents));
}

function restrict(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (isAppUrl(event.url)) return;
    event.preventDefault();
    openExternally(event.url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openExternally(url);
    return { action: 'deny' };
  });
}

function openExternally(url: string): void {
  if (mayOpenExternally(url)) void shell.openExternal(url);
}

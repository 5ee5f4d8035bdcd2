/** The only user of `ipcMain`: requests of the page in, replies and events out. */
import { BrowserWindow, ipcMain, webContents } from 'electron';

import type { HostEvent, Reply } from '../api/bridge.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../api/electron-channels.ts';
import type { Supervisor } from '../host/supervisor.ts';
import { createDispatch } from '../host/dispatch.ts';
import type { Hub } from '../hub/hub.ts';
import { isTrustedSender } from './app-url.ts';
import { hostHandlers } from './host-handlers.ts';

const UNTRUSTED: Reply = {
  ok: false,
  failure: {
    code: 'bad-request',
    message: 'Only the page of Headlight itself may ask this.',
    reason: 'untrusted-sender',
  },
};

export function setupIpc(supervisor: Supervisor, hub: Pick<Hub, 'handlers' | 'cache'>): void {
  const dispatch = createDispatch({ engine: supervisor, host: { ...hostHandlers(hub), ...hub.handlers } });
  ipcMain.handle(REQUEST_CHANNEL, (event, channel: unknown, payload: unknown): Promise<Reply> | Reply => {
    if (!isTrustedSender(event.senderFrame)) return UNTRUSTED;
    return dispatch(String(channel), payload, String(event.sender.id));
  });
  supervisor.subscribe({
    onEngine: (state) => {
      for (const window of BrowserWindow.getAllWindows()) sendEvent(window, { name: 'engine', payload: state });
    },
    onProgress: (progress, client) => {
      webContents.fromId(Number(client))?.send(EVENT_CHANNEL, { name: 'progress', payload: progress });
    },
  });
}

/** What of a window is needed to tell its page something. */
interface Listener {
  isDestroyed(): boolean;
  readonly webContents: { send(channel: string, event: HostEvent): void };
}

/** Tells a window's page; one that is being closed hears nothing. */
export function sendEvent(window: Listener, event: HostEvent): void {
  if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event);
}

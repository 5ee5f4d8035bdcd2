/** The only bridge between the page and Electron: two named functions, nothing of `ipcRenderer` itself. */
import { contextBridge, ipcRenderer } from 'electron';

import type { Bridge, HostEvent, Reply } from '../api/bridge.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../api/electron-channels.ts';

const bridge: Bridge = {
  request: (channel, payload) => ipcRenderer.invoke(REQUEST_CHANNEL, channel, payload) as Promise<Reply>,
  onEvent: (listener) => {
    const forward = (_event: unknown, event: HostEvent): void => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('headlight', bridge);

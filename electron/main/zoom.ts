/** The size of everything in the window, for a projector or for tired eyes; kept from start to start. */
import type { BrowserWindow } from 'electron';

import type { WindowFile } from './window-file.ts';
import { nextZoom } from './window-state.ts';

export type ZoomStep = 'in' | 'out' | 'reset';

/** Zooms the window and remembers it. */
export function zoomWindow(window: Pick<BrowserWindow, 'webContents'>, file: WindowFile, step: ZoomStep): void {
  const { zoom } = file.state;
  const next = step === 'reset' ? 1 : nextZoom(zoom, step === 'in' ? 1 : -1);
  file.change({ zoom: next });
  window.webContents.setZoomFactor(next);
}

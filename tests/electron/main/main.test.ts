/**
 * The main process with Electron's API replaced by one that remembers what it was told: what is set up, in which order, and what
 * each of its hooks answers. The real Electron is tried by electron.e2e.ts, where its binary is installed.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { eventContract } from '../../../electron/api/contract.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../../../electron/api/electron-channels.ts';

type Hook = (...args: unknown[]) => unknown;

/** Everything the fake Electron hears; hoisted, because `vi.mock` runs before imports. */
const heard = vi.hoisted(() => ({
  order: [] as string[],
  hooks: new Map<string, Hook>(),
  toPage: [] as unknown[],
  toEngine: [] as unknown[],
  opened: [] as string[],
  windows: [] as unknown[],
  loaded: [] as string[],
  dialogs: { folder: [] as string[], file: '' },
  menu: [] as MenuItemConstructorOptions[],
  zooms: [] as number[],
  bounds: { x: 40, y: 30, width: 1000, height: 700 },
  /** The app's own folder; made before Electron is asked for it. */
  user: '',
}));

vi.mock('electron', async () => {
  const { mkdtempSync } = await import('node:fs');
  heard.user = mkdtempSync(path.join(tmpdir(), 'headlight-user-'));
  Object.defineProperty(process, 'resourcesPath', { value: '/resources', configurable: true });
  const { order, hooks } = heard;
  const note = (name: string): void => void order.push(name);
  const on = (target: string) => (event: string, hook: Hook) => hooks.set(`${target}.${event}`, hook);
  const contents = {
    id: 7,
    on: on('contents'),
    send: (channel: string, event: unknown) => heard.toPage.push({ channel, event }),
    setZoomFactor: (zoom: number) => heard.zooms.push(zoom),
    setWindowOpenHandler: (hook: Hook) => hooks.set('contents.open', hook),
  };
  class BrowserWindow {
    readonly webContents = contents;
    readonly on = on('window');
    readonly once = on('window');
    static readonly all: BrowserWindow[] = [];
    constructor(options: unknown) {
      note('window');
      heard.windows.push(options);
      BrowserWindow.all.push(this);
      hooks.get('app.web-contents-created')?.({}, contents);
    }
    static getAllWindows = () => BrowserWindow.all;
    static getFocusedWindow = () => null;
    static fromWebContents = () => BrowserWindow.all[0];
    isDestroyed = () => false;
    minimized = false;
    isMinimized = () => this.minimized;
    isMaximized = () => false;
    isFullScreen = () => false;
    getNormalBounds = () => heard.bounds;
    restore = () => note('restore');
    focus = () => note('focus');
    show = () => note('show');
    loadURL = (url: string) => Promise.resolve(heard.loaded.push(url));
  }
  return {
    BrowserWindow,
    app: {
      isPackaged: true,
      enableSandbox: () => note('sandbox'),
      requestSingleInstanceLock: () => true,
      whenReady: () => {
        note('ready');
        return Promise.resolve();
      },
      on: on('app'),
      quit: () => note('quit'),
      getPath: (name: string) => (name === 'logs' ? path.join(heard.user, 'logs') : heard.user),
      getAppPath: () => '/app',
      getLocale: () => 'nl-NL',
      getVersion: () => '0.1.0',
    },
    dialog: {
      showOpenDialog: () => Promise.resolve({ filePaths: heard.dialogs.folder }),
      showSaveDialog: () => Promise.resolve({ filePath: heard.dialogs.file }),
    },
    crashReporter: { start: (options: { uploadToServer: boolean }) => note(`crashes ${options.uploadToServer}`) },
    screen: {
      getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1280, height: 700 } }),
      getAllDisplays: () => [{ id: 1, workArea: { x: 0, y: 0, width: 1280, height: 700 } }],
    },
    safeStorage: { isEncryptionAvailable: () => false },
    ipcMain: { handle: (channel: string, hook: Hook) => hooks.set(channel, hook) },
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => {
        heard.menu.push(...template);
        note(`menu ${template[0]?.label ?? ''}`);
      },
    },
    nativeTheme: { shouldUseDarkColors: true },
    protocol: {
      registerSchemesAsPrivileged: (schemes: { scheme: string }[]) => note(`scheme ${schemes[0]?.scheme ?? ''}`),
      handle: (scheme: string, hook: Hook) => {
        note('protocol');
        hooks.set(scheme, hook);
      },
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (hook: Hook) => hooks.set('permission.request', hook),
        setPermissionCheckHandler: (hook: Hook) => hooks.set('permission.check', hook),
        setDevicePermissionHandler: (hook: Hook) => hooks.set('permission.device', hook),
      },
    },
    shell: {
      openExternal: (url: string) => Promise.resolve(heard.opened.push(url)),
      openPath: (folder: string) => Promise.resolve(heard.opened.push(folder)),
    },
    utilityProcess: {
      fork: (script: string, args: string[], options: { env: NodeJS.ProcessEnv }) => {
        note(
          `engine ${script.split('/').slice(-2).join('/')} ${args.slice(0, 1).join(' ')} ${options.env['HEADLIGHT_BUNDLED_MODELS'] ?? ''}`,
        );
        return {
          pid: undefined,
          on: on('engine'),
          postMessage: (message: unknown) => heard.toEngine.push(message),
          kill: () => note('kill'),
        };
      },
    },
    webContents: { fromId: () => contents },
  };
});

const hook = (name: string): Hook => heard.hooks.get(name) ?? expect.unreachable(`nothing was set for ${name}`);
const trusted = { senderFrame: { url: 'app://bundle/', parent: null }, sender: { id: 7 } };
const ask = (channel: string, payload: unknown, event: unknown = trusted) =>
  hook(REQUEST_CHANNEL)(event, channel, payload);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-main-'));
  await import('../../../electron/main/main.ts');
  await vi.waitFor(() => {
    expect(heard.loaded).toHaveLength(1);
  });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(heard.user, { recursive: true });
});

describe('the start', () => {
  it('sets everything up in order: sandbox and scheme before ready, the protocol before the window', () => {
    expect(heard.order).toEqual([
      'sandbox',
      'scheme app',
      'crashes false',
      'ready',
      'protocol',
      'engine engine/process.js --settings /resources/models',
      'menu Bestand',
      'window',
    ]);
    expect(heard.loaded).toEqual(['app://bundle/']);
    expect(heard.windows[0]).toMatchObject({
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
      width: 1280,
      height: 700,
      icon: '/resources/icon.png',
    });
  });

  it('tells a loaded page how the engine is', () => {
    hook('engine.message')({ kind: 'ready' });
    hook('contents.did-finish-load')();
    const payload: unknown = expect.objectContaining({ state: 'ready' });
    expect(heard.toPage.at(-1)).toEqual({ channel: EVENT_CHANNEL, event: { name: 'engine', payload } });
  });
});

describe('what a page may not do', () => {
  it('has no permission and no device', () => {
    const answer = vi.fn();
    hook('permission.request')({}, 'geolocation', answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith(false);
    expect(hook('permission.check')()).toBe(false);
    expect(hook('permission.device')()).toBe(false);
  });

  it('cannot go elsewhere, attach a webview or open a window; known links open in the browser', () => {
    const prevented = (name: string, url: string): boolean => {
      const preventDefault = vi.fn();
      hook(name)({ url, preventDefault });
      return preventDefault.mock.calls.length === 1;
    };
    expect(prevented('contents.will-navigate', 'https://evil.example/')).toBe(true);
    expect(prevented('contents.will-navigate', 'app://bundle/')).toBe(false);
    expect(prevented('contents.will-redirect', 'https://evil.example/')).toBe(true);
    expect(prevented('contents.will-attach-webview', '')).toBe(true);
    expect(hook('contents.open')({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
    expect(heard.opened).toEqual([]);
    expect(hook('contents.open')({ url: 'https://arxiv.org/abs/1706.03762' })).toEqual({ action: 'deny' });
    expect(heard.opened).toEqual(['https://arxiv.org/abs/1706.03762']);
  });

  it('is not heard from a sub-frame, another page or a frame that is gone', async () => {
    for (const senderFrame of [
      { url: 'app://bundle/', parent: {} },
      { url: 'https://evil.example/', parent: null },
      null,
    ]) {
      const reply = await ask('host.info', {}, { senderFrame, sender: { id: 7 } });
      expect(reply).toMatchObject({ ok: false, failure: { reason: 'untrusted-sender' } });
    }
  });

  it('gets only files of the bundle', async () => {
    const answer = hook('app') as (request: Request) => Promise<Response>;
    expect((await answer(new Request('app://bundle/..%2fmain/main.js'))).status).toBe(404);
  });
});

describe('requests', () => {
  it('are validated', async () => {
    expect(await ask('model.open', { model: 1 })).toMatchObject({ ok: false, failure: { reason: 'invalid-request' } });
    expect(await ask('constructor', {})).toMatchObject({ ok: false, failure: { reason: 'unknown-channel' } });
  });

  it('of the host are answered here', async () => {
    expect(await ask('host.info', {})).toEqual({
      ok: true,
      value: { kind: 'electron', locale: 'nl-NL', version: '0.1.0' },
    });
  });

  it('of the engine reach it, and its progress reaches the page', async () => {
    const reply = ask('models.list', {});
    await vi.waitFor(() => {
      expect(heard.toEngine).toHaveLength(1);
    });
    hook('engine.message')({ kind: 'event', name: 'progress', payload: { stage: 'opening', fraction: null } });
    expect(heard.toPage.at(-1)).toMatchObject({ event: { name: 'progress', payload: { channel: 'models.list' } } });
    hook('engine.message')({ kind: 'response', id: 1, ok: true, value: [] });
    expect(await reply).toEqual({ ok: true, value: [] });
  });

  it('open a folder, or none when the user thinks better of it', async () => {
    expect(await ask('dialog.openFolder', { title: 't' })).toEqual({
      ok: true,
      value: { supported: true, folder: null },
    });
    heard.dialogs.folder = ['/models/gpt2'];
    const value = { supported: true, folder: '/models/gpt2' };
    expect(await ask('dialog.openFolder', { title: 't' })).toEqual({ ok: true, value });
  });

  it('save a file, nothing when the user thinks better of it, and say why they could not', async () => {
    const request = { name: 'a.svg', mimeType: 'image/svg+xml', data: new TextEncoder().encode('<svg/>').buffer };
    expect(await ask('dialog.saveFile', request)).toEqual({ ok: true, value: { supported: true, path: null } });
    heard.dialogs.file = path.join(folder, 'a.svg');
    expect(await ask('dialog.saveFile', request)).toEqual({
      ok: true,
      value: { supported: true, path: heard.dialogs.file },
    });
    expect(await readFile(heard.dialogs.file, 'utf8')).toBe('<svg/>');
    heard.dialogs.file = path.join(folder, 'none', 'a.svg');
    expect(await ask('dialog.saveFile', request)).toMatchObject({ ok: false, failure: { reason: 'save-failed' } });
  });
});

describe('the window', () => {
  const state = async (): Promise<unknown> => JSON.parse(await readFile(path.join(heard.user, 'window.json'), 'utf8'));
  const item = (id: string, items = heard.menu): MenuItemConstructorOptions | undefined =>
    items
      .flatMap((entry) => [entry, ...(Array.isArray(entry.submenu) ? entry.submenu : [])])
      .find((one) => one.id === id);
  const choose = (id: string) => (item(id)?.click as (() => void) | undefined)?.();

  it('is zoomed by the menu and by the wheel, and keeps its zoom and its place', async () => {
    choose('zoom-in');
    choose('zoom-in');
    hook('contents.zoom-changed')({}, 'out');
    expect(heard.zooms.slice(-3)).toEqual([1.1, 1.25, 1.1]);
    hook('window.move')();
    hook('window.close')();
    expect(await state()).toEqual({ bounds: heard.bounds, maximized: false, fullScreen: false, zoom: 1.1 });
    choose('zoom-reset');
    hook('contents.did-finish-load')();
    expect(heard.zooms.slice(-2)).toEqual([1, 1]);
  });

  it('hears of a notebook that a second start or macOS opens, and comes to the front', () => {
    heard.order.length = 0;
    hook('app.second-instance')({}, ['headlight', '--flag', 'a.headlight'], '/home/u');
    const preventDefault = vi.fn();
    hook('app.open-file')({ preventDefault }, '/home/u/b.headlight');
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(heard.order).toEqual(['focus']);
    const told = heard.toPage.slice(-2).map((sent) => (sent as { event: unknown }).event);
    expect(told).toEqual([
      { name: 'sessionFile', payload: { path: path.resolve('/home/u/a.headlight') } },
      { name: 'sessionFile', payload: { path: '/home/u/b.headlight' } },
    ]);
    for (const { payload } of told as { payload: unknown }[]) eventContract.sessionFile.parse(payload);
  });

  it('has a log of the start and of the engine, in a folder that the menu shows', async () => {
    choose('open-logs');
    expect(heard.opened.at(-1)).toBe(path.join(heard.user, 'logs'));
    const log = await readFile(path.join(heard.user, 'logs', 'main.log'), 'utf8');
    expect(log).toMatch(/ info Headlight 0\.1\.0 starts: Electron /u);
    expect(log).toMatch(/ info Engine ready, 0 restarts\n/u);
    hook('app.render-process-gone')({}, {}, { reason: 'crashed', exitCode: 5 });
    const after = await readFile(path.join(heard.user, 'logs', 'main.log'), 'utf8');
    expect(after).toContain(" error The window's process is gone: crashed, exit code 5\n");
  });
});

describe('the end', () => {
  it('waits for the engine to free its memory, once', async () => {
    const preventDefault = vi.fn();
    hook('app.before-quit')({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(heard.toEngine.at(-1)).toEqual({ kind: 'dispose' });
    hook('engine.message')({ kind: 'disposed' });
    await vi.waitFor(() => {
      expect(heard.order.slice(-2)).toEqual(['kill', 'quit']);
    });
    hook('app.before-quit')({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });
});

/** What is checked in real Electron, by name; each check throws when it fails. They run in this order in one window. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';

import type { Bridge, HostEvent, Reply } from '../../electron/api/bridge.ts';
import type { RunResult, Slice, Token } from '../../electron/api/trace.ts';
import { CONTENT_SECURITY_POLICY } from '../../electron/host/csp.ts';

export interface Subject {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** For what a check writes. */
  readonly folder: string;
}

/** The page's globals that the checks use. */
type PageWindow = Window & { readonly headlight: Bridge; heardByTest?: HostEvent[] };

const RUN = {
  model: 'headlight-gpt',
  device: 'cpu',
  input: { text: 'The cat sat on the mat' },
  interventions: [],
  lane: 'test',
  candidates: 3,
};

function ask(page: Page, channel: string, payload: unknown): Promise<Reply> {
  return page.evaluate(([name, data]) => (window as unknown as PageWindow).headlight.request(name, data), [
    channel,
    payload,
  ] as const);
}

async function valueOf<T>(page: Page, channel: string, payload: unknown): Promise<T> {
  const reply = await ask(page, channel, payload);
  assert.ok(reply.ok, `${channel}: ${reply.ok ? '' : reply.failure.message}`);
  return reply.value as T;
}

/** Collects the host's events in the page from now on. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const target = window as unknown as PageWindow;
    const heard: HostEvent[] = [];
    target.heardByTest = heard;
    target.headlight.onEvent((event) => heard.push(event));
  });
}

/** Waits until the page heard an event whose JSON holds `part`. */
async function hears(page: Page, part: string): Promise<void> {
  await page.waitForFunction(
    (text) =>
      ((window as unknown as PageWindow).heardByTest ?? []).some((event) => JSON.stringify(event).includes(text)),
    part,
    { timeout: 30_000 },
  );
}

async function showsThePage({ page }: Subject): Promise<void> {
  assert.equal(page.url(), 'app://bundle/');
  assert.match(await page.title(), /Headlight/u);
  await page.waitForFunction(() => document.body.innerText.trim().length > 20);
}

async function isIsolated({ app, page }: Subject): Promise<void> {
  const seen = await page.evaluate(() => {
    const globals = window as unknown as Record<string, unknown>;
    const absent = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'];
    return {
      found: absent.filter((name) => name in globals),
      bridge: Object.keys(globals['headlight'] as object).sort(),
    };
  });
  assert.deepEqual(seen, { found: [], bridge: ['onEvent', 'request'] });
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity };
  });
  assert.deepEqual(preferences, { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
}

async function hasHeadersAndNothingElse({ page }: Subject): Promise<void> {
  const seen = await page.evaluate(async () => {
    const own = await fetch('./index.html');
    const outside = await fetch('/..%2fmain/main.js');
    const foreign = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    );
    return {
      policy: own.headers.get('Content-Security-Policy'),
      sniff: own.headers.get('X-Content-Type-Options'),
      outside: outside.status,
      foreign,
    };
  });
  assert.deepEqual(seen, { policy: CONTENT_SECURITY_POLICY, sniff: 'nosniff', outside: 404, foreign: 'refused' });
}

async function staysWhereItIs({ app, page }: Subject): Promise<void> {
  await page.evaluate(() => {
    window.open('https://example.com/');
    location.href = 'https://example.com/';
  });
  await page.waitForTimeout(500);
  assert.equal(page.url(), 'app://bundle/');
  assert.equal(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), 1);
  const state = await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state);
  assert.equal(state, 'denied');
}

async function refusesWhatIsNotInTheContract({ page }: Subject): Promise<void> {
  for (const [channel, payload] of [
    ['fs.read', {}],
    ['model.open', { model: 7 }],
  ] as const) {
    const reply = await ask(page, channel, payload);
    assert.ok(!reply.ok && reply.failure.code === 'bad-request');
  }
}

async function runsAModel({ page }: Subject): Promise<void> {
  await listen(page);
  assert.deepEqual(await page.evaluate(sumsOfRows, RUN), { tokens: 6, dims: [6, 6], sums: [1, 1, 1, 1, 1, 1] });
  await hears(page, '"stage":"running"');
}

/** Runs in the page, because buffers cannot leave it: the rows of one pattern, summed and rounded. */
async function sumsOfRows(run: typeof RUN): Promise<{ tokens: number; dims: number[]; sums: number[] }> {
  const { headlight } = window as unknown as PageWindow;
  const ran = await headlight.request('text.run', run);
  if (!ran.ok) throw new Error(ran.failure.message);
  const { traceId, tokens } = ran.value as RunResult;
  const sliced = await headlight.request('trace.slice', { traceId, name: 'decoder.2.self.pattern', head: 1 });
  if (!sliced.ok) throw new Error(sliced.failure.message);
  const { data, dims } = sliced.value as Slice;
  const weights = new Float32Array(data);
  const keys = dims[1] ?? 0;
  const sums = Array.from({ length: dims[0] ?? 0 }, (_row, q) => {
    const row = weights.slice(q * keys, (q + 1) * keys);
    return Math.round(row.reduce((sum, weight) => sum + weight, 0) * 1e4) / 1e4;
  });
  return { tokens: tokens.length, dims, sums };
}

async function savesThroughTheDialog({ app, page, folder }: Subject): Promise<void> {
  const file = path.join(folder, 'figure.svg');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
  }, file);
  const reply = await page.evaluate(() => {
    const data = new TextEncoder().encode('<svg/>').buffer;
    const request = { name: 'figure.svg', mimeType: 'image/svg+xml', data };
    return (window as unknown as PageWindow).headlight.request('dialog.saveFile', request);
  });
  assert.deepEqual(reply, { ok: true, value: { supported: true, path: file } });
  assert.equal(await readFile(file, 'utf8'), '<svg/>');
  const chosen = await valueOf(page, 'dialog.openFolder', { title: 'Folder' });
  assert.deepEqual(chosen, { supported: true, folder: null });
}

async function hearsTheMenu({ app, page }: Subject): Promise<void> {
  await listen(page);
  await app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('theme-dark')?.click();
  });
  await hears(page, '"command":"theme-dark"');
}

async function opensANotebook({ app, page }: Subject): Promise<void> {
  await listen(page);
  await app.evaluate(({ app: electron }) => {
    electron.emit('second-instance', {}, ['headlight', '--flag', 'findings.headlight'], electron.getPath('temp'));
  });
  await hears(page, 'findings.headlight');
}

async function zoomsAndKeepsIt({ app, page }: Subject): Promise<void> {
  const zoomed = (id: string) =>
    app.evaluate(({ BrowserWindow, Menu }, item) => {
      Menu.getApplicationMenu()?.getMenuItemById(item)?.click();
      return BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor();
    }, id);
  assert.ok(Math.abs(((await zoomed('zoom-in')) ?? 0) - 1.1) < 0.01);
  await page.reload();
  await page.waitForLoadState('load');
  await page.waitForFunction(() => devicePixelRatio !== Math.round(devicePixelRatio), undefined, { timeout: 10_000 });
  assert.ok(Math.abs(((await zoomed('zoom-reset')) ?? 0) - 1) < 0.01);
}

async function survivesACrashOfTheEngine({ app, page }: Subject): Promise<void> {
  await listen(page);
  const killed = await app.evaluate(({ app: electron }) => {
    const engine = electron.getAppMetrics().find(({ name }) => name === 'Headlight engine');
    if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
    return engine !== undefined;
  });
  assert.ok(killed, 'no engine process was found');
  await hears(page, '"cause":"crashed"');
  await hears(page, '"state":"ready"');
  const { model, input } = RUN;
  assert.equal((await valueOf<Token[]>(page, 'text.tokenize', { model, input })).length, 6);
}

async function stopsARunOnRequest({ page }: Subject): Promise<void> {
  const replies = await page.evaluate(async (run) => {
    const { headlight } = window as unknown as PageWindow;
    const running = headlight.request('text.run', run);
    const cancelled = await headlight.request('engine.cancel', {});
    return { running: await running, cancelled };
  }, RUN);
  assert.deepEqual(replies.cancelled, { ok: true, value: { cancelled: true } });
  assert.ok(!replies.running.ok && replies.running.failure.code === 'cancelled');
  await valueOf(page, 'text.run', RUN);
}

export const checks: Readonly<Record<string, (subject: Subject) => Promise<void>>> = {
  'shows the page': showsThePage,
  'isolates the page from Electron and Node': isIsolated,
  'serves the page with its headers and nothing else': hasHeadersAndNothingElse,
  'stays on the page, opens no window, has no permission': staysWhereItIs,
  'refuses what is not in the contract': refusesWhatIsNotInTheContract,
  'runs a bundled model and gives its numbers as buffers': runsAModel,
  'saves a file and opens a folder through the dialogs': savesThroughTheDialog,
  'tells the page what was chosen in the menu': hearsTheMenu,
  'tells the page of a notebook that a second start opens': opensANotebook,
  'zooms from the menu and keeps it over a reload': zoomsAndKeepsIt,
  'survives a crash of the engine': survivesACrashOfTheEngine,
  'stops a run on request': stopsARunOnRequest,
};

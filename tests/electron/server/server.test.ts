/** The server's borders, over real loopback connections; the engine behind it is a process without models. */
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { MAX_FRAME_BYTES, encodeFrame } from '../../../electron/api/wire.ts';
import { MAX_TEXT_UNITS } from '../../../electron/host/dispatch.ts';
import { Supervisor } from '../../../electron/host/supervisor.ts';
import { startServer, type RunningServer } from '../../../electron/server/server.ts';
import { FakeChild } from '../support/fake-child.ts';
import { failureOf } from '../support/failure-of.ts';
import { openPage, upgradeStatus, type Page } from '../support/page.ts';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'";

let folder: string;
let server: RunningServer;
let child: FakeChild;
let supervisor: Supervisor;
const pages: Page[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-server-'));
  const site = path.join(folder, 'site');
  await mkdir(path.join(site, 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(site, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(path.join(site, '.hidden'), 'secret');
  await writeFile(path.join(site, 'assets', 'app.js'), 'export {};');
  await writeFile(path.join(site, 'assets', 'font.woff2'), new Uint8Array(4));
  await symlink(path.join(folder, 'secret.txt'), path.join(site, 'assets', 'link.txt'));
  child = new FakeChild();
  supervisor = new Supervisor({ spawn: () => child, grace: 10 });
  child.say({ kind: 'ready' });
  server = await startServer({ port: 0, supervisor, staticFolder: site });
});
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
  supervisor.cancel();
});
afterAll(async () => {
  await server.close();
  await supervisor.stop();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A request whose path is sent exactly as written (`fetch` would tidy `..` away). */
function ask(pathname: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, path: pathname, method, headers };
    const request = http.request(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() });
      });
    });
    request.on('error', reject);
    request.end();
  });
}

const cookie = (): http.OutgoingHttpHeaders => ({ cookie: `other=1; headlight-${server.port}=${server.token}` });

async function page(): Promise<Page> {
  const opened = await openPage(server);
  pages.push(opened);
  return opened;
}

/** Starts a request and resolves when it has reached the engine. */
async function reaches(request: () => Promise<unknown>): Promise<{ readonly answer: Promise<unknown> }> {
  const before = child.requests.length;
  const answer = request();
  await vi.waitFor(() => {
    expect(child.requests).toHaveLength(before + 1);
  });
  return { answer };
}

describe('the address', () => {
  it('is on 127.0.0.1 with a token of 256 random bits', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/u);
  });

  it('does not answer on this machine’s other addresses', async () => {
    const socket = net.connect({ host: '127.0.0.2', port: server.port });
    const outcome = await new Promise((resolve) => {
      socket.on('connect', () => resolve('connected'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    socket.destroy();
    expect(outcome).not.toBe('connected');
  });

  it('says so when its port is taken', async () => {
    const second = startServer({ port: server.port, supervisor, staticFolder: folder });
    await expect(second).rejects.toThrow(`Port ${server.port} is in use; choose another one or 0 for any free one.`);
  });
});

describe('the token', () => {
  it('is exchanged for a strict, script-proof cookie and leaves the address bar', async () => {
    const answer = await ask(`/?token=${server.token}`, { 'sec-fetch-site': 'none' });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['set-cookie']).toEqual([
      `headlight-${server.port}=${server.token}; Path=/; HttpOnly; SameSite=Strict`,
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('of a link on another site is exchanged by a page of our own, because a redirect would lose the cookie', async () => {
    const answer = await ask(`/?token=${server.token}`, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect(answer.body).toContain('<meta http-equiv="refresh" content="0; url=/">');
    expect(answer.headers['content-security-policy']).toBe(CSP);
  });

  it.each([
    ['no token', '/', {}],
    ['an empty one', '/?token=', {}],
    ['a wrong one', `/?token=${'A'.repeat(43)}`, {}],
    ['a wrong cookie', '/', { cookie: 'headlight=1' }],
    ['a file without it', '/assets/app.js', {}],
  ])('is needed: %s', async (_what, target, headers) => {
    const answer = await ask(target, headers);
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toContain('Open the whole address that Headlight printed');
  });
});

describe('pages', () => {
  it('come with the CSP, nosniff and their MIME type', async () => {
    const answer = await ask('/', cookie());
    expect(answer.status).toBe(200);
    expect(answer.body).toBe('<!doctype html><title>page</title>');
    expect(answer.headers['content-security-policy']).toBe(CSP);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['x-frame-options']).toBe('DENY');
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    const script = await ask('/assets/app.js?v=1', cookie());
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await ask('/assets/font.woff2', cookie())).headers['content-type']).toBe('font/woff2');
  });

  it('are answered to HEAD without a body', async () => {
    const answer = await ask('/assets/app.js', cookie(), 'HEAD');
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers['content-length']).toBe('10');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('are not answered to %s', async (method) => {
    const answer = await ask('/', cookie(), method);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  it.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '0.0.0.0',
    '[::1]',
    '127.0.0.1@evil.example',
  ])('are not answered to the host %s, even with the token', async (host) => {
    const answer = await ask('/', { ...cookie(), host });
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('<title>');
  });

  it('are answered to localhost and to another port, as at a tunnel’s end', async () => {
    expect((await ask('/', { ...cookie(), host: `localhost:${server.port}` })).status).toBe(200);
    expect((await ask('/', { ...cookie(), host: '127.0.0.1:9999' })).status).toBe(200);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets%2f..%2f..%2fsecret.txt',
    '//etc/passwd',
    '/C:/secret.txt',
    '/secret.txt%00.html',
    '/%',
    '/.hidden',
    '/assets',
    '/assets/link.txt',
    'http://127.0.0.1/../secret.txt',
    '/nothing.js',
  ])('are only what lies in the folder: %s', async (target) => {
    const answer = await ask(target, cookie());
    expect(answer.status).toBe(404);
    expect(answer.body).toBe('There is nothing at this address.\n');
  });
});

describe('the WebSocket', () => {
  it('opens for the own origin with the token or the cookie', async () => {
    expect(await upgradeStatus(server)).toBe(101);
    const shown = `headlight-${server.port}=${server.token}`;
    expect(await upgradeStatus(server, { token: null, cookie: shown })).toBe(101);
  });

  it.each([
    ['without the token', { token: null }, 403],
    ['with a wrong token', { token: 'x' }, 403],
    ['with a wrong cookie', { token: null, cookie: 'headlight=x' }, 403],
    ['from another site', { origin: 'https://evil.example' }, 403],
    ['from another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['from a sandboxed frame or a file', { origin: 'null' }, 403],
    ['without an origin', { origin: null }, 403],
    ['with a foreign host', { host: 'evil.example', origin: 'http://evil.example' }, 403],
    ['on another path', { path: '/' }, 404],
  ])('does not open %s', async (_what, headers, status) => {
    expect(await upgradeStatus(server, headers)).toBe(status);
  });

  it('tells a new page how the engine is', async () => {
    const opened = await page();
    await vi.waitFor(() => {
      expect(opened.events[0]).toMatchObject({ name: 'engine', payload: { state: 'ready' } });
    });
  });

  it('has no dialogs, and says who it is', async () => {
    const opened = await page();
    expect(await opened.request('host.info', {})).toMatchObject({ kind: 'server', version: '0.1.0' });
    expect(await opened.request('dialog.openFolder', { title: 'x' })).toEqual({ supported: false, folder: null });
    const save = { name: 'x.svg', mimeType: 'image/svg+xml', data: new ArrayBuffer(3) };
    expect(await opened.request('dialog.saveFile', save)).toEqual({ supported: false, path: null });
  });

  it.each([
    ['text instead of bytes', '{"kind":"request"}'],
    ['noise', new Uint8Array([1, 2, 3])],
    ['a message that is no request', encodeFrame({ kind: 'event', name: 'menu', payload: {} })],
    [
      'a request with a foreign field',
      encodeFrame({ kind: 'request', id: 1, channel: 'models.list', payload: {}, admin: 1 }),
    ],
    ['a request with a negative id', encodeFrame({ kind: 'request', id: -1, channel: 'models.list', payload: {} })],
  ])('is closed on %s', async (_what, data) => {
    const opened = await page();
    opened.raw(data);
    expect(await opened.closed).toBe(1002);
  });

  it('is closed on a frame above the limit, and the server goes on', async () => {
    const opened = await page();
    opened.raw(new Uint8Array(MAX_FRAME_BYTES + 1));
    expect(await opened.closed).toBe(1009);
    expect(await (await page()).request('host.info', {})).toMatchObject({ kind: 'server' });
  });

  it.each([
    ['an unknown channel', 'files.read', {}, 'invalid channel: "files.read"'],
    ['a channel named like a property', '__proto__', {}, 'invalid channel: "__proto__"'],
    ['no payload', 'model.open', null, 'invalid request of model.open: '],
    ['a wrong type', 'model.open', { model: 7, device: 'cpu' }, 'invalid request of model.open: model: '],
    ['an unknown device', 'model.open', { model: 'm', device: 'tpu' }, 'invalid request of model.open: device: '],
  ])('answers %s with a sentence and stays open', async (_what, channel, payload, sentence) => {
    const opened = await page();
    const failure = await failureOf(opened.request(channel, payload));
    expect(failure.code).toBe('bad-request');
    expect(failure.message).toContain(sentence);
    expect(await opened.request('host.info', {})).toMatchObject({ kind: 'server' });
  });

  it('refuses a text far beyond any model without troubling the engine', async () => {
    const opened = await page();
    const before = child.requests.length;
    const text = 'a'.repeat(MAX_TEXT_UNITS + 1);
    const failure = await failureOf(opened.request('text.tokenize', { model: 'm', input: { text } }));
    expect(failure).toMatchObject({ code: 'bad-text', reason: 'text-too-large', values: { limit: MAX_TEXT_UNITS } });
    expect(child.requests).toHaveLength(before);
  });

  it('answers with a failure where the engine breaks the contract, or an answer does not fit into a frame', async () => {
    const opened = await page();
    const broken = await reaches(() => failureOf(opened.request('trace.close', { traceId: 't' })));
    child.answer('not an object');
    expect(await broken.answer).toMatchObject({ code: 'internal', reason: 'invalid-response' });
    const large = await reaches(() => failureOf(opened.request('trace.slice', { traceId: 't', name: 'n' })));
    child.answer({
      name: 'n',
      head: null,
      format: 'f32',
      rows: null,
      axes: ['x'],
      dims: [1],
      data: new ArrayBuffer(MAX_FRAME_BYTES),
    });
    expect(await large.answer).toMatchObject({ code: 'bad-request', reason: 'answer-too-large' });
  });

  it('sends progress only to the page that asked', async () => {
    const [asker, other] = [await page(), await page()];
    const request = await reaches(() => asker.request('models.list', {}));
    child.say({ kind: 'event', name: 'progress', payload: { stage: 'opening', fraction: null } });
    child.answer([]);
    await request.answer;
    await other.request('host.info', {});
    expect(asker.events.filter(({ name }) => name === 'progress')).toEqual([
      {
        kind: 'event',
        name: 'progress',
        payload: { stage: 'opening', fraction: null, channel: 'models.list', lane: null },
      },
    ]);
    expect(other.events.filter(({ name }) => name === 'progress')).toEqual([]);
  });

  it('drops what a closed page waited for', async () => {
    const [leaver, stayer] = [await page(), await page()];
    const first = await reaches(() => stayer.request('models.list', {}));
    const before = child.requests.length;
    void leaver.request('engine.info', {}).catch(() => undefined);
    await leaver.request('host.info', {});
    leaver.close();
    await leaver.closed;
    await stayer.request('host.info', {});
    child.answer([]);
    await first.answer;
    expect(child.requests).toHaveLength(before);
  });
});

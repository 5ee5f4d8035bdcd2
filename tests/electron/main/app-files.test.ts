import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { CONTENT_SECURITY_POLICY } from '../../../electron/host/csp.ts';
import { answerAppRequest } from '../../../electron/main/app-files.ts';

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'headlight-app-'));
  folder = path.join(root, 'renderer');
  await mkdir(folder);
  await writeFile(path.join(root, 'secret.txt'), 'secret');
  await writeFile(path.join(folder, 'index.html'), '<!doctype html>');
});
afterAll(() => rm(root, { recursive: true }));

const ask = (url: string, method = 'GET'): Promise<Response> => answerAppRequest(new Request(url, { method }), folder);

it('gives the page with the CSP and its type', async () => {
  const response = await ask('app://bundle/');
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<!doctype html>');
  expect(response.headers.get('Content-Security-Policy')).toBe(CONTENT_SECURITY_POLICY);
  expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
});

it.each([
  'app://bundle/../secret.txt',
  'app://bundle/%2e%2e/secret.txt',
  'app://bundle/..%2fsecret.txt',
  'app://bundle/..%5csecret.txt',
  'app://bundle/nothing.js',
  'app://other/index.html',
  'file:///etc/passwd',
])('gives nothing else: %s', async (url) => {
  const response = await ask(url);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
  expect(response.headers.get('Content-Security-Policy')).toBe(CONTENT_SECURITY_POLICY);
});

it('answers GET and HEAD only', async () => {
  expect(await (await ask('app://bundle/', 'HEAD')).text()).toBe('');
  expect((await ask('app://bundle/', 'POST')).status).toBe(405);
});

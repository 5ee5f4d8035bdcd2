/** Proxies, redirects that lead astray, and what a header says of waiting. */
import { createServer } from 'node:http';
import { connect as connectSocket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { retrySeconds } from '../../../native-models/hub/faults.ts';
import { ask, connect } from '../../../native-models/hub/http.ts';
import type { Connection } from '../../../native-models/hub/http.ts';
import { modelErrorOf } from '../checkpoint/support.ts';

const signal = new AbortController().signal;

async function serverWith(answer: Parameters<typeof createServer>[1]) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function connection(env: Record<string, string>, token: string | null = null): Promise<Connection> {
  const made = await connect({ env, token });
  onTestFinished(() => made.close());
  return made;
}

describe('ask', () => {
  it('goes through the proxy of HTTP_PROXY, except to what NO_PROXY names', async () => {
    const { port } = await serverWith((_request, response) => response.end('hub'));
    const through: string[] = [];
    const { server, port: proxyPort } = await serverWith((request, response) => {
      through.push(request.url ?? '');
      response.end('proxy');
    });
    server.on('connect', (request, client) => {
      through.push(request.url ?? '');
      const target = connectSocket(port, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
      target.pipe(client).pipe(target);
    });
    const env = { HF_ENDPOINT: `http://127.0.0.1:${port}`, HTTP_PROXY: `http://127.0.0.1:${proxyPort}` };
    const answer = await ask(await connection(env), { path: '/x', what: 'x', signal });
    await answer.body.dump();
    expect(through).toHaveLength(1);
    const direct = await ask(await connection({ ...env, NO_PROXY: '127.0.0.1' }), { path: '/x', what: 'x', signal });
    expect(await direct.body.text()).toBe('hub');
    expect(through).toHaveLength(1);
  });

  it.each(['/x', 'file:///etc/passwd', 'javascript:1', 'http://'])('ends with a redirect to %s', async (Location) => {
    const { port } = await serverWith((_request, response) => response.writeHead(302, { Location }).end());
    const line = await connection({ HF_ENDPOINT: `http://127.0.0.1:${port}` });
    const error = await modelErrorOf(() => ask(line, { path: '/x', what: 'x', signal }));
    expect(error).toMatchObject({ code: 'network', reason: 'hub-redirects' });
  });

  it('gives the token again after a redirect within the hub', async () => {
    const seen: (string | undefined)[] = [];
    const { port } = await serverWith((request, response) => {
      seen.push(request.headers.authorization);
      if (request.url === '/new') response.end('here');
      else response.writeHead(307, { Location: '/new' }).end();
    });
    const line = await connection({ HF_ENDPOINT: `http://127.0.0.1:${port}` }, 'hf_secret');
    const answer = await ask(line, { path: '/old', what: 'x', signal });
    expect(await answer.body.text()).toBe('here');
    expect(seen).toEqual(['Bearer hf_secret', 'Bearer hf_secret']);
  });
});

it('Retry-After is seconds or a date', () => {
  const now = Date.parse('2024-01-01T00:00:00Z');
  expect(retrySeconds('12', now)).toBe(12);
  expect(retrySeconds('Mon, 01 Jan 2024 00:01:00 GMT', now)).toBe(60);
  expect(retrySeconds('Sun, 31 Dec 2023 00:00:00 GMT', now)).toBe(0);
  expect(retrySeconds('soon', now)).toBeNull();
  expect(retrySeconds(undefined, now)).toBeNull();
});

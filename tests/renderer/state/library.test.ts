import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Download, HubOverview } from '../../../electron/api/index.ts';
import { Library } from '../../../renderer/state/library.ts';
import { FakeClient } from '../support.ts';

const overview: HubOverview = {
  ...{ host: 'h', offline: false, folder: '/c', folderFrom: 'default', freeBytes: null, curated: [], cache: [] },
  token: { from: null, keeps: 'session' },
};
const download = (state: Download['state'], change: Partial<Download> = {}): Download => ({
  ...{ id: 'a/b@main', repo: 'a/b', revision: 'main', state, stage: null, file: null, bytes: 0, total: 0 },
  ...{ bytesPerSecond: null, secondsLeft: null, failure: null, commit: null },
  ...change,
});

let client: FakeClient;
let library: Library;
const onModels = vi.fn();
const state = () => library.store.getState();
async function call(channel: string, count = 1) {
  await vi.waitFor(() => expect(client.all(channel)).toHaveLength(count));
  return client.last(channel);
}

beforeEach(() => {
  onModels.mockClear();
  client = new FakeClient();
  library = new Library(client, onModels);
});

describe('Library', () => {
  it('hears of downloads, and reads the models again when one is done', async () => {
    client.emit('downloads', { downloads: [download('running')] });
    expect(state().downloads).toHaveLength(1);
    expect([onModels.mock.calls.length, state().ended]).toEqual([0, null]);
    client.emit('downloads', { downloads: [download('done')] });
    expect(state().ended).toEqual({ kind: 'done', repo: 'a/b' });
    expect(onModels).toHaveBeenCalledOnce();
    await (await call('hub.overview')).answer(overview);
    client.emit('downloads', { downloads: [download('done')] });
    expect(onModels).toHaveBeenCalledOnce();
  });

  it('says nothing of what had ended before the window was there', () => {
    client.emit('downloads', { downloads: [download('done')] });
    expect([state().ended, onModels.mock.calls.length]).toEqual([null, 0]);
  });

  it('searches by words, looks a name up, and shows the newest answer only', async () => {
    const first = library.search('gpt');
    const asked = await call('hub.search');
    expect(asked.request).toEqual({ query: 'gpt' });
    const second = library.search(' a/b@v1 ');
    const info = await call('hub.info');
    expect(info.request).toEqual({ model: 'a/b@v1' });
    const known = { repo: 'a/b', commit: 'c', family: 'bert', license: null, gated: false, files: [], bytes: 0 };
    await info.answer({ ...known, problem: null });
    await asked.answer([]);
    await Promise.all([first, second]);
    expect(state().search).toMatchObject({ status: 'done', results: [{ repo: 'a/b@v1', family: 'bert' }] });
    const third = library.search('a/b');
    const problem = {
      code: 'bad-model',
      message: 'no weights',
      reason: 'hub-no-weights',
      values: { repo: 'a/b' },
    } as const;
    await (await call('hub.info', 2)).answer({ ...known, problem });
    await third;
    expect(state().search).toMatchObject({ status: 'failed', failure: { reason: 'hub-no-weights' } });
    await library.search('  ');
    expect(state().search.status).toBe('none');
  });

  it('keeps what a button could not do, until the next one can', async () => {
    const fetching = library.fetch('x');
    await (await call('hub.fetch')).fail({ code: 'bad-request', message: 'no', reason: 'hub-repo-invalid' });
    await fetching;
    expect(state().failure).toMatchObject({ reason: 'hub-repo-invalid' });
    const again = library.fetch('a/b');
    await (await call('hub.fetch', 2)).answer(download('queued'));
    await again;
    expect(state().failure).toBeNull();
  });

  it('takes the end of a download off the list with its model, and reads the models again', async () => {
    client.emit('downloads', { downloads: [download('done')] });
    const deleting = library.delete('a/b');
    await (await call('hub.delete')).answer({ freed: 12 });
    await (await call('hub.cancel')).answer({});
    await (await call('hub.overview')).answer(overview);
    await deleting;
    expect(state().ended).toEqual({ kind: 'deleted', repo: 'a/b', bytes: 12 });
    expect(onModels).toHaveBeenCalledOnce();
  });

  it('gives a token and keeps none', async () => {
    const reading = library.refresh();
    await (await call('hub.overview')).answer(overview);
    await reading;
    const giving = library.setToken('hf_secret');
    await (await call('hub.setToken')).answer({ from: 'session', keeps: 'session' });
    expect(await giving).toBe(true);
    expect(state().overview?.token.from).toBe('session');
    expect(JSON.stringify(state())).not.toContain('hf_secret');
  });
});

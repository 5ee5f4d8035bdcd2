import { describe, expect, it } from 'vitest';
import type { Download, HubOverview } from '../../../electron/api/index.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import type { LibraryState } from '../../../renderer/state/library.ts';
import {
  aboutText,
  busyCount,
  curatedRows,
  durationText,
  endedText,
  offlineText,
  otherRows,
  progressText,
  resultRows,
} from '../../../renderer/view-models/library.ts';
import { modelEntry } from '../support.ts';

const english = translator(createI18n('en'), 'en');
const dutch = translator(createI18n('nl'), 'nl');
const COMMIT = 'a'.repeat(40);

const download = (change: Partial<Download> = {}): Download => ({
  ...{ id: 'org/gpt2@main', repo: 'org/gpt2', revision: 'main', state: 'running', stage: 'downloading', file: 'x' },
  ...{ bytes: 120e6, total: 480e6, bytesPerSecond: 12e6, secondsLeft: 30, failure: null, commit: null },
  ...change,
});
const cached = (repo: string, bytes = 500e6, isModel = true) => ({
  ...{ repo, bytes, partialBytes: 0 },
  revisions: [{ commit: COMMIT, refs: ['main'], files: 3, bytes, ownBytes: bytes, isModel }],
});
const curated = {
  ...{ repo: 'org/gpt2', revision: COMMIT, name: 'GPT-2', family: 'gpt2', license: 'mit', language: 'en' },
  ...{ layers: 12, heads: 12, weightBytes: 548e6 },
};
const overview = (change: Partial<HubOverview> = {}): HubOverview => ({
  ...{ host: 'huggingface.co', offline: false, folder: '/cache', freeBytes: 9e9 },
  ...{ folderFrom: 'default', curated: [curated], cache: [] },
  token: { from: null, keeps: 'session' },
  ...change,
});
const facts = (change: Partial<HubOverview> = {}, downloads: Download[] = [], models = [modelEntry()]) => ({
  overview: overview(change),
  downloads,
  models,
});
const entry = (id: string, problem: string | null = null) => modelEntry({ id, source: 'huggingface', problem });

describe('the lines of the library', () => {
  it('say what a model is and that it is not here', () => {
    expect(curatedRows(facts(), english)).toMatchObject([
      {
        model: 'org/gpt2',
        name: 'GPT-2',
        facts: 'gpt2 · 12 layers × 12 heads · 548 MB of weights · licence mit · English',
        state: 'absent',
        place: 'Not here',
        opens: null,
        deletes: 0,
      },
    ]);
    const [unsized] = curatedRows(facts({ curated: [{ ...curated, weightBytes: null, language: 'nl' }] }), dutch);
    expect(unsized?.facts).toContain('grootte bekend na navraag');
    expect(unsized?.facts).toContain('Nederlands');
  });

  it('of a model that is here open it, or say why not, and how much deleting frees', () => {
    const cache = [cached('Org/GPT2')];
    const [here] = curatedRows(facts({ cache }, [], [entry('Org/GPT2')]), english);
    expect(here).toMatchObject({
      state: 'here',
      place: 'Here, 500 MB',
      opens: 'Org/GPT2',
      deletes: 500e6,
      problem: null,
    });
    const [broken] = curatedRows(facts({ cache }, [], [entry('Org/GPT2', 'no tokenizer')]), english);
    expect(broken).toMatchObject({ opens: null, problem: 'Cannot be opened: no tokenizer', deletes: 500e6 });
    const [part] = curatedRows(facts({ cache: [cached('org/gpt2', 2e3, false)] }), english);
    expect(part).toMatchObject({ state: 'absent', deletes: 2e3 });
  });

  it('follow a download to its end', () => {
    const line = (change: Partial<Download>) => curatedRows(facts({}, [download(change)]), english)[0];
    expect(line({})).toMatchObject({ state: 'running', fraction: 0.25, deletes: 0 });
    expect(line({ total: 0, bytes: 0, stage: 'resolving' })).toMatchObject({
      fraction: null,
      place: 'Asking the hub…',
    });
    expect(line({ state: 'done' })).toMatchObject({ state: 'absent', download: null });
    const failure = { code: 'network', message: 'm', reason: 'hub-slow', values: { host: 'h', seconds: 30 } } as const;
    expect(line({ state: 'failed', failure })).toMatchObject({ problem: 'Stopped: h did not answer within 30 s.' });
  });

  it('list what else is in the cache or on its way, once', () => {
    const cache = [cached('a/b'), cached('ORG/gpt2')];
    const all = facts({ cache }, [download({ id: 'c/d@v1', repo: 'c/d' }), download({ repo: 'a/b', state: 'done' })]);
    const rows = otherRows(all, english, curatedRows(all, english));
    expect(rows.map(({ repo, state }) => [repo, state])).toEqual([
      ['a/b', 'here'],
      ['c/d', 'running'],
    ]);
    expect(rows[0]?.facts).toBe('revision aaaaaaaaaaaa');
  });

  it('keep the revision of a result that was typed', () => {
    const results = [{ repo: 'a/b@v1', family: 'bert', license: null, downloads: 1, gated: true }];
    expect(resultRows(facts(), results, english)).toMatchObject([
      { model: 'a/b@v1', repo: 'a/b', facts: 'bert · 1 download a month · gated: needs a token' },
    ]);
  });
});

describe('progressText', () => {
  it.each<[Partial<Download>, string]>([
    [{}, '120 MB of 480 MB · 12 MB/s · 30 s left'],
    [{ bytesPerSecond: null, secondsLeft: null }, '120 MB of 480 MB'],
    [{ state: 'paused', stage: null, bytesPerSecond: null, secondsLeft: null }, 'Paused · 120 MB of 480 MB'],
    [{ state: 'queued', stage: null, total: 0 }, 'Waits for its turn'],
    [{ stage: 'waiting' }, 'Another program fetches it; waiting… · 120 MB of 480 MB'],
  ])('of %j', (change, text) => {
    expect(progressText(download(change), english)).toBe(text);
  });

  it('writes times in both languages', () => {
    expect([0.4, 59.2, 61, 3_720].map((seconds) => durationText(seconds, english))).toEqual([
      '1 s',
      '1 min 00 s',
      '1 min 01 s',
      '1 h 02 min',
    ]);
    expect(durationText(3_720, dutch)).toBe('1 u 02 min');
  });
});

describe('what is said beside the lines', () => {
  const state = (change: Partial<LibraryState> = {}): LibraryState => ({
    ...{ overview: overview(), downloads: [], failure: null, ended: null },
    search: { status: 'none', results: [], failure: null },
    ...change,
  });
  const lost = { code: 'network', message: 'm', reason: 'hub-unreachable' } as const;

  it('is where models go and how much room there is', () => {
    const cache = [cached('a/b')];
    expect(aboutText(overview({ cache }), english)).toMatch(/\/cache \(500 MB used, 9\.0 GB free\)/);
    expect(aboutText(overview({ freeBytes: null }), english)).toMatch(/\(0 kB used\)/);
  });

  it('is that there is no network, and only then', () => {
    expect(offlineText(state(), english)).toBeNull();
    expect(offlineText(state({ overview: overview({ offline: true }) }), english)).toContain('HF_HUB_OFFLINE');
    for (const change of [
      { failure: lost },
      { downloads: [download({ state: 'failed', failure: lost })] },
      { search: { status: 'failed', results: [], failure: lost } },
    ] as const) {
      expect(offlineText(state(change), english)).toContain('huggingface.co cannot be reached');
    }
    expect(offlineText(state({ failure: { ...lost, reason: 'hub-gated' } }), english)).toBeNull();
  });

  it('is what ended', () => {
    expect(endedText(state({ ended: { kind: 'done', repo: 'a/b' } }), dutch)).toBe('a/b is hier.');
    expect(endedText(state({ ended: { kind: 'deleted', repo: 'a/b', bytes: 5e6 } }), english)).toContain('5.0 MB');
    expect(endedText(state(), english)).toBe('');
    expect(busyCount([download(), download({ state: 'paused' }), download({ state: 'queued' })])).toBe(2);
  });
});

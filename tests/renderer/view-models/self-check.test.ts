import { describe, expect, it } from 'vitest';
import type { SelfCheck } from '../../../electron/api/index.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import {
  checkData,
  checkReport,
  checkSections,
  isWell,
  withoutHome,
} from '../../../renderer/view-models/self-check.ts';

const english = translator(createI18n('en'), 'en');
const check: SelfCheck = {
  host: {
    version: '9.9.9',
    kind: 'electron',
    runtimes: [{ name: 'Electron', version: '45.0.0' }],
    system: {
      ...{ name: 'Windows 11 Pro', platform: 'win32', release: '10.0', architecture: 'x64', cpu: 'A CPU' },
      ...{ cores: 8, memoryBytes: 16e9, freeBytes: 4e9 },
    },
    home: 'C:\\Users\\ada',
    folders: [
      { id: 'settings', path: 'c:\\users\\Ada\\AppData\\Headlight', exists: true, freeBytes: 5e9 },
      { id: 'logs', path: null, exists: false, freeBytes: null },
    ],
    cacheFrom: 'default',
  },
  engine: {
    onnxruntime: '1.30.0',
    devices: [
      { id: 'cpu', state: 'ready' },
      { id: 'webgpu', state: 'failed', reason: 'wrong numbers; see C:/Users/ada/log.txt' },
    ],
    bundled: [{ id: 'headlight-gpt', state: 'verified', files: 4, problem: null }],
    folders: [],
  },
  browser: null,
};

describe('the self-check', () => {
  it('says what was found, section by section', () => {
    const sections = checkSections(check, english);
    expect(sections.map(({ id }) => id)).toEqual(['versions', 'machine', 'devices', 'bundled', 'folders']);
    const devices = sections[2]?.rows ?? [];
    expect(devices.map(({ name, state }) => [name, state])).toEqual([
      ['CPU', 'good'],
      ['WebGPU', 'bad'],
    ]);
  });

  it('never names the home folder, whatever its separators and capitals', () => {
    const report = checkReport(check, english);
    expect(report).toContain('~\\AppData\\Headlight (5.0 GB free)');
    expect(report).toContain('see ~/log.txt');
    for (const text of [report, JSON.stringify(checkData(check))]) expect(text.toLowerCase()).not.toContain('ada');
  });

  it('calls it well while the CPU and the bundled models are', () => {
    expect(isWell(check)).toBe(true);
    const damaged = { id: 'a', state: 'damaged' as const, files: 1, problem: 'a/x is not the file.' };
    expect(isWell({ ...check, engine: { ...check.engine, bundled: [damaged] } })).toBe(false);
    expect(isWell({ ...check, engine: { ...check.engine, devices: [] } })).toBe(false);
  });
});

describe('withoutHome', () => {
  it('leaves what only begins alike', () => {
    expect(withoutHome('/home/ada/x and /home/adam/y', '/home/ada')).toBe('~/x and /home/adam/y');
    expect(withoutHome('/x/y', '/')).toBe('/x/y');
    expect(withoutHome('at /home/a.b, there', '/home/a.b/')).toBe('at ~, there');
    expect(withoutHome('/home/aXb', '/home/a.b')).toBe('/home/aXb');
  });
});

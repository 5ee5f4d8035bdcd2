import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readDeviceRecord, writeDeviceRecord } from '../../../native-models/session/device-record.ts';
import { deviceIds, knownDevices, probeDevices, resolveDevice } from '../../../native-models/session/devices.ts';
import { SELF_TEST_TOLERANCE, selfTest } from '../../../native-models/session/self-test.ts';

let state: string;

beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'headlight-state-'));
  vi.stubEnv('HEADLIGHT_STATE', state);
});

describe('devices', () => {
  it('the CPU passes its own self-test', async () => {
    const { error, seconds } = await selfTest('cpu');
    expect(error).toBeLessThan(SELF_TEST_TOLERANCE);
    expect(seconds).toBeGreaterThan(0);
  });

  it('auto takes a device that is ready, and remembers what it found', async () => {
    const report = await resolveDevice('auto');
    expect(report.state).toBe('ready');
    const reports = await probeDevices();
    expect(reports.map(({ id }) => id)).toEqual(deviceIds());
    for (const { state, reason } of reports) if (state !== 'ready') expect(reason).toBeTruthy();
    for (const { id, state } of reports) expect(readDeviceRecord(id)?.state).toBe(state);
  });

  it('a device whose test ended the process is left out, with the reason', async () => {
    const [, device] = deviceIds();
    writeDeviceRecord(device!, { state: 'testing' });
    const found = knownDevices().find(({ id }) => id === device);
    expect(found).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('ended during its self-test') as string,
    });
    expect((await resolveDevice('auto')).id).not.toBe(device);
  });

  it('a test that another process is still running is no failure', () => {
    const [, device] = deviceIds();
    writeDeviceRecord(device!, { state: 'testing', pid: process.pid });
    expect(knownDevices().find(({ id }) => id === device)?.state).toBe('untested');
  });

  it('a faster device that is ready is chosen over the CPU', async () => {
    writeDeviceRecord('cpu', { state: 'ready', seconds: 1 });
    for (const id of deviceIds().slice(1)) writeDeviceRecord(id, { state: 'unavailable', reason: 'test' });
    const [, device] = deviceIds();
    writeDeviceRecord(device!, { state: 'ready', seconds: 0.1 });
    expect((await resolveDevice('auto')).id).toBe(device);
  });

  it('a device that this platform does not have is refused by name', async () => {
    const missing = process.platform === 'win32' ? 'coreml' : 'dml';
    await expect(resolveDevice(missing)).rejects.toThrow(
      `The device "${missing}" cannot be used: it does not exist on`,
    );
  });

  it('a damaged record counts as none', () => {
    writeDeviceRecord('cpu', { state: 'ready', seconds: 1 });
    for (const file of readdirSync(state)) writeFileSync(path.join(state, file), '{"cpu": {"state": 7}, "webgpu"');
    expect(readDeviceRecord('cpu')).toBeNull();
  });
});

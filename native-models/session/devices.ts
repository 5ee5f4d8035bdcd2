/** Which devices this machine has, tested against the CPU on first use, and the choice of the fastest. */
import { ModelError } from '../errors.ts';
import type { DeviceChoice, DeviceId, DeviceReport } from '../types.ts';
import { hasCudaLibrary } from './runtime.ts';
import { readDeviceRecord, writeDeviceRecord } from './device-record.ts';
import { SELF_TEST_TOLERANCE, selfTest } from './self-test.ts';

/**
 * Devices that this platform's ONNX Runtime carries, apart from the CPU. CoreML is not tried by `auto`: its results on some
 * macOS versions are finite and wrong in ways a short test can miss.
 */
const CANDIDATES: Readonly<Partial<Record<NodeJS.Platform, readonly DeviceId[]>>> = {
  darwin: ['webgpu', 'coreml'],
  win32: ['webgpu', 'dml'],
  linux: ['webgpu', 'cuda'],
};
const NEVER_AUTOMATIC: readonly DeviceId[] = ['coreml'];

export function deviceIds(platform: NodeJS.Platform = process.platform): readonly DeviceId[] {
  return ['cpu', ...(CANDIDATES[platform] ?? [])];
}

/** What is known of every device without testing any: earlier self-tests, or `untested`. */
export function knownDevices(): readonly DeviceReport[] {
  return deviceIds().map((id) => (id === 'cpu' ? { id, state: 'ready' } : reportOf(id)));
}

/** Tests every device that was not tested before with this version of ONNX Runtime. */
export async function probeDevices(): Promise<DeviceReport[]> {
  const reports: DeviceReport[] = [];
  for (const id of deviceIds()) reports.push(await probe(id));
  return reports;
}

/**
 * The device for a choice. `auto` is the fastest that passes the self-test; a named device is tested too, again if it failed before.
 * @throws ModelError `device` when the named device is not on this machine or fails its test
 */
export async function resolveDevice(choice: DeviceChoice): Promise<DeviceReport> {
  if (choice === 'auto') return fastest(await probeDevices());
  if (!deviceIds().includes(choice)) throw unusable(choice, `it does not exist on ${process.platform}`);
  const known = await probe(choice);
  const report = known.state === 'ready' ? known : await test(choice);
  if (report.state !== 'ready') throw unusable(choice, report.reason ?? report.state);
  return report;
}

function fastest(reports: readonly DeviceReport[]): DeviceReport {
  const usable = reports.filter(({ id, state }) => state === 'ready' && !NEVER_AUTOMATIC.includes(id));
  const sorted = [...usable].sort((a, b) => (a.seconds ?? Infinity) - (b.seconds ?? Infinity));
  return sorted[0] ?? { id: 'cpu', state: 'ready' };
}

async function probe(id: DeviceId): Promise<DeviceReport> {
  const known = reportOf(id);
  return known.state === 'untested' ? test(id) : known;
}

function reportOf(id: DeviceId): DeviceReport {
  const record = readDeviceRecord(id);
  if (record === null) return { id, state: 'untested' };
  if (record.state === 'testing') {
    if (record.pid !== undefined && isRunning(record.pid)) return { id, state: 'untested' };
    return {
      id,
      state: 'failed',
      reason: 'the engine ended during its self-test; choose the device by name to try again',
    };
  }
  const { pid: _, ...report } = record;
  return { ...report, state: record.state, id };
}

/** A test that another Headlight is running right now says nothing yet. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function test(id: DeviceId): Promise<DeviceReport> {
  if (id !== 'cpu') writeDeviceRecord(id, { state: 'testing', pid: process.pid });
  const report = await outcome(id);
  const { state } = report;
  if (state !== 'untested') {
    const details = {
      ...(report.reason === undefined ? {} : { reason: report.reason }),
      ...(report.seconds === undefined ? {} : { seconds: report.seconds }),
    };
    writeDeviceRecord(id, { state, ...details });
  }
  return report;
}

async function outcome(id: DeviceId): Promise<DeviceReport> {
  if (id === 'cuda' && !hasCudaLibrary()) {
    return { id, state: 'unavailable', reason: 'its libraries are an extra download that was not made' };
  }
  try {
    const { error, seconds } = await selfTest(id);
    if (error <= SELF_TEST_TOLERANCE) return { id, state: 'ready', seconds };
    const reason = `its self-test differs from the CPU by ${error.toExponential(1)} (allowed ${SELF_TEST_TOLERANCE})`;
    return { id, state: 'failed', reason, seconds };
  } catch (error) {
    return { id, state: 'unavailable', reason: readableReason(error) };
  }
}

/** The part of ONNX Runtime's message that says what is wrong, without source locations and status codes. */
function readableReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line = text] = text.split('\n');
  return line.replace(/^.*was false\.\s*/u, '').replace(/^.*\[ONNXRuntimeError\] : \d+ : \w+ : /u, '');
}

function unusable(device: DeviceId, reason: string): ModelError {
  return new ModelError(
    'device',
    'device-unusable',
    `The device "${device}" cannot be used: ${reason}. Use "cpu" instead.`,
    {
      device,
      cause: reason,
    },
  );
}

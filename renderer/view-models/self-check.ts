/** The self-check in sections of rows, and as a report that names neither the user nor what was typed. */
import type { BundledCheck, CheckedFolder, DeviceReport, SelfCheck } from '../../electron/api/index.ts';
import type { Translate } from './failure.ts';
import { formatBytes, formatSeconds } from './format.ts';

export interface CheckRow {
  readonly name: string;
  readonly value: string;
  /** `bad` needs attention; `good` was tested; `plain` is a fact. */
  readonly state: 'good' | 'bad' | 'plain';
}

export interface CheckSection {
  readonly id: 'versions' | 'machine' | 'devices' | 'bundled' | 'folders';
  readonly title: string;
  readonly rows: readonly CheckRow[];
}

type Words = (key: string, values?: Record<string, string | number>) => string;

/** The sections in the order to show, with the home folder written as `~`. */
export function checkSections(check: SelfCheck, words: Words | Translate): CheckSection[] {
  const { host, engine } = check;
  const bundled = engine.bundled.map((model) => bundledRow(model, words));
  const folders = [...host.folders, ...engine.folders].map((folder) => folderRow(folder, words));
  const sections: [CheckSection['id'], CheckRow[]][] = [
    ['versions', versionRows(check, words)],
    ['machine', machineRows(check, words)],
    ['devices', engine.devices.map((device) => deviceRow(device, words))],
    ['bundled', bundled],
    ['folders', folders],
  ];
  return sections.map(([id, rows]) => ({
    id,
    title: words(`selfCheck.${id}`),
    rows: rows.map((row) => ({ ...row, value: withoutHome(row.value, host.home) })),
  }));
}

/** True where nothing needs attention. A device that is not on this machine, or that was left out, is no fault of the app. */
export function isWell({ engine }: SelfCheck): boolean {
  const cpu = engine.devices.find(({ id }) => id === 'cpu');
  return cpu?.state === 'ready' && engine.bundled.every(({ state }) => state !== 'damaged');
}

/** Markdown for a bug report. */
export function checkReport(check: SelfCheck, words: Words | Translate): string {
  const sections = checkSections(check, words).map(
    ({ title, rows }) => `**${title}**\n\n${rows.map(({ name, value }) => `- ${name}: ${value}`).join('\n')}\n`,
  );
  return `### Headlight ${check.host.version}: ${words('selfCheck.title')}\n\n${sections.join('\n')}`;
}

/** The same as data, also without the home folder. */
export function checkData({ host, engine, browser }: SelfCheck): Record<string, unknown> {
  const { home, ...known } = host;
  const data = { host: known, engine, browser };
  return JSON.parse(
    JSON.stringify(data, (_key, value: unknown) => (typeof value === 'string' ? withoutHome(value, home) : value)),
  ) as Record<string, unknown>;
}

/** `text` with the home folder as `~`, whichever way its separators lean. */
export function withoutHome(text: string, home: string): string {
  const bare = home.replace(/[/\\]+$/u, '');
  if (bare.length < 2) return text;
  const escaped = bare.replaceAll(/[.*+?^${}()|[\]\\/]/gu, (sign) => (/[/\\]/u.test(sign) ? '[\\\\/]' : `\\${sign}`));
  const ignoresCase = /^[a-z]:/iu.test(bare);
  return text.replaceAll(new RegExp(`${escaped}(?=$|[\\\\/\\s"'),:;])`, ignoresCase ? 'giu' : 'gu'), '~');
}

const plain = (name: string, value: string): CheckRow => ({ name, value, state: 'plain' });

function versionRows({ host, engine, browser }: SelfCheck, words: Words): CheckRow[] {
  return [
    plain('Headlight', host.version),
    plain(words('selfCheck.kind'), words(`selfCheck.kinds.${host.kind}`)),
    ...host.runtimes.map(({ name, version }) => plain(name, version)),
    ...(browser === null ? [] : [plain(words('selfCheck.browser'), browser)]),
    plain('ONNX Runtime', engine.onnxruntime),
  ];
}

function machineRows({ host: { system } }: SelfCheck, words: Words): CheckRow[] {
  const all = formatBytes(system.memoryBytes);
  return [
    plain(words('selfCheck.system'), `${system.platform} ${system.release}, ${system.name}`),
    plain(words('selfCheck.architecture'), system.architecture),
    plain(words('selfCheck.cpu'), words('selfCheck.cpuValue', { name: system.cpu, cores: system.cores })),
    plain(words('selfCheck.memory'), words('selfCheck.memoryValue', { all, free: formatBytes(system.freeBytes) })),
  ];
}

const DEVICE_NAMES: Readonly<Record<DeviceReport['id'], string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'CoreML',
  cuda: 'CUDA',
};

const STATES = { ready: 'good', failed: 'bad', untested: 'plain', unavailable: 'plain' } as const;

function deviceRow({ id, state, reason, seconds }: DeviceReport, words: Words): CheckRow {
  const timed = state === 'ready' && seconds !== undefined;
  const text = timed
    ? words('selfCheck.readyTime', { time: formatSeconds(seconds) })
    : words(id === 'cpu' && state === 'ready' ? 'selfCheck.reference' : `selfCheck.deviceState.${state}`);
  return {
    name: DEVICE_NAMES[id],
    value: reason === undefined ? text : `${text}: ${reason}`,
    state: STATES[state],
  };
}

function bundledRow({ id, state, files, problem }: BundledCheck, words: Words): CheckRow {
  const value = words(`selfCheck.bundledState.${state}`, { files, problem: problem ?? '' });
  return { name: id, value, state: state === 'verified' ? 'good' : state === 'damaged' ? 'bad' : 'plain' };
}

function folderRow({ id, path, exists, freeBytes }: CheckedFolder, words: Words): CheckRow {
  const name = words(`selfCheck.folder.${id}`);
  if (path === null) return plain(name, words('selfCheck.noLogs'));
  if (!exists) return plain(name, words('selfCheck.missing', { path }));
  return plain(name, freeBytes === null ? path : words('selfCheck.free', { path, free: formatBytes(freeBytes) }));
}

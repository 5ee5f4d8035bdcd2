/**
 * Which folder may import which: the one table that the lint rule `headlight/import-arrows` reads.
 *
 * A zone is a folder or a file; the longest zone that holds a file is the file's zone. A file may import its own zone and
 * what `may` lists (a folder stands for everything in it, a file for itself only). Data runs one way:
 * checkpoint → graph → session → trace → contract → view-model → figure → export.
 */

/** Plain data and errors that every folder of native-models shares. */
const shared = ['native-models/errors.ts', 'native-models/types.ts', 'native-models/trace/interventions.ts'];
/** What the rest of the app sees of native-models: the driver, and the words it speaks (plain data, loads nothing). */
const publicSurface = ['native-models/index.ts', 'native-models/errors.ts', 'native-models/types.ts'];
export const zones = [
  { zone: 'native-models', may: ['native-models'] },
  { zone: 'native-models/errors.ts', may: [] },
  { zone: 'native-models/types.ts', may: shared },
  { zone: 'native-models/trace/interventions.ts', may: shared },
  { zone: 'native-models/checkpoint', may: shared },
  { zone: 'native-models/tokenizer', may: [...shared, 'native-models/checkpoint'] },
  { zone: 'native-models/graph', may: shared },
  { zone: 'native-models/layers', may: [...shared, 'native-models/graph'] },
  {
    zone: 'native-models/families',
    may: [...shared, 'native-models/layers', 'native-models/graph', 'native-models/checkpoint'],
  },
  { zone: 'native-models/session', may: [...shared, 'native-models/graph'] },
  {
    // A slice is made by the layer that the whole network uses.
    zone: 'native-models/trace',
    may: [...shared, 'native-models/session', 'native-models/layers', 'native-models/graph'],
  },
  // The hub and its cache on disk. The host process downloads with it, so it reaches nothing that computes.
  { zone: 'native-models/hub', may: shared },
  {
    zone: 'native-models/library',
    may: [...shared, 'native-models/checkpoint', 'native-models/hub/environment.ts', 'native-models/hub/layout.ts'],
  },

  { zone: 'electron/api', may: [] },
  // What main, server and engine share: the engine's process and messages, dispatching the contract, the CSP, files.
  { zone: 'electron/host', may: ['electron/api', 'native-models/errors.ts'] },
  // Downloads, in the process that owns the window or the server: they go on while a model computes.
  { zone: 'electron/hub', may: ['electron/api', 'electron/host', 'native-models/hub', 'native-models/errors.ts'] },
  { zone: 'electron/engine', may: [...publicSurface, 'electron/api', 'electron/host'] },
  { zone: 'electron/main', may: ['electron/api', 'electron/host', 'electron/hub'] },
  { zone: 'electron/preload', may: ['electron/api'] },
  { zone: 'electron/server', may: ['electron/engine', 'electron/api', 'electron/host', 'electron/hub'] },
  {
    zone: 'electron/cli',
    may: [
      ...publicSurface,
      'native-models/hub',
      'electron/engine',
      'electron/server',
      'electron/api',
      'electron/host',
      'renderer/state',
      'renderer/view-models',
      'renderer/i18n',
      'renderer/figures',
      'renderer/export',
      'renderer/projection',
    ],
  },
  { zone: 'electron/start', may: ['electron/server', 'electron/engine', 'electron/api', 'electron/host'] },

  { zone: 'renderer', may: ['renderer', 'electron/api'] },
  { zone: 'renderer/client', may: ['electron/api'] },
  { zone: 'renderer/state', may: ['electron/api', 'renderer/client', 'renderer/projection'] },
  // Api data and the selection in, figure input out.
  {
    zone: 'renderer/view-models',
    may: ['electron/api', 'renderer/state', 'renderer/figures', 'renderer/projection'],
  },
  { zone: 'renderer/figures', may: [] },
  // Projections of points, for the page's worker and the command line: arithmetic only.
  { zone: 'renderer/projection', may: [] },
  { zone: 'renderer/export', may: ['renderer/figures'] },
];

/** Packages that only some zones may import. `package` matches the name and everything below it. */
export const packages = [
  { package: 'onnxruntime-node', only: ['native-models/session'] },
  { package: 'onnx-proto', only: ['native-models/graph'] },
  { package: '@huggingface/hub', only: ['native-models/hub'] },
  { package: 'undici', only: ['native-models/hub'] },
  { package: 'tokenizers', only: ['native-models/tokenizer'] },
  { package: 'zod', only: ['electron/api/schema.ts'] },
  { package: 'electron', only: ['electron/main', 'electron/preload', 'electron/start'] },
];

/** Named imports of a package that only some zones may make; `zones` are path prefixes here. */
export const names = [
  { package: 'electron', names: ['ipcMain'], only: ['electron/main/ipc'] },
  { package: 'electron', names: ['ipcRenderer', 'contextBridge'], only: ['electron/preload'] },
];

/** Zones that run in a page: no module of Node there. */
export const browserZones = ['renderer'];

/** Files that the arrows do not bind: tests look everywhere, build scripts and configurations are no part of the app. */
export const exempt = [/^tests\//, /^build\//, /^[^/]+$/, /(^|\/)[\w-]+\.config\.ts$/];

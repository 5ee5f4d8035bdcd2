/** What the self-check finds out: versions, the machine, folders, devices and the bundled models. No text of the user's is in it. */
import { deviceReport } from './model.ts';
import { count, z } from './schema.ts';

/** A folder that Headlight uses. */
export const checkedFolder = z.object({
  id: z.enum(['settings', 'logs', 'cache', 'bundled', 'models']),
  /** null where there is none: a server writes its log to the terminal. */
  path: z.string().nullable(),
  exists: z.boolean(),
  /** Bytes that may still be written there, or where it would be made; null where the system does not say. */
  freeBytes: count.nullable(),
});
export type CheckedFolder = z.infer<typeof checkedFolder>;

/** What decides where the hub's cache is: an environment variable, the setting, or nothing. */
export const cacheSource = z.enum([
  'HF_HUB_CACHE',
  'HUGGINGFACE_HUB_CACHE',
  'HF_HOME',
  'HEADLIGHT_HUB_CACHE',
  'setting',
  'XDG_CACHE_HOME',
  'default',
]);
export type CacheSource = z.infer<typeof cacheSource>;

/** What the process that owns the window (or the server, or the command line) knows. */
export const hostCheck = z.object({
  version: z.string(),
  kind: z.enum(['electron', 'server', 'cli']),
  /** In the order to show: Electron and Chromium where they are, Node. */
  runtimes: z.array(z.object({ name: z.string(), version: z.string() })),
  system: z.object({
    /** As the system names itself, `Linux`, `Windows 11 Pro`, `Darwin Kernel Version …`. */
    name: z.string(),
    platform: z.string(),
    release: z.string(),
    architecture: z.string(),
    cpu: z.string(),
    cores: count,
    memoryBytes: count,
    freeBytes: count,
  }),
  /** The home folder, which reports write as `~`. */
  home: z.string(),
  folders: z.array(checkedFolder),
  cacheFrom: cacheSource,
});
export type HostCheck = z.infer<typeof hostCheck>;

export const bundledCheck = z.object({
  id: z.string(),
  /** `unlisted`: not one of Headlight's own, so that no hash is known. */
  state: z.enum(['verified', 'damaged', 'unlisted']),
  files: count,
  /** One sentence about the file at fault; null when all is well. */
  problem: z.string().nullable(),
});
export type BundledCheck = z.infer<typeof bundledCheck>;

/** What the engine knows: it runs the self-test of every device. */
export const engineCheck = z.object({
  onnxruntime: z.string(),
  devices: z.array(deviceReport),
  bundled: z.array(bundledCheck),
  folders: z.array(checkedFolder),
});
export type EngineCheck = z.infer<typeof engineCheck>;

export interface SelfCheck {
  readonly host: HostCheck;
  readonly engine: EngineCheck;
  /** The browser that shows the page, where that is not Electron. */
  readonly browser: string | null;
}

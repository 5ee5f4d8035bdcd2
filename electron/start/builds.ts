/** Builds what is missing or older than its sources, and nothing else. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';

export interface Build {
  readonly name: string;
  readonly config: string;
  /** Files and folders that it is made from. */
  readonly sources: readonly string[];
  /** A file that it makes; its time is the time of the build. */
  readonly product: string;
}

export const rendererBuild: Build = {
  name: 'the page',
  config: 'renderer/vite.config.ts',
  sources: ['renderer', 'electron/api', 'build/licences', 'package-lock.json'],
  product: 'build/out/renderer/index.html',
};

export const electronBuild: Build = {
  name: "Electron's side",
  config: 'electron/vite.config.ts',
  sources: ['electron', 'native-models', 'package-lock.json'],
  product: 'build/out/main/main.js',
};

/** True where the product is missing or a source changed after it was built (a deleted file changes its folder). */
export function isStale(root: string, build: Build): boolean {
  const product = path.join(root, build.product);
  if (!existsSync(product)) return true;
  const built = statSync(product).mtimeMs;
  return build.sources.some((source) => newest(path.join(root, source)) > built);
}

/** Builds when stale. @throws Error with the bundler's own output when that fails */
export function ensureBuilt(root: string, build: Build, say: (line: string) => void): void {
  if (!isStale(root, build)) return;
  say(`Building ${build.name} …`);
  const start = new Date();
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', path.join(root, build.config), '--logLevel', 'warn'];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const product = path.join(root, build.product);
  if (result.status !== 0 || !existsSync(product)) {
    throw new Error(`Building ${build.name} failed:\n${result.stderr || result.stdout}`);
  }
  utimesSync(product, start, start);
}

/** The newest change in a file or folder, in milliseconds; 0 where there is none. Bundled weights are no sources. */
function newest(place: string): number {
  const info = statSync(place, { throwIfNoEntry: false });
  if (info === undefined) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const skipped = ['bundled', 'training', '__pycache__'];
  const inside = readdirSync(place).filter((name) => !skipped.includes(name));
  return inside.reduce((latest, name) => Math.max(latest, newest(path.join(place, name))), info.mtimeMs);
}

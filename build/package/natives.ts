/**
 * The packages that stay outside the bundles, and which of their files one system needs. onnxruntime-node carries the libraries of five
 * systems (288 MB) and tokenizers those of eleven (64 MB); a package for one system holds only its own.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';

import type { Target } from './target.ts';

/** What every system needs, as globs below node_modules. */
const SHARED: readonly string[] = [
  'onnxruntime-node/{package.json,README.md,dist/**/*.js}',
  'onnxruntime-common/{package.json,README.md,dist/**/*.js,dist/**/package.json}',
  'tokenizers/{package.json,index.js}',
  '@resvg/resvg-js/{package.json,LICENSE,index.js,js-binding.js}',
  '@expo-google-fonts/inter/{package.json,LICENSE_FONT,400Regular/*.ttf,600SemiBold/*.ttf}',
  '@expo-google-fonts/jetbrains-mono/{package.json,LICENSE_FONT,400Regular/*.ttf,700Bold/*.ttf}',
];

/** How N-API packages name a system: `linux-x64-gnu`. */
export function nativeName({ platform, arch }: Target): string {
  if (platform === 'darwin') return `darwin-${arch}`;
  return `${platform}-${arch}-${platform === 'win32' ? 'msvc' : 'gnu'}`;
}

/** ONNX Runtime's folder of a system, below node_modules. */
export function runtimeFolder({ platform, arch }: Target): string {
  return `onnxruntime-node/bin/napi-v6/${platform}/${arch}`;
}

/** The files of node_modules that a package for `target` holds, as globs below node_modules. */
export function runtimeFiles(target: Target): string[] {
  const name = nativeName(target);
  return [
    ...SHARED,
    `${runtimeFolder(target)}/*`,
    // The same library twice, under two names; the binding links the other one.
    `!${runtimeFolder(target)}/libonnxruntime.[0-9].[0-9]*.*.dylib`,
    `tokenizers/tokenizers.${name}.node`,
    `@resvg/resvg-js-${name}/*`,
  ];
}

/** Machine code that must be there, below node_modules. */
export function requiredNatives(target: Target): string[] {
  const name = nativeName(target);
  return [
    `${runtimeFolder(target)}/onnxruntime_binding.node`,
    `tokenizers/tokenizers.${name}.node`,
    `@resvg/resvg-js-${name}/resvgjs.${name}.node`,
  ];
}

/**
 * Checks before anything is packed that node_modules has the machine code of `target`.
 * @throws Error naming what is missing: npm installs the package of resvg for its own system only
 */
export function checkInstalled(nodeModules: string, target: Target): void {
  const missing = requiredNatives(target).filter((file) => !existsSync(path.join(nodeModules, file)));
  if (missing.length === 0) return;
  const install = `npm install --no-save --os ${target.platform} --cpu ${target.arch} @resvg/resvg-js-${nativeName(target)}`;
  throw new Error(
    `node_modules has no ${missing.join(', ')}; package on ${target.platform} ${target.arch}, or run ${install}`,
  );
}

const MACHINE_CODE = /\.(?:node|dll|dylib)$|\.so(?:\.\d+)*$/u;

/** True for machine code, by its name. */
export function isMachineCode(file: string): boolean {
  return MACHINE_CODE.test(file);
}

/** Machine code among `files` (paths below a node_modules, with `/`) that `target` cannot load. */
export function foreignNatives(files: readonly string[], target: Target): string[] {
  const name = nativeName(target);
  const own = [`${runtimeFolder(target)}/`, `tokenizers/tokenizers.${name}.`, `@resvg/resvg-js-${name}/`];
  return files.filter((file) => isMachineCode(file) && !own.some((start) => file.startsWith(start)));
}

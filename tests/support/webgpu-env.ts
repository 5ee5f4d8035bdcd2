/**
 * The environment in which onnxruntime-node's WebGPU device runs without a GPU: on Linux through SwiftShader, the software
 * Vulkan driver that Chromium ships. macOS and Windows need nothing (Metal, Direct3D 12).
 */
import { existsSync, mkdtempSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBrowser } from '../e2e/browser.ts';
import { attempt, installDebian, lastLine } from './processes.ts';

/** Variables for the child process that uses WebGPU: they must be set before it starts. */
export type WebgpuEnvironment = { readonly env: Readonly<Record<string, string>> } | { readonly reason: string };

const DRIVER = 'vk_swiftshader_icd.json';
const VULKAN = 'libvulkan.so.1';

/** Looks only on this machine. A `VK_DRIVER_FILES` that the caller set is kept. */
export function findWebgpuEnvironment(): WebgpuEnvironment {
  if (process.platform !== 'linux') return { env: {} };
  const driver = process.env['VK_DRIVER_FILES'] ?? driverPlaces().find((file) => existsSync(file));
  if (driver === undefined) return { reason: `no ${DRIVER} beside an installed Chromium` };
  const env = { VK_DRIVER_FILES: driver, XDG_RUNTIME_DIR: mkdtempSync(path.join(tmpdir(), 'headlight-runtime-')) };
  if (hasSystemVulkan()) return { env };
  const beside = path.dirname(driver);
  if (!existsSync(path.join(beside, VULKAN))) return { reason: `no ${VULKAN} (Debian's libvulkan1)` };
  const libraries = [beside, process.env['LD_LIBRARY_PATH']].filter((each) => each !== undefined);
  return { env: { ...env, LD_LIBRARY_PATH: libraries.join(':') } };
}

/** As `findWebgpuEnvironment`, and installs Chromium's driver or libvulkan1 where one is missing and may be installed. */
export function prepareWebgpuEnvironment(): WebgpuEnvironment {
  const found = findWebgpuEnvironment();
  if ('env' in found) return found;
  const outcome = installDebian(['chromium', 'libvulkan1']);
  const again = findWebgpuEnvironment();
  if ('env' in again || outcome.ok) return again;
  return { reason: `${again.reason}; apt-get install chromium libvulkan1 failed: ${lastLine(outcome.output)}` };
}

function driverPlaces(): string[] {
  const browser = findBrowser();
  const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
  if (browser !== null) folders.push(path.dirname(realpathSync(browser)));
  return folders.map((folder) => path.join(folder, DRIVER));
}

function hasSystemVulkan(): boolean {
  const cached = attempt('/sbin/ldconfig', ['-p'], 10);
  if (cached.ok) return cached.output.includes(VULKAN);
  const folders = ['/usr/lib', '/usr/lib64', '/lib', '/usr/local/lib'].filter((folder) => existsSync(folder));
  return folders.some((folder) => readdirSync(folder).includes(VULKAN));
}

/** What a package is made for. */

export const PLATFORMS = ['darwin', 'linux', 'win32'] as const;
export type TargetPlatform = (typeof PLATFORMS)[number];
export type TargetArch = 'x64' | 'arm64';

export interface Target {
  readonly platform: TargetPlatform;
  readonly arch: TargetArch;
}

/** Every system that Headlight has installers for. ONNX Runtime has no build for Intel Macs. */
export const TARGETS: readonly Target[] = [
  { platform: 'darwin', arch: 'arm64' },
  { platform: 'linux', arch: 'x64' },
  { platform: 'linux', arch: 'arm64' },
  { platform: 'win32', arch: 'x64' },
  { platform: 'win32', arch: 'arm64' },
];

/** @throws Error with the targets that there are */
export function targetOf(platform: string, arch: string): Target {
  const found = TARGETS.find((target) => target.platform === platform && target.arch === arch);
  if (found !== undefined) return found;
  const known = TARGETS.map((target) => `${target.platform} ${target.arch}`).join(', ');
  throw new Error(`invalid target: ${platform} ${arch}; there are packages for ${known}`);
}

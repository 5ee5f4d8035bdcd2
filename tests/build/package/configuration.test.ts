import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { configuration, fuses, homepage } from '../../../build/package/configuration.ts';
import type { Target } from '../../../build/package/target.ts';
import { packageRoot } from '../../../electron/host/versions.ts';

const root = packageRoot();
const of = (target: Target, env: NodeJS.ProcessEnv = {}) =>
  configuration({ root, target, env, flavour: 'release', output: path.join(root, 'build', 'packages') });
const mac: Target = { platform: 'darwin', arch: 'arm64' };
const windows: Target = { platform: 'win32', arch: 'x64' };
const linux: Target = { platform: 'linux', arch: 'x64' };

describe('the packages', () => {
  it('are those of each system', () => {
    expect(of(mac).mac?.target).toEqual(['dmg', 'zip']);
    expect(of(windows).win?.target).toEqual(['nsis', 'portable']);
    expect(of(linux).linux?.target).toEqual(['AppImage', 'deb']);
  });

  it('have installers in English and Dutch, and both languages of Chromium', () => {
    expect(of(windows).nsis).toMatchObject({ installerLanguages: ['en_US', 'nl_NL'], displayLanguageSelector: true });
    expect(of(linux).electronLanguages).toEqual(['en-US', 'nl']);
    expect(of(linux).linux?.desktop?.entry).toMatchObject({ 'Comment[nl]': expect.any(String) });
  });

  it('open notebooks', () => {
    expect(of(linux).fileAssociations).toMatchObject([{ ext: 'headlight', mimeType: 'application/x-headlight' }]);
  });

  it('have names that tell system, processor and kind apart', () => {
    const names = [of(windows).artifactName, of(windows).nsis?.artifactName, of(windows).portable?.artifactName];
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/\$\{version\}.*\$\{arch\}\.\$\{ext\}$/u);
  });

  it('ask no server for updates', () => {
    expect(of(mac).publish).toBeNull();
  });

  it('have their icons', () => {
    const icons = [of(mac).mac?.icon, of(windows).win?.icon, of(linux).linux?.icon];
    for (const icon of icons) expect(existsSync(String(icon)), String(icon)).toBe(true);
  });
});

describe('signing', () => {
  it('is done where the environment has a certificate, and notarised where it has an account too', () => {
    expect(of(mac).mac).toMatchObject({ hardenedRuntime: false, notarize: false, identity: '-' });
    const signed = { CSC_LINK: 'certificate' };
    expect(of(mac, signed).mac).toMatchObject({ hardenedRuntime: true, notarize: false });
    expect(of(mac, signed).mac).not.toHaveProperty('identity');
    expect(of(mac, { ...signed, APPLE_API_KEY: 'key' }).mac).toMatchObject({ hardenedRuntime: true, notarize: true });
    expect(of(mac, { CSC_LINK: '', APPLE_ID: '' }).mac).toMatchObject({ hardenedRuntime: false, notarize: false });
    expect(of(mac, { APPLE_API_KEY: 'key' }).mac).toMatchObject({ notarize: false });
  });
});

describe('fuses', () => {
  it('are off where they open a door and on where they close one', () => {
    expect(fuses('release')).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      grantFileProtocolExtraPrivileges: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    });
  });

  it('differ in the tested flavour by the one that Playwright needs', () => {
    expect(fuses('e2e')).toEqual({ ...fuses('release'), enableNodeCliInspectArguments: true });
  });
});

describe('the address in Debian packages', () => {
  it('is what somebody said, or one that cannot exist', () => {
    expect(homepage({})).toBe('https://headlight.invalid/');
    expect(homepage({ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'a/b' })).toBe(
      'https://github.com/a/b',
    );
    expect(homepage({ HEADLIGHT_HOMEPAGE: 'https://example.org/' })).toBe('https://example.org/');
  });
});

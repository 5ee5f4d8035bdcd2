import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { CONTENT_SECURITY_POLICY } from '../../../electron/host/csp.ts';
import { settingsFolder } from '../../../electron/host/settings-folder.ts';
import { mimeTypeOf, relativePathOf } from '../../../electron/host/static-files.ts';
import { appVersion, packageRoot } from '../../../electron/host/versions.ts';

describe('the content security policy', () => {
  it('allows nothing but the app’s own files, and no inline script or eval', () => {
    const directives = CONTENT_SECURITY_POLICY.split('; ').map((directive) => directive.split(' '));
    expect(directives[0]).toEqual(['default-src', "'none'"]);
    const sources = directives.slice(1).flatMap(([, ...rest]) => rest);
    expect(new Set(sources)).toEqual(new Set(["'self'", 'blob:', 'data:']));
    expect(CONTENT_SECURITY_POLICY).toContain("script-src 'self';");
  });
});

describe('the settings folder', () => {
  it.each([
    ['linux', {}, path.join(homedir(), '.config', 'headlight')],
    ['linux', { XDG_CONFIG_HOME: '/x' }, '/x/headlight'],
    ['linux', { XDG_CONFIG_HOME: 'relative' }, path.join(homedir(), '.config', 'headlight')],
    ['darwin', {}, path.join(homedir(), 'Library', 'Application Support', 'Headlight')],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Headlight'],
    ['linux', { HEADLIGHT_SETTINGS: '/mine', XDG_CONFIG_HOME: '/x' }, '/mine'],
  ] as const)('on %s with %j', (platform, env, expected) => {
    expect(settingsFolder(env, platform)).toBe(expected);
  });
});

describe('static paths', () => {
  it.each([
    ['/', 'index.html'],
    ['/assets/a%20b.js', path.join('assets', 'a b.js')],
    ['', null],
    ['assets', null],
    ['/a//b', null],
    ['/..', null],
    ['/%2e%2e/x', null],
    ['/a/.git', null],
    ['/a%5cb', null],
    ['/c:/x', null],
    ['/a%00', null],
    ['/%zz', null],
  ])('%j is %j', (urlPath, expected) => {
    expect(relativePathOf(urlPath)).toBe(expected);
  });

  it('have types that a browser never has to guess', () => {
    expect(mimeTypeOf('a.JS')).toBe('text/javascript; charset=utf-8');
    expect(mimeTypeOf('a.woff2')).toBe('font/woff2');
    expect(mimeTypeOf('a.exe')).toBe('application/octet-stream');
    expect(mimeTypeOf('a')).toBe('application/octet-stream');
  });
});

describe('the package', () => {
  it('is found from sources and bundles alike', () => {
    const root = packageRoot();
    expect(packageRoot(path.join(root, 'build', 'out', 'engine'))).toBe(root);
    expect(appVersion()).toMatch(/^\d+\.\d+\.\d+/u);
    expect(() => packageRoot('/')).toThrow("headlight's package.json is not above /");
  });
});

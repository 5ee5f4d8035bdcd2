/**
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security), item by item: what Headlight sets, where, and a check
 * that it is so. `docs/electron-checklist.md` is the same table for people; `npx vitest run -u` writes it anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { fuses } from '../../build/package/configuration.ts';
import { CONTENT_SECURITY_POLICY } from '../../electron/host/csp.ts';
import { packageRoot } from '../../electron/host/versions.ts';
import { answerAppRequest } from '../../electron/main/app-files.ts';
import { APP_PAGE, isTrustedSender } from '../../electron/main/app-url.ts';
import { mayOpenExternally } from '../../electron/main/external-links.ts';
import { setupProtocol, setupScheme } from '../../electron/main/protocol.ts';
import { setupSandbox, setupSecurity } from '../../electron/main/security.ts';
import { webPreferences } from '../../electron/main/web-preferences.ts';

type Hook = (...args: unknown[]) => unknown;

const heard = vi.hoisted(() => ({
  hooks: new Map<string, Hook>(),
  sandboxed: false,
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  opened: [] as string[],
}));

vi.mock('electron', () => {
  const on = (target: string) => (event: string, hook: Hook) => heard.hooks.set(`${target}.${event}`, hook);
  const permission = (name: string) => (hook: Hook) => heard.hooks.set(name, hook);
  return {
    app: { on: on('app'), enableSandbox: () => (heard.sandboxed = true) },
    protocol: {
      registerSchemesAsPrivileged: (schemes: typeof heard.schemes) => heard.schemes.push(...schemes),
      handle: (scheme: string, hook: Hook) => heard.hooks.set(`protocol.${scheme}`, hook),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: permission('permission.request'),
        setPermissionCheckHandler: permission('permission.check'),
        setDevicePermissionHandler: permission('permission.device'),
      },
    },
    shell: { openExternal: (url: string) => Promise.resolve(heard.opened.push(url)) },
  };
});

const root = packageRoot();
const preferences = webPreferences('/preload.cjs');
const hook = (name: string): Hook => heard.hooks.get(name) ?? expect.unreachable(`nothing was set for ${name}`);

beforeAll(() => {
  setupSandbox();
  setupScheme();
  setupProtocol(path.join(root, 'renderer'));
  setupSecurity();
  const contents = {
    on: (event: string, one: Hook) => heard.hooks.set(`contents.${event}`, one),
    setWindowOpenHandler: (one: Hook) => heard.hooks.set('contents.open', one),
  };
  hook('app.web-contents-created')({}, contents);
});

/** True where the hook of a page's event kept it from happening. */
function isPrevented(name: string, url: string): boolean {
  const preventDefault = vi.fn();
  hook(`contents.${name}`)({ url, preventDefault });
  return preventDefault.mock.calls.length === 1;
}

/** All of Electron's side as one text, comments left out. */
function sourcesOf(folder: string): string {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  const texts = names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'));
  return texts.join('\n').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, '');
}

interface Item {
  readonly rule: string;
  readonly setting: string;
  /** Files of the repository. */
  readonly where: readonly string[];
  readonly check: () => void | Promise<void>;
}

const EVIL = 'https://evil.example/';

/** In the list's own order; the first is item 1. */
const ITEMS: readonly Item[] = [
  {
    rule: 'Only load secure content',
    setting: 'The window shows `app://bundle/` and nothing else; models come over HTTPS, fetched outside the page',
    where: ['electron/main/window.ts', 'electron/host/csp.ts'],
    check: () => {
      expect(APP_PAGE).toBe('app://bundle/');
      expect(sourcesOf('electron/main').match(/loadURL\([^)]*\)/gu)).toEqual(['loadURL(APP_PAGE)']);
      expect(sourcesOf('electron/main')).not.toMatch(/loadFile|http:\/\//u);
      expect(CONTENT_SECURITY_POLICY).not.toContain('http');
    },
  },
  {
    rule: 'Do not enable Node.js integration for remote content',
    setting: '`nodeIntegration: false`, in workers and sub-frames too',
    where: ['electron/main/web-preferences.ts'],
    check: () => {
      expect(preferences).toMatchObject({ nodeIntegration: false, nodeIntegrationInWorker: false });
      expect(preferences.nodeIntegrationInSubFrames).toBe(false);
    },
  },
  {
    rule: 'Enable context isolation',
    setting: '`contextIsolation: true`',
    where: ['electron/main/web-preferences.ts'],
    check: () => {
      expect(preferences.contextIsolation).toBe(true);
    },
  },
  {
    rule: 'Enable process sandboxing',
    setting: '`app.enableSandbox()` before `ready`, and `sandbox: true`',
    where: ['electron/main/security.ts', 'electron/main/web-preferences.ts'],
    check: () => {
      expect(heard.sandboxed).toBe(true);
      expect(preferences.sandbox).toBe(true);
      const main = readFileSync(path.join(root, 'electron/main/main.ts'), 'utf8');
      expect(main.indexOf('setupSandbox();')).toBeLessThan(main.indexOf('whenReady'));
    },
  },
  {
    rule: 'Handle session permission requests from remote content',
    setting: 'Every permission, permission check and device is refused',
    where: ['electron/main/security.ts'],
    check: () => {
      const answer = vi.fn();
      for (const permission of ['media', 'geolocation', 'openExternal', 'clipboard-read'])
        hook('permission.request')({}, permission, answer);
      expect(answer.mock.calls).toEqual([[false], [false], [false], [false]]);
      expect(hook('permission.check')()).toBe(false);
      expect(hook('permission.device')()).toBe(false);
    },
  },
  {
    rule: 'Do not disable `webSecurity`',
    setting: '`webSecurity: true`',
    where: ['electron/main/web-preferences.ts'],
    check: () => {
      expect(preferences.webSecurity).toBe(true);
      expect(sourcesOf('electron/main')).not.toMatch(/appendSwitch|disable-web-security/u);
    },
  },
  {
    rule: 'Define a Content-Security-Policy and use restrictive rules',
    setting: 'A header of every answer: nothing by default, own files only, no inline code, no `eval`',
    where: ['electron/host/csp.ts', 'electron/main/app-files.ts'],
    check: async () => {
      const answer = (await hook('protocol.app')(new Request('app://bundle/'))) as Response;
      expect(answer.headers.get('Content-Security-Policy')).toBe(CONTENT_SECURITY_POLICY);
      expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/u);
      expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*/u);
    },
  },
  {
    rule: 'Do not enable `allowRunningInsecureContent`',
    setting: '`allowRunningInsecureContent: false`',
    where: ['electron/main/web-preferences.ts'],
    check: () => {
      expect(preferences.allowRunningInsecureContent).toBe(false);
    },
  },
  {
    rule: 'Do not enable experimental features',
    setting: '`experimentalFeatures: false`',
    where: ['electron/main/web-preferences.ts'],
    check: () => {
      expect(preferences.experimentalFeatures).toBe(false);
    },
  },
  {
    rule: 'Do not use `enableBlinkFeatures`',
    setting: 'Not set',
    where: ['electron/main/web-preferences.ts'],
    check: () => {
      expect(Object.keys(preferences)).not.toContain('enableBlinkFeatures');
      expect(sourcesOf('electron/main')).not.toContain('enableBlinkFeatures');
    },
  },
  {
    rule: 'Do not use `allowpopups` for WebViews',
    setting: 'No WebViews: `webviewTag: false`',
    where: ['electron/main/web-preferences.ts'],
    check: () => {
      expect(preferences.webviewTag).toBe(false);
      expect(sourcesOf('renderer')).not.toMatch(/<webview|allowpopups/u);
    },
  },
  {
    rule: 'Verify WebView options before creation',
    setting: 'Every WebView is prevented',
    where: ['electron/main/security.ts'],
    check: () => {
      expect(isPrevented('will-attach-webview', '')).toBe(true);
    },
  },
  {
    rule: 'Disable or limit navigation',
    setting: 'Only within `app://bundle/`; no redirects; a dropped file does not navigate',
    where: ['electron/main/security.ts', 'electron/main/web-preferences.ts'],
    check: () => {
      for (const url of [EVIL, 'file:///etc/passwd', 'app://bundle.evil/', 'javascript:1'])
        expect(isPrevented('will-navigate', url), url).toBe(true);
      expect(isPrevented('will-navigate', 'app://bundle/index.html')).toBe(false);
      expect(isPrevented('will-redirect', EVIL)).toBe(true);
      expect(preferences.navigateOnDragDrop).toBe(false);
    },
  },
  {
    rule: 'Disable or limit creation of new windows',
    setting: 'Every new window is denied',
    where: ['electron/main/security.ts'],
    check: () => {
      for (const url of [EVIL, APP_PAGE, 'about:blank'])
        expect(hook('contents.open')({ url })).toEqual({ action: 'deny' });
    },
  },
  {
    rule: 'Do not use `shell.openExternal` with untrusted content',
    setting: 'HTTPS links of six known sites; `shell.openPath` for the logs folder alone',
    where: ['electron/main/external-links.ts', 'electron/main/security.ts', 'electron/main/logs.ts'],
    check: () => {
      heard.opened.length = 0;
      for (const url of [EVIL, 'http://github.com/', 'file:///etc/passwd', 'ms-msdt:/id']) {
        expect(mayOpenExternally(url), url).toBe(false);
        hook('contents.open')({ url });
        isPrevented('will-navigate', url);
      }
      expect(heard.opened).toEqual([]);
      hook('contents.open')({ url: 'https://arxiv.org/abs/1706.03762' });
      expect(heard.opened).toEqual(['https://arxiv.org/abs/1706.03762']);
      const main = sourcesOf('electron/main');
      expect(main.match(/shell\.openExternal\(/gu)).toHaveLength(1);
      expect(main.match(/shell\.openPath\([^;]*/gu)).toEqual(["shell.openPath(app.getPath('logs'))"]);
    },
  },
  {
    rule: 'Use a current version of Electron',
    setting: 'The newest major version when this was released; installed is what `package.json` asks for',
    where: ['package.json'],
    check: () => {
      const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, unknown>;
      const { electron = '' } = read('package.json')['devDependencies'] as Record<string, string>;
      const wanted = /^\^(\d+)\.(\d+)/u.exec(electron)?.slice(1).map(Number) ?? [];
      const installed = String(read('node_modules/electron/package.json')['version']).split('.').map(Number);
      expect(wanted[0]).toBeGreaterThanOrEqual(45);
      expect(installed[0]).toBe(wanted[0]);
      expect(installed[1]).toBeGreaterThanOrEqual(wanted[1] ?? NaN);
    },
  },
  {
    rule: 'Validate the sender of all IPC messages',
    setting:
      'One channel, in one file; only the main frame of `app://bundle/` is answered, and what it sends is parsed',
    where: ['electron/main/ipc.ts', 'electron/main/app-url.ts', 'electron/host/dispatch.ts'],
    check: () => {
      expect(isTrustedSender({ url: APP_PAGE, parent: null })).toBe(true);
      for (const frame of [null, { url: EVIL, parent: null }, { url: APP_PAGE, parent: {} }])
        expect(isTrustedSender(frame)).toBe(false);
      const main = sourcesOf('electron/main');
      expect(main.match(/ipcMain\.\w+\(/gu)).toEqual(['ipcMain.handle(']);
      expect(main).toMatch(/ipcMain\.handle\([\s\S]{0,140}isTrustedSender\(event\.senderFrame\)/u);
    },
  },
  {
    rule: 'Avoid usage of the `file://` protocol and prefer usage of custom protocols',
    setting: 'A scheme of its own, standard and secure, that gives files of the page’s folder and no others',
    where: ['electron/main/protocol.ts', 'electron/main/app-files.ts', 'electron/host/static-files.ts'],
    check: async () => {
      const privileges = { standard: true, secure: true, supportFetchAPI: true };
      expect(heard.schemes).toEqual([{ scheme: 'app', privileges }]);
      const page = path.join(root, 'renderer');
      for (const url of ['app://bundle/../package.json', 'app://bundle/..%2fpackage.json', 'app://other/index.html'])
        expect((await answerAppRequest(new Request(url), page)).status, url).toBe(404);
      expect(sourcesOf('electron/main')).not.toContain('file://');
    },
  },
  {
    rule: 'Check which fuses you can change',
    setting:
      'Off: run as Node, NODE_OPTIONS, `--inspect`, privileges of `file:`; on: encrypted cookies, the archive’s hash, that archive only',
    where: ['build/package/configuration.ts'],
    check: () => {
      expect(fuses('release')).toEqual({
        runAsNode: false,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        grantFileProtocolExtraPrivileges: false,
        enableCookieEncryption: true,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
      });
    },
  },
  {
    rule: 'Do not expose Electron APIs to untrusted web content',
    setting: 'The bridge is two functions, `request` and `onEvent`; events of Electron are not handed on',
    where: ['electron/preload/preload.ts', 'electron/api/bridge.ts'],
    check: () => {
      const preload = sourcesOf('electron/preload');
      expect(preload.match(/exposeInMainWorld\([^)]*\)/gu)).toEqual(["exposeInMainWorld('headlight', bridge)"]);
      const bridge = /const bridge: Bridge = \{([\s\S]*?)\n\};/u.exec(preload)?.[1] ?? '';
      expect(bridge.match(/^ {2}(\w+):/gmu)).toEqual(['  request:', '  onEvent:']);
      expect(bridge).toContain('forward = (_event: unknown, event: HostEvent): void => listener(event)');
    },
  },
];

describe('Electron’s security checklist', () => {
  it.each(ITEMS.map((item, index) => ({ ...item, number: index + 1 })))('$number. $rule', ({ check }) => check());

  it('has twenty items, each in files that are there', () => {
    expect(ITEMS).toHaveLength(20);
    for (const file of ITEMS.flatMap(({ where }) => where))
      expect(() => readFileSync(path.join(root, file))).not.toThrow();
  });

  it('stands in docs/electron-checklist.md', async () => {
    await expect(document()).toMatchFileSnapshot(path.join(root, 'docs', 'electron-checklist.md'));
  });
});

function document(): string {
  const rows = ITEMS.map(({ rule, setting, where }, index) => {
    const files = where.map((file) => `[${path.posix.basename(file)}](../${file})`).join(', ');
    return `| ${index + 1} | ${rule} | ${setting} | ${files} |`;
  });
  return `# Electron's security checklist

The [list](https://www.electronjs.org/docs/latest/tutorial/security) that Electron's makers keep, and what Headlight does about each item.
[security-checklist.test.ts](../tests/electron/security-checklist.test.ts) checks each row under the row's own number, and writes this page
(\`npx vitest run -u tests/electron/security-checklist.test.ts\`). In real Electron, [electron-checks.ts](../tests/electron/electron-checks.ts)
tries the isolation, the header, the navigation and the permissions again; [package.test.ts](../tests/build/package.test.ts) reads the
fuses (item 19) back from packed programs.

| | Item | Setting | Where |
| ---: | --- | --- | --- |
${rows.join('\n')}

The archive's hash is checked by Electron on macOS and Windows; Linux has no such check. Machine code (\`.node\`, \`.dll\`, \`.dylib\`, \`.so\`) lies
outside the archive on every system, because the system's loader must find it as files.
`;
}

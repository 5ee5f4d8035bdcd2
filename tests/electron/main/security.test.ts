import { describe, expect, it } from 'vitest';

import { isAppUrl, isTrustedSender } from '../../../electron/main/app-url.ts';
import { mayOpenExternally } from '../../../electron/main/external-links.ts';
import { webPreferences } from '../../../electron/main/web-preferences.ts';

describe('the window', () => {
  it('has every security setting said, and on', () => {
    expect(webPreferences('/p.cjs')).toEqual({
      preload: '/p.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
  });
});

describe('a sender', () => {
  it('is trusted as the main frame of the page', () => {
    expect(isTrustedSender({ url: 'app://bundle/index.html#x', parent: null })).toBe(true);
  });

  it.each([
    ['a sub-frame', { url: 'app://bundle/', parent: {} }],
    ['another host', { url: 'app://bundle.evil/', parent: null }],
    ['a user name', { url: 'app://bundle@evil/', parent: null }],
    ['another scheme', { url: 'https://bundle/', parent: null }],
    ['a file', { url: 'file:///bundle/index.html', parent: null }],
    ['no address', { url: '', parent: null }],
    ['a frame that is gone', null],
  ])('is not trusted: %s', (_what, frame) => {
    expect(isTrustedSender(frame)).toBe(false);
  });

  it('is told from what only looks like the page', () => {
    expect(isAppUrl('app://bundle/')).toBe(true);
    expect(isAppUrl('app:bundle')).toBe(false);
  });
});

describe('a link', () => {
  it.each([
    'https://huggingface.co/openai-community/gpt2',
    'https://arxiv.org/abs/1706.03762',
    'https://doi.org/10.1/x',
  ])('opens in the browser: %s', (url) => {
    expect(mayOpenExternally(url)).toBe(true);
  });

  it.each([
    'http://huggingface.co/',
    'https://huggingface.co.evil.example/',
    'https://evil.huggingface.co/',
    'https://huggingface.co@evil.example/',
    'https://user@huggingface.co/',
    'https://huggingface.co:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'not a url',
  ])('does not: %s', (url) => {
    expect(mayOpenExternally(url)).toBe(false);
  });
});

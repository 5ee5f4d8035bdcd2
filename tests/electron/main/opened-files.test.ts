import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

import { OpenedFiles, openedFileFromArgv } from '../../../electron/main/opened-files.ts';

const home = path.resolve('/home/u');
const notebook = path.join(home, 'my findings.headlight');

describe('a start’s arguments', () => {
  it.each([
    ['a full path', [notebook], notebook],
    ['a relative one', ['my findings.headlight'], notebook],
    ['an address, as file managers of Linux give it', [pathToFileURL(notebook).href], notebook],
    ['after Chromium’s switches', ['--allow-file-access-from-files', '--no-sandbox', notebook], notebook],
    ['after the app’s folder, as while developing', ['.', notebook], notebook],
    ['the extension in capitals', ['A.HEADLIGHT'], path.join(home, 'A.HEADLIGHT')],
    ['the first of several', ['a.headlight', 'b.headlight'], path.join(home, 'a.headlight')],
  ])('name a notebook: %s', (_what, words, expected) => {
    expect(openedFileFromArgv(['headlight', ...words], home)).toBe(expected);
  });

  it.each([
    ['nothing', []],
    ['another kind of file', ['a.json', 'a.headlight.txt', 'headlight']],
    ['a switch that ends like one', ['--log=a.headlight']],
    ['a page', ['https://example.com/a.headlight.html']],
    ['an address of another machine’s file', ['file://server:x/a.headlight']],
    ['a path with NUL in it', ['a\0.headlight']],
  ])('name none: %s', (_what, words) => {
    expect(openedFileFromArgv(['headlight', ...words], home)).toBeNull();
  });

  it('are not looked at for the program’s own name', () => {
    expect(openedFileFromArgv(['/opt/x.headlight'], home)).toBeNull();
  });
});

describe('a notebook that is opened', () => {
  it('waits for the page, and reaches the next one when the page is loaded again', () => {
    const opened = new OpenedFiles();
    const heard: string[] = [];
    opened.open('/a.headlight');
    opened.attach((file) => heard.push(`1 ${file}`));
    opened.open('/b.headlight');
    opened.detach();
    opened.open('/c.headlight');
    opened.open(null);
    opened.open('/d.json');
    expect(heard).toEqual(['1 /a.headlight', '1 /b.headlight']);
    opened.attach((file) => heard.push(`2 ${file}`));
    expect(heard.slice(2)).toEqual(['2 /c.headlight']);
  });
});

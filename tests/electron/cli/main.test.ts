/** The process itself: exit codes, streams, a clean end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyMachine, TINY_GPT2 } from './support.ts';

const root = path.join(import.meta.dirname, '../../..');
const main = path.join(root, 'electron/cli/main.ts');
const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');

async function headlight(words: string[], env: Record<string, string> = {}, input: string | Buffer = '') {
  const child = spawn(process.execPath, [tsx, main, ...words], { env: { ...process.env, ...emptyMachine(), ...env } });
  child.stdin.on('error', () => undefined).end(input);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, out, err };
}

describe('the process', () => {
  it('ends with 0 after a run, stdout all JSON', async () => {
    const { code, signal, out, err } = await headlight(['run', '--model', TINY_GPT2, '--text', 'The lamp.', '--json']);
    expect([code, signal, err]).toEqual([0, null, '']);
    expect(JSON.parse(out)).toMatchObject({ device: 'cpu' });
  });

  it('ends with 2 for a bad option and 1 for a broken checkpoint, with a sentence and no stack', async () => {
    const bad = await headlight(['models', '--jsn']);
    expect([bad.code, bad.out, bad.err]).toEqual([
      2,
      '',
      'headlight: `models` has no option --jsn; did you mean --json?\n',
    ]);
    const broken = await headlight(['run', '--model', path.join(import.meta.dirname, 'broken'), '--text', 'x']);
    expect([broken.code, broken.out]).toEqual([1, '']);
    expect(broken.err).toMatch(/^headlight: [^\n]+\n$/);
  });

  it('prints help and version to stdout', async () => {
    const help = await headlight(['help', 'figure']);
    expect(help.code).toBe(0);
    expect(help.out).toContain('--stage S');
    expect(help.out).toMatch(/--ablate SITE .*decoder\.3\.self:5.* \(repeatable, applied in order\)$/m);
    const version = await headlight(['--version']);
    expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('resolves a model folder from where the user stands', async () => {
    const { code } = await headlight(['run', '--model', './tiny-gpt2', '--text', 'x', '--json'], {
      npm_lifecycle_event: 'headlight',
      INIT_CWD: path.dirname(TINY_GPT2),
    });
    expect(code).toBe(0);
  });

  it('reads a text from standard input, and says of 200 kB that it is too long', async () => {
    const words = ['run', '--model', TINY_GPT2, '--json', '--text', '-'];
    const short = await headlight(words, {}, 'The lamp.\n');
    expect(JSON.parse(short.out)).toMatchObject({ tokens: [{ text: 'The' }, {}, {}, {}, {}] });
    const long = await headlight(words, {}, 'The keeper lit the lamp. '.repeat(8000));
    expect([long.code, long.out]).toEqual([2, '']);
    expect(long.err).toMatch(/^headlight: The text has \d+ tokens; this model takes at most 64[^\n]*\n$/);
    const bytes = await headlight(words, {}, Buffer.from([0x61, 0xff, 0xfe]));
    expect([bytes.code, bytes.err]).toEqual([2, 'headlight: --text -: standard input is not UTF-8 text.\n']);
  });

  it('is content when the reader of its output goes away', async () => {
    const child = spawn(process.execPath, [tsx, main, 'models', '--json'], {
      env: { ...process.env, ...emptyMachine() },
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, err]).toEqual([0, '']);
  });
});

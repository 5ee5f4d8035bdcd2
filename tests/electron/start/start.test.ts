import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../../electron/start/start.ts', import.meta.url));

function start(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

it('explains its options', () => {
  const { code, stdout, stderr } = start('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('--browser');
});

it.each([
  [['--port', 'many'], 'invalid --port: many (0 to 65535)'],
  [['--port', '65536'], 'invalid --port: 65536 (0 to 65535)'],
  [['--fast'], "Unknown option '--fast'"],
])('refuses %j with exit code 2 and says what it knows', (args, sentence) => {
  const { code, stdout, stderr } = start(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(sentence);
  expect(stderr).toContain('--no-open');
});

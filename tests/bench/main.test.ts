import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/processes.ts';
import type { Row } from './rows.ts';

const bench = (...flags: string[]) =>
  spawnSync(process.execPath, [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'tests/bench/main.ts', ...flags], {
    cwd: root,
    encoding: 'utf8',
  });

it('bench --quick --json prints JSON only, with a finite value for every metric of both bundled models', () => {
  const { stdout, status, stderr } = bench('--quick', '--json');
  expect(stderr).not.toMatch(/error/i);
  expect(status).toBe(0);
  const report = JSON.parse(stdout) as { machine: { cores: number }; commit: string | null; rows: Row[] };
  expect(report.machine.cores).toBeGreaterThan(0);
  expect(Object.keys(report)).toEqual(['machine', 'commit', 'rows', 'exponents']);
  for (const row of report.rows) {
    expect(Object.keys(row)).toEqual(['metric', 'model', 'tokens', 'value', 'unit', 'target']);
    expect(row.value).toBeGreaterThan(0);
    expect(row.value).toBeLessThan(Infinity);
  }
  for (const model of ['headlight-gpt', 'headlight-bert']) {
    const metrics = new Set(report.rows.filter((row) => row.model === model).map(({ metric }) => metric));
    expect([...metrics].filter((metric) => metric.includes('÷'))).toEqual([
      'traced run ÷ plain forward',
      'slice of one head ÷ plain forward',
      'opening a head ÷ plain forward',
      'bytes sent for a head ÷ its f16 picture',
      'intervention round trip ÷ plain forward',
      'ranking of all heads ÷ plain forwards, one a head',
      ...(model === 'headlight-gpt'
        ? ['generated token ÷ traced run of all', 'generated token ÷ plain forward of all']
        : []),
      'open ÷ reading the file once',
      'peak memory ÷ weights',
      'peak memory above the weights ÷ 1.5 GB',
    ]);
    expect(metrics).toContain('growth of a kept trace with the tokens (1 = linear)');
  }
}, 300_000);

it('an unknown flag is refused with exit code 2 and one sentence', () => {
  const { status, stderr, stdout } = bench('--fast');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('not --fast');
});

/** The workflows as far as they can be tried without GitHub: they are YAML, and what they call is there. */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { TARGETS, targetOf } from '../../build/package/target.ts';
import { packageRoot } from '../../electron/host/versions.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}
interface Job {
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly include?: readonly Readonly<Record<string, string>>[] } };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly name: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = packageRoot();
const folder = path.join(root, '.github', 'workflows');
/** electron-builder's own YAML reader. */
const { load } = createRequire(import.meta.url)('js-yaml') as { load: (text: string) => unknown };
const read = (name: string) => load(readFileSync(path.join(folder, name), 'utf8')) as Workflow;
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** npm's own commands. */
const KNOWN = new Set(['ci', 'test']);

describe.each(readdirSync(folder))('the workflow %s', (name) => {
  const workflow = read(name);
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it('calls only scripts of package.json', () => {
    const called = steps.flatMap(({ run = '' }) =>
      [...run.matchAll(/npm (?:run )?(?:-s )?([\w:]+)/gu)].map(([, script]) => script),
    );
    expect(called.length).toBeGreaterThan(0);
    for (const script of called) expect(KNOWN.has(script ?? '') || script! in scripts, script).toBe(true);
  });

  it('takes actions at a version, ends in time, and may only read but where it says so', () => {
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+\.\d+\.\d+$/u);
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });
});

describe('the release', () => {
  const { package: packaging, draft } = read('release.yml').jobs as { package: Job; draft: Job };
  const systems = packaging.strategy?.matrix.include ?? [];
  const steps = packaging.steps;
  const at = (pattern: RegExp) => steps.findIndex(({ run = '' }) => pattern.test(run));

  it('packages for every target, each on a machine of its own kind', () => {
    const targets = systems.map(({ platform = '', arch = '' }) => targetOf(platform, arch));
    expect(new Set(targets)).toEqual(new Set(TARGETS));
    const machines = { darwin: /^macos/u, linux: /^ubuntu/u, win32: /^windows/u };
    for (const { os = '', platform = '', arch } of systems) {
      expect(os).toMatch(machines[platform as keyof typeof machines]);
      expect(/-arm$/u.test(os) || platform === 'darwin').toBe(arch === 'arm64');
    }
  });

  it('tries the packed app before it makes installers, with a display on Linux', () => {
    const [packed, tried, installers] = [at(/package:dir -- --e2e/u), at(/--packaged/u), at(/npm run package --/u)];
    expect(packed).toBeGreaterThan(0);
    expect(tried).toBeGreaterThan(packed);
    expect(installers).toBeGreaterThan(tried);
    const tests = steps.filter(({ run = '' }) => run.includes('--packaged'));
    expect(tests.map(({ if: condition, run = '' }) => [condition, run.startsWith('xvfb-run')])).toEqual([
      ["runner.os == 'Linux'", true],
      ["runner.os != 'Linux'", false],
    ]);
    expect(steps[installers]?.run).toContain('--require-sizes');
  });

  it('gives certificates to the step that signs and to no other, each to its own system', () => {
    const secret = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(secret).toHaveLength(1);
    for (const [name, value] of Object.entries(secret[0]?.env ?? {})) {
      const system = name.startsWith('WIN_') ? 'win32' : 'darwin';
      expect(value).toMatch(
        new RegExp(`^\\$\\{\\{ matrix\\.platform == '${system}' && secrets\\.\\w+ \\|\\| '' \\}\\}$`, 'u'),
      );
    }
  });

  it('keeps the packages, and writes a draft for a tag only', () => {
    const kept = steps.find(({ uses = '' }) => uses.startsWith('actions/upload-artifact'));
    expect(kept?.with).toMatchObject({ 'if-no-files-found': 'error' });
    expect(kept?.with?.['path']).toContain('build/packages/release/Headlight-');
    expect(draft).toMatchObject({ if: "startsWith(github.ref, 'refs/tags/v')", needs: 'package' });
    expect(draft.permissions).toEqual({ contents: 'write' });
    expect(draft.steps.find(({ run = '' }) => run.includes('gh release'))?.run).toContain('--draft');
  });
});

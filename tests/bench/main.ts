/**
 * `npm run bench [-- --json] [--quick]`: what tracing costs beside a plain forward pass of the same network, on random checkpoints
 * shaped like GPT-2 small and BERT base. `--quick` takes the bundled models and short texts: a check that the bench works.
 */
import { spawnSync } from 'node:child_process';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import path from 'node:path';
import { listModels, runtimeVersion } from '../../native-models/index.ts';
import { root } from '../support/processes.ts';
import { bert, ensureCheckpoint, gpt2 } from '../support/random-checkpoint.ts';
import * as rows from './rows.ts';
import { exponent, MEMORY_TOKENS, table, type Row } from './rows.ts';
import { median, type Measures, type Task } from './task.ts';

interface Subject {
  readonly id: string;
  readonly folder: string;
  /** Longer texts are left out of the plan. */
  readonly maxTokens: number;
  /** Whether it predicts what comes next. */
  readonly writes: boolean;
}

interface Plan {
  readonly lengths: readonly number[];
  /** Lengths of the memory measurements. */
  readonly memory: readonly number[];
  /** Lengths of which a kept trace is measured. */
  readonly kept: readonly number[];
  /** How often the opening is measured, each time in a new process. */
  readonly opens: number;
  /** How long each pair of runs is repeated. */
  readonly seconds: number;
}

interface Report {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly commit: string | null;
  readonly rows: readonly Row[];
  /** By model: how plain forward, traced run, memory of a run and of a kept trace grow with the tokens (1 linear, 2 quadratic). */
  readonly exponents: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const FULL: Plan = {
  lengths: [16, 64, 256, 512, 1024],
  memory: [MEMORY_TOKENS, 256, 512, 1024],
  kept: [64, 256, 512, 1024],
  opens: 5,
  seconds: 15,
};
const QUICK: Plan = { lengths: [16, 64], memory: [MEMORY_TOKENS], kept: [64, 256], opens: 1, seconds: 1 };

function measure(task: Task): Measures {
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  const script = path.join(import.meta.dirname, 'measure.ts');
  const child = spawnSync(process.execPath, [tsx, script, JSON.stringify(task)], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`the measurement ${JSON.stringify(task)} failed: ${child.stderr}`);
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as Measures;
}

function measureSubject(
  { id, folder, maxTokens, writes }: Subject,
  plan: Plan,
): { rows: Row[]; exponents: Record<string, number> } {
  const ask = (kind: Task['kind'], tokens: number): Measures =>
    say(id, { kind, folder, tokens, seconds: plan.seconds });
  const fits = (tokens: number): boolean => tokens <= maxTokens;
  const runs = plan.lengths.filter(fits).map((tokens) => [tokens, ask('run', tokens)] as const);
  const intervention = ask('intervention', rows.INTERVENTION_TOKENS);
  const ranking = ask('ranking', rows.RANKING_TOKENS);
  // A model that fills masks generates nothing.
  const generation = writes ? ask('generation', rows.GENERATION_TOKENS) : null;
  const opens = Array.from({ length: plan.opens }, () => ask('open', 0));
  const kept = plan.kept.filter(fits).map((tokens) => [tokens, ask('kept', tokens)['kept']!] as const);
  const peaks = plan.memory.filter(fits).map((tokens) => [tokens, ask('memory', tokens)] as const);
  const middle = (name: string): number => median(opens.map((each) => each[name]!));
  const grown = peaks.filter(([, { grown }]) => grown! > 0);
  const growth = (name: string): number => exponent(runs.filter(([n]) => n >= 64).map(([n, each]) => [n, each[name]!]));
  return {
    rows: [
      ...runs.flatMap(([tokens, each]) => rows.runRows(id, tokens, each)),
      ...rows.interventionRows(id, rows.INTERVENTION_TOKENS, intervention),
      ...rows.rankingRows(id, rows.RANKING_TOKENS, ranking),
      ...(generation === null ? [] : rows.generationRows(id, rows.GENERATION_TOKENS, generation)),
      ...rows.openRows(id, { open: middle('open'), read: middle('read') }),
      ...peaks.flatMap(([tokens, each]) => rows.memoryRows(id, tokens, each)),
      ...rows.keptRows(id, kept),
    ],
    exponents: {
      plain: growth('plain'),
      traced: growth('traced'),
      memory: exponent(grown.map(([n, { grown }]) => [n, grown!])),
      kept: exponent(kept),
    },
  };
}

/** Measures, and tells a waiting person what is going on without touching stdout. */
function say(id: string, task: Task): Measures {
  process.stderr.write(`${id}: ${task.kind}${task.tokens > 0 ? ` ${task.tokens} tokens` : ''}\n`);
  return measure(task);
}

async function subjects(quick: boolean): Promise<Subject[]> {
  if (!quick) {
    return [gpt2, bert].map((model) => {
      const { n_positions: decoder, max_position_embeddings: encoder } = model.config;
      const writes = decoder !== undefined;
      return { id: model.id, folder: ensureCheckpoint(model), maxTokens: Number(decoder ?? encoder), writes };
    });
  }
  const models = await listModels();
  return models
    .filter(({ source, problem }) => source === 'bundled' && problem === null)
    .map(({ id, folder, maxTokens, family }) => ({ id, folder, maxTokens: maxTokens ?? 0, writes: family === 'gpt2' }));
}

function machine(): Record<string, string | number> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    onnxruntime: runtimeVersion(),
    device: 'cpu',
  };
}

/** The commit that was measured, with `+` when files differ from it; null outside a repository. */
function commit(): string | null {
  const git = (...args: string[]): string => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim();
  const hash = git('rev-parse', '--short', 'HEAD');
  return hash === '' ? null : `${hash}${git('status', '--porcelain') === '' ? '' : '+'}`;
}

async function main(): Promise<void> {
  const known = ['--json', '--quick'];
  const flags = process.argv.slice(2);
  const unknown = flags.find((flag) => !known.includes(flag));
  if (unknown !== undefined) {
    console.error(`bench knows ${known.join(' and ')}, not ${unknown}.`);
    process.exitCode = 2;
    return;
  }
  const quick = flags.includes('--quick');
  const results = (await subjects(quick)).map((subject) => ({
    id: subject.id,
    ...measureSubject(subject, quick ? QUICK : FULL),
  }));
  const report: Report = {
    machine: machine(),
    commit: commit(),
    rows: results.flatMap((result) => result.rows),
    exponents: Object.fromEntries(results.map(({ id, exponents }) => [id, exponents])),
  };
  if (flags.includes('--json')) console.log(JSON.stringify(report, null, 2));
  else print(report);
}

function print({ machine, commit, rows: all, exponents }: Report): void {
  console.log(Object.values(machine).join(' · '));
  console.log(`commit ${commit ?? 'unknown'}\n`);
  console.log(table(all));
  console.log('\nGrowth with the tokens from 64 on (1 = linear, 2 = quadratic):');
  for (const [id, each] of Object.entries(exponents)) {
    const values = Object.entries(each).filter(([, value]) => Number.isFinite(value));
    console.log(`  ${id}: ${values.map(([name, value]) => `${name} ${value.toFixed(2)}`).join(', ')}`);
  }
}

await main();

/**
 * `npm run readme [-- --bench report.json]`: writes the real output of commands into README.md.
 *
 * A block of output follows a comment `<!-- output: <arguments of headlight> -->`, or `<!-- first 6 lines of output: … -->`; the table of the bench stands between
 * `<!-- bench -->` and `<!-- /bench -->` and is made from what `npm run -s bench -- --json` printed.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Row } from '../tests/bench/rows.ts';
import { root } from '../tests/support/processes.ts';

interface Report {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly commit: string | null;
  readonly rows: readonly Row[];
  readonly exponents: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}

/** What `npm run -s headlight -- <line>` prints. Arguments are separated by spaces; quotes hold one together. */
function outputOf(line: string): string {
  const args = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  return execFileSync(process.execPath, [tsx, 'electron/cli/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
    .replaceAll('\r\n', '\n')
    .trimEnd();
}

function withOutputs(readme: string): string {
  const block = /(<!-- (?:first (\d+) lines of )?output: (.+?) -->\n```text\n)(?:(?!```).*\n)*(```\n)/g;
  return readme.replace(block, (_, open: string, lines: string | undefined, line: string, close: string) => {
    const output = outputOf(line).split('\n');
    const shown = lines === undefined ? output : [...output.slice(0, Number(lines)), '…'];
    return `${open}${shown.join('\n')}\n${close}`;
  });
}

/** One sentence: how much more time and memory a longer text takes. */
function growthOf(exponents: Report['exponents']): string {
  const models = Object.entries(exponents).map(([model, each]) => {
    // JSON has no NaN: what could not be fitted is null.
    const values = Object.entries(each).flatMap(([name, value]) =>
      value === null ? [] : [`${name} ${value.toFixed(2)}`],
    );
    return `${model}: ${values.join(', ')}`;
  });
  return `Growth with the tokens from 64 on (1 = linear, 2 = quadratic): ${models.join('; ')}.`;
}

function withBench(readme: string, { machine, commit, rows, exponents }: Report): string {
  const ratios = rows.filter(({ unit }) => unit === 'ratio');
  const lines = ratios.map(({ metric, model, tokens, value, target }) => {
    const met = target === null ? '' : value <= target ? 'met' : '**missed**';
    return `| ${metric} | ${model} | ${tokens ?? ''} | ${value.toFixed(3)} | ${target === null ? '' : `≤ ${target}`} | ${met} |`;
  });
  const table = [
    '| metric | model | tokens | value | target | |',
    '| --- | --- | ---: | ---: | --- | --- |',
    ...lines,
  ].join('\n');
  const facts = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  const place = `Measured at commit ${commit ?? 'unknown'}: ${facts.join(', ')}.`;
  return readme.replace(
    /(<!-- bench -->\n)[\s\S]*(<!-- \/bench -->)/,
    (_, open: string, close: string) => `${open}\n${place}\n\n${table}\n\n${growthOf(exponents)}\n\n${close}`,
  );
}

const { values } = parseArgs({ options: { bench: { type: 'string' } } });
const file = path.join(root, 'README.md');
const readme = withOutputs(readFileSync(file, 'utf8'));
const report = values.bench === undefined ? null : (JSON.parse(readFileSync(values.bench, 'utf8')) as Report);
writeFileSync(file, report === null ? readme : withBench(readme, report));

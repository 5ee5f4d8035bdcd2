/** The what-if options: from `--ablate decoder.3.self:5` and its like to the list of interventions, and that list in words. */
import type { Intervention, Site } from '../../native-models/index.ts';
import { trueMinus } from '../../renderer/figures/number.ts';
import { UsageError } from './command.ts';
import type { OptionHelp, Values } from './command.ts';

/** One line of the table of options. `read` is null for a value that it does not understand. */
interface InterventionFlag {
  readonly value: string;
  readonly help: string;
  /** Completes "--name takes …" in an error; has an example of each form. */
  readonly takes: string;
  readonly read: (value: string) => readonly Intervention[] | null;
}

const FLAGS = {
  ablate: {
    value: 'SITE',
    help: 'knocks heads out: decoder.3.self:5, several decoder.3.self:1,5, the whole layer decoder.3.self',
    takes: 'a layer or some of its heads, such as decoder.3.self or decoder.3.self:1,5',
    read: (value) => readSites(value)?.map((site) => ({ kind: 'head', site, factor: 0 })) ?? null,
  },
  keep: {
    value: 'SITE',
    help: 'knocks out the other heads of the layer: decoder.3.self:5, several decoder.3.self:1,5',
    takes: 'heads of a layer, such as decoder.3.self:5 or decoder.3.self:1,5',
    read: (value) => keepAlone(readSites(value)),
  },
  scale: {
    value: 'X',
    help: 'multiplies q·k in place of 1/√d_head: 1 in all heads, decoder.1.self:0=1 in one',
    takes: 'a number, such as 1 for all heads or decoder.1.self:0=1 for one',
    read: (value) => atSites(value, readNumber, (site, factor) => ({ kind: 'scale', site, factor })),
  },
  mask: {
    value: 'Q:K',
    help: 'query Q no longer sees key K: 4:2 in all heads, decoder.1.self:0=4:2 in one',
    takes: 'a query and a key, such as 4:2 for all heads or decoder.1.self:0=4:2 for one',
    read: (value) => atSites(value, readCell, (site, cell) => ({ kind: 'mask', site, ...cell, visible: false })),
  },
  unmask: {
    value: 'Q:K',
    help: 'query Q sees key K, also where the model hides it: 2:4, decoder.1.self:0=2:4',
    takes: 'a query and a key, such as 2:4 for all heads or decoder.1.self:0=2:4 for one',
    read: (value) => atSites(value, readCell, (site, cell) => ({ kind: 'mask', site, ...cell, visible: true })),
  },
  pattern: {
    value: 'P',
    help: 'uniform, previous or first in place of the weights: decoder.1.self:0=uniform, or uniform in all heads',
    takes: 'uniform, previous or first, such as uniform for all heads or decoder.1.self:0=uniform for one',
    read: (value) => atSites(value, readPattern, (site, pattern) => ({ kind: 'pattern', site, pattern })),
  },
} as const satisfies Readonly<Record<string, InterventionFlag>>;

type FlagName = keyof typeof FLAGS;

/** Options of every command that runs a text with interventions; they are applied in the order of the command line. */
export const INTERVENTION_OPTIONS = Object.fromEntries(
  Object.entries(FLAGS).map(([name, { value, help }]) => [name, { value, help, repeatable: true }]),
) as Readonly<Record<FlagName, OptionHelp>>;

/**
 * The interventions of the command line, in its order across options.
 * @throws UsageError that names the option, its value and the expected form
 */
export function readInterventions(values: Values): readonly Intervention[] {
  return values.repeated.flatMap(({ name, value }) => {
    if (!Object.hasOwn(FLAGS, name)) return [];
    const { takes, read }: InterventionFlag = FLAGS[name as FlagName];
    const found = read(value);
    if (found === null) throw new UsageError(`--${name} takes ${takes}; "${value}" is not one.`);
    return found;
  });
}

/** The interventions in words, one phrase each. */
export function interventionWords(interventions: readonly Intervention[]): readonly string[] {
  return interventions.map((intervention) => {
    const where = siteWords(intervention.site);
    switch (intervention.kind) {
      case 'scale':
        return `q·k × ${factorWords(intervention.factor)} in ${where}`;
      case 'head':
        if (intervention.factor === 0) return `${where} knocked out`;
        return intervention.factor === 1 ? `${where} kept` : `${where} × ${factorWords(intervention.factor)}`;
      case 'mask': {
        const { query, key, visible } = intervention;
        return `query ${query} ${visible ? 'sees' : 'does not see'} key ${key} in ${where}`;
      }
      case 'pattern': {
        const { pattern } = intervention;
        if (typeof pattern === 'string') return `${pattern} pattern in ${where}`;
        return `drawn pattern of query ${pattern.map(({ query }) => query).join(', ')} in ${where}`;
      }
    }
  });
}

/** What q·k is multiplied by in a head where the list says so; null where it keeps 1/√d_head. */
export function scaleOfHead(
  interventions: readonly Intervention[],
  place: { readonly stack: string; readonly layer: number; readonly head: number },
): number | null {
  const covers = ({ stack, layer, head }: Site) =>
    (stack ?? place.stack) === place.stack &&
    (layer ?? place.layer) === place.layer &&
    (head ?? place.head) === place.head;
  const last = interventions.findLast((each) => each.kind === 'scale' && covers(each.site));
  return last?.kind === 'scale' ? last.factor : null;
}

function factorWords(factor: number): string {
  return trueMinus(String(factor));
}

/** `decoder.3.self:5`; parts that are left out are `*`. */
function siteWords({ stack, layer, head }: Site): string {
  if (stack === undefined && layer === undefined && head === undefined) return 'all heads';
  return `${stack ?? '*'}.${layer ?? '*'}.self${head === undefined ? '' : `:${head}`}`;
}

/** `decoder.3.self` is the whole layer, `decoder.3.self:1,5` is two heads. */
function readSites(text: string): readonly Site[] | null {
  const found = /^(encoder|decoder|vision)\.(\d{1,9})\.self(?::(\d{1,9}(?:,\d{1,9})*))?$/.exec(text);
  if (!found) return null;
  const [, name, layer, heads] = found;
  const site = { stack: name as NonNullable<Site['stack']>, layer: Number(layer) };
  return heads === undefined ? [site] : [...new Set(heads.split(',').map(Number))].map((head) => ({ ...site, head }));
}

/** The whole layer knocked out, and then the heads of `sites` at full strength. */
function keepAlone(sites: readonly Site[] | null): readonly Intervention[] | null {
  const [first] = sites ?? [];
  if (sites === null || first?.head === undefined) return null;
  const layer = { stack: first.stack, layer: first.layer };
  return [
    { kind: 'head', site: layer, factor: 0 },
    ...sites.map((site) => ({ kind: 'head', site, factor: 1 }) as const),
  ];
}

/** `SITE=WHAT`, or `WHAT` alone for all heads. */
function atSites<What>(
  value: string,
  readWhat: (text: string) => What | null,
  make: (site: Site, what: What) => Intervention,
): readonly Intervention[] | null {
  const cut = value.indexOf('=');
  const sites = cut < 0 ? [{}] : readSites(value.slice(0, cut));
  const what = readWhat(value.slice(cut + 1));
  return sites === null || what === null ? null : sites.map((site) => make(site, what));
}

function readNumber(text: string): number | null {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

function readCell(text: string): { readonly query: number; readonly key: number } | null {
  const found = /^(\d{1,9}):(\d{1,9})$/.exec(text);
  return found ? { query: Number(found[1]), key: Number(found[2]) } : null;
}

function readPattern(text: string): 'uniform' | 'previous' | 'first' | null {
  return (['uniform', 'previous', 'first'] as const).find((name) => name === text) ?? null;
}

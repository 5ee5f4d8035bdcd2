/** What a figure of the command line is: from a run and the options to a drawing and the facts about it. */
import type { Intervention, Model, StackInfo, Trace } from '../../../native-models/index.ts';
import type { Provenance } from '../../../renderer/export/provenance.ts';
import type { FigureData } from '../../../renderer/figures/figure-data.ts';
import type { FigureEntry } from '../../../renderer/figures/index.ts';
import { UsageError } from '../command.ts';
import type { Values } from '../command.ts';
import { interventionWords } from '../interventions.ts';

/** The part of the provenance that the figure itself knows. */
export type FigureFacts = Pick<Provenance, 'stack' | 'site' | 'layer' | 'head' | 'stage'>;

/** What a figure is drawn with besides its options. */
export interface DrawContext {
  readonly document: Document;
  /** Those of the run. */
  readonly interventions: readonly Intervention[];
}

export interface Drawn {
  readonly svg: SVGSVGElement;
  readonly data: FigureData;
  readonly facts: FigureFacts;
}

export interface CliFigure {
  readonly id: FigureEntry['id'];
  /** Checks the options that need no model. @throws UsageError */
  checkOptions(values: Values): void;
  /** Checks the others against the model, before the text runs. @throws UsageError */
  checkModel(model: Model, values: Values): void;
  draw(trace: Trace, values: Values, context: DrawContext): Promise<Drawn>;
}

export interface SiteChoice {
  readonly stack: StackInfo;
  readonly site: 'self' | 'cross';
}

/** The stack and site of --stack and --site; the last stack and `self` when they are left out. */
export function chooseSite(model: Model, values: Values): SiteChoice {
  const stacks = model.stacks.map(({ name }) => name);
  const last = model.stacks.at(-1);
  if (!last) throw new UsageError(`${model.entry.id} has no attention layers.`);
  const name = values.choice('stack', stacks, last.name);
  const stack = model.stacks.find((each) => each.name === name) ?? last;
  return { stack, site: values.choice('site', stack.sites, stack.sites[0] ?? 'self') };
}

/** The end of a subtitle: what was changed in the computation; empty for the model as trained. */
export function whatIf(interventions: readonly Intervention[]): string {
  return interventions.length === 0 ? '' : ` · what if: ${interventionWords(interventions).join('; ')}`;
}

/** @throws UsageError for options that only lines have */
export function refuseFlowOptions(values: Values): void {
  for (const name of ['heads', 'threshold', 'top-k', 'direction'] as const) {
    if (values.text(name) !== undefined) throw new UsageError(`--${name} is for --figure token-flow.`);
  }
}

/** A number that has no default. @throws UsageError when it is missing or no whole number */
export function required(values: Values, name: string): number {
  const value = values.count(name);
  if (value === undefined) throw new UsageError(`The option --${name} is missing; it counts from 0.`);
  return value;
}

/** A layer or head number of the options. @throws UsageError when it is missing or the model does not have it */
export function requiredIndex(values: Values, name: 'layer' | 'head', count: number, model: Model): number {
  const index = required(values, name);
  if (index >= count) {
    const only = count === 1 ? `one ${name}, 0` : `${count} ${name}s, 0 to ${count - 1}`;
    throw new UsageError(`--${name} ${index}: ${model.entry.id} has ${only}.`);
  }
  return index;
}

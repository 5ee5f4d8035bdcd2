/** Heads that choose among a config's labels: which kind of one a checkpoint has, what its labels are called, and how they are scored. */
import type { ModelConfig } from '../checkpoint/config.ts';
import { ModelError } from '../errors.ts';
import type { HeadKind, Scale } from '../types.ts';

const PROBLEM_TYPES = ['single_label_classification', 'multi_label_classification', 'regression'] as const;

/** What an architecture knows of its labels; without any, for a head that has none. */
export interface LabelFacts {
  readonly labels: readonly string[];
  readonly scale: Scale;
}

/** The kinds of heads that choose among labels. */
export function choosesLabels(head: HeadKind): boolean {
  return head === 'classification' || head === 'token-classification';
}

/** Whether transformers saved the checkpoint with a head of this kind: `ForTokenClassification` of `BertForTokenClassification`. */
export function isSavedAs(config: ModelConfig, suffix: string): boolean {
  return config.strings('architectures', []).some((name) => name.endsWith(suffix));
}

/** The labels of a head, and the scale of its logits. */
export function labelFacts(config: ModelConfig, head: HeadKind): LabelFacts {
  if (!choosesLabels(head)) return { labels: [], scale: 'softmax' };
  const labels = labelNames(config);
  return { labels, scale: head === 'classification' ? scaleOf(config, labels.length) : 'softmax' };
}

/** id2label in the order of its ids; where a config leaves names out, LABEL_0 … as transformers calls them, two by default. */
function labelNames(config: ModelConfig): readonly string[] {
  const names = config.stringMap('id2label', {});
  const named = Object.keys(names).length;
  const count = named > 0 ? named : config.positiveInteger('num_labels', 2);
  return Array.from({ length: count }, (_, id) => names[String(id)] ?? `LABEL_${id}`);
}

/** As transformers' sequence classification takes them: without a problem type, one label is a value and several exclude each other. */
function scaleOf(config: ModelConfig, labels: number): Scale {
  const usual = labels === 1 ? 'regression' : 'single_label_classification';
  const scales = {
    single_label_classification: 'softmax',
    multi_label_classification: 'sigmoid',
    regression: 'value',
  } as const;
  return scales[config.oneOf('problem_type', PROBLEM_TYPES, usual)];
}

/** @throws ModelError `bad-model` `weight-missing` for a head without a weight that it cannot do without */
export function assertWeight(config: ModelConfig, has: (key: string) => boolean, key: string, of: string): void {
  if (has(key)) return;
  throw new ModelError(
    'bad-model',
    'weight-missing',
    `${config.path}: the checkpoint has "${of}" but no "${key}", which its classifier reads.`,
    { key },
  );
}

/** Which head a config and its weights give, and what the labels and their scale are. */
import { describe, expect, it } from 'vitest';
import { ModelConfig } from '../../../native-models/checkpoint/config.ts';
import { families } from '../../../native-models/families/index.ts';

const BERT = {
  model_type: 'bert',
  vocab_size: 9,
  hidden_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  max_position_embeddings: 16,
};
const DISTILBERT = { model_type: 'distilbert', vocab_size: 9, dim: 8, n_layers: 1, n_heads: 2 };
const ROBERTA = { ...BERT, model_type: 'roberta', max_position_embeddings: 514 };

function architecture(config: Record<string, unknown>, ...weights: string[]) {
  const parsed = new ModelConfig(config, 'config.json');
  return families.get(parsed.modelType)!.architecture(parsed, (key) => weights.includes(key));
}

describe('the kind of head', () => {
  const tagging = { architectures: ['XForTokenClassification'] };
  const choice = { architectures: ['XForMultipleChoice'] };
  it.each([
    [BERT, ['cls.predictions.transform.dense.weight'], 'masked-token'],
    [BERT, ['classifier.weight', 'pooler.dense.weight'], 'classification'],
    [{ ...BERT, ...tagging }, ['classifier.weight'], 'token-classification'],
    [{ ...BERT, ...choice }, ['classifier.weight', 'pooler.dense.weight'], 'none'],
    [BERT, ['qa_outputs.weight'], 'none'],
    [DISTILBERT, ['vocab_transform.weight'], 'masked-token'],
    [DISTILBERT, ['classifier.weight', 'pre_classifier.weight'], 'classification'],
    [{ ...DISTILBERT, ...tagging }, ['classifier.weight'], 'token-classification'],
    [DISTILBERT, [], 'none'],
    [ROBERTA, ['lm_head.dense.weight'], 'masked-token'],
    [ROBERTA, ['classifier.out_proj.weight', 'classifier.dense.weight'], 'classification'],
    [{ ...ROBERTA, ...tagging }, ['classifier.weight'], 'token-classification'],
    [ROBERTA, ['pooler.dense.weight'], 'none'],
  ])('%j with %j is %s', (config, weights, head) => {
    expect(architecture(config, ...weights).head).toBe(head);
  });

  it.each([
    [BERT, 'pooler.dense.weight'],
    [DISTILBERT, 'pre_classifier.weight'],
  ])('%j with a classifier wants what it reads', (config, key) => {
    expect(() => architecture(config, 'classifier.weight')).toThrow(`no "${key}"`);
  });
});

describe('labels and their scale', () => {
  const of = (more: Record<string, unknown>) => {
    const { labels, scale } = architecture({ ...DISTILBERT, ...more }, 'classifier.weight', 'pre_classifier.weight');
    return [labels, scale];
  };
  it.each([
    [{}, [['LABEL_0', 'LABEL_1'], 'softmax']],
    [{ num_labels: 3 }, [['LABEL_0', 'LABEL_1', 'LABEL_2'], 'softmax']],
    [{ id2label: { 1: 'no', 0: 'yes' } }, [['yes', 'no'], 'softmax']],
    [{ id2label: { 0: 'score' } }, [['score'], 'value']],
    [{ id2label: { 0: 'toxic' }, problem_type: 'multi_label_classification' }, [['toxic'], 'sigmoid']],
    [{ id2label: { 0: 'a', 1: 'b' }, problem_type: 'regression' }, [['a', 'b'], 'value']],
    [{ problem_type: 'single_label_classification' }, [['LABEL_0', 'LABEL_1'], 'softmax']],
  ])('%j', (more, expected) => {
    expect(of(more)).toEqual(expected);
  });

  it('refuses a problem type that it does not know', () => {
    expect(() => of({ problem_type: 'ranking' })).toThrow(
      '"problem_type" is the string "ranking"; expected one of single_label_classification, multi_label_classification, regression',
    );
  });
});

describe('the places of RoBERTa', () => {
  it('are those after the padding id', () => {
    expect(architecture(ROBERTA)).toMatchObject({ maxTokens: 512, firstPosition: 2 });
    expect(architecture({ ...ROBERTA, pad_token_id: 0 })).toMatchObject({ maxTokens: 513, firstPosition: 1 });
  });

  it('are refused where there are none', () => {
    expect(() => architecture({ ...ROBERTA, max_position_embeddings: 2 })).toThrow('expected more than 2');
    expect(() => architecture({ ...ROBERTA, pad_token_id: -1 })).toThrow('"pad_token_id" is -1');
  });
});

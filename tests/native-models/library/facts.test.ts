import { describe, expect, it } from 'vitest';
import { ModelConfig } from '../../../native-models/checkpoint/config.ts';
import { sizesOf, weightFacts } from '../../../native-models/library/facts.ts';

const usual = { num_hidden_layers: 6, num_attention_heads: 12, hidden_size: 384, vocab_size: 100 };

describe('sizesOf', () => {
  it.each([
    ['gpt2', { n_layer: 12, n_head: 12, n_embd: 768, vocab_size: 50257 }, [12, 12, 768, 1024, 50257]],
    ['bert', { ...usual, max_position_embeddings: 256 }, [6, 12, 384, 256, 100]],
    ['bert', usual, [6, 12, 384, 512, 100]],
    ['roberta', { ...usual, max_position_embeddings: 514 }, [6, 12, 384, 512, 100]],
    ['distilbert', { n_layers: 6, n_heads: 12, dim: 768, max_position_embeddings: 512 }, [6, 12, 768, 512, null]],
    ['t5', { num_layers: 6, num_heads: 8, d_model: 512, n_positions: 512, vocab_size: 9 }, [6, 8, 512, 512, 9]],
    ['llama', { ...usual, max_position_embeddings: 8192 }, [6, 12, 384, 8192, 100]],
    ['vit', { num_hidden_layers: 12 }, [12, null, null, null, null]],
  ])('of %s', (modelType, keys, [layers, heads, hidden, maxTokens, vocabulary]) => {
    const config = new ModelConfig({ model_type: modelType, ...keys }, 'config.json');
    expect(sizesOf(config)).toEqual({ layers, heads, hidden, maxTokens, vocabulary });
  });
});

describe('weightFacts', () => {
  const tensor = (name: string, dtype: string, ...shape: number[]) => ({
    name,
    dtype,
    shape,
    file: '',
    offset: 0,
    length: 0,
  });

  it('counts weights, not buffers, and names the dtype that most of them have', () => {
    const tensors = [
      tensor('transformer.wte.weight', 'F16', 10, 8),
      tensor('transformer.h.11.attn.bias', 'U8', 1, 1, 1024, 1024),
      tensor('transformer.h.11.attn.masked_bias', 'F32'),
      tensor('bert.embeddings.position_ids', 'I64', 1, 512),
      tensor('model.layers.0.self_attn.rotary_emb.inv_freq', 'F32', 512),
      tensor('transformer.h.0.attn.c_attn.bias', 'F32', 24),
      tensor('scalar', 'F32'),
    ];
    expect(weightFacts(tensors)).toEqual({ parameters: 105, dtype: 'F16' });
    expect(weightFacts([])).toEqual({ parameters: 0, dtype: null });
  });
});

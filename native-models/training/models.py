"""The two architectures, as transformers builds them.

Shapes: ids [row, token]; hidden [row, token, hidden]; BERT's vocabulary head sees the masked places only.
"""

from __future__ import annotations

import torch
from transformers import BertConfig, BertForPreTraining, GPT2Config, GPT2LMHeadModel

from bert_data import BertBatch
from positions import look_at_neighbours, start_as_sinusoids


def make_gpt(config: dict) -> GPT2LMHeadModel:
    """GPT-2 without dropout: no text is seen often enough to overfit."""
    end = config["vocabulary"] - 1
    model = GPT2LMHeadModel(GPT2Config(
        vocab_size=config["vocabulary"], n_positions=config["context"], n_embd=config["hidden"],
        n_layer=config["layers"], n_head=config["heads"], initializer_range=config["initializer_range"],
        activation_function="gelu_pytorch_tanh",  # gelu_new in one kernel; saved under GPT-2's own name
        resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0, bos_token_id=end, eos_token_id=end, use_cache=False,
    ))
    hidden, attention = config["hidden"], model.transformer.h[0].attn.c_attn.weight
    start_as_sinusoids(model.transformer.wpe.weight, config["position_range"])
    look_at_neighbours(attention[:, :hidden].T, attention[:, hidden : 2 * hidden].T, *neighbours(config))
    return model


def make_bert(config: dict) -> BertForPreTraining:
    """BERT with both of its training heads, without dropout: no text is seen often enough to overfit."""
    model = BertForPreTraining(BertConfig(
        vocab_size=config["vocabulary"], hidden_size=config["hidden"], num_hidden_layers=config["layers"],
        num_attention_heads=config["heads"], intermediate_size=config["intermediate"],
        max_position_embeddings=config["context"], type_vocab_size=2, pad_token_id=0,
        initializer_range=config["initializer_range"],
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    ))
    embeddings, attention = model.bert.embeddings, model.bert.encoder.layer[0].attention.self
    torch.nn.init.normal_(embeddings.word_embeddings.weight, std=config["word_range"])
    start_as_sinusoids(embeddings.position_embeddings.weight, config["position_range"])
    look_at_neighbours(attention.query.weight, attention.key.weight, *neighbours(config))
    return model


def neighbours(config: dict) -> tuple[int, int, list[int], float]:
    return config["context"], config["heads"], config["neighbours"], config["neighbour_gain"]


def encode(model: BertForPreTraining, batch: BertBatch) -> tuple[torch.Tensor, torch.Tensor]:
    """What the decoder multiplies by the vocabulary at the masked places [masked, hidden], and the next-sentence logits."""
    output = model.bert(input_ids=batch.ids, token_type_ids=batch.types)
    masked = output.last_hidden_state.flatten(0, 1)[batch.positions]
    return model.cls.predictions.transform(masked), model.cls.seq_relationship(output.pooler_output)


def predict(model: BertForPreTraining, batch: BertBatch) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits of the masked places [masked, vocabulary] and of the next-sentence question [row, 2]."""
    transformed, following = encode(model, batch)
    return model.cls.predictions.decoder(transformed), following

"""Writes a trained model as a Hugging Face folder: float16 model.safetensors, config.json and the tokenizer files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertForPreTraining, GPT2LMHeadModel, PreTrainedModel

from vocabulary import save_bert_tokenizer, save_gpt_tokenizer, write_json


def export_gpt(model: GPT2LMHeadModel, tokenizer: Tokenizer, out: Path) -> None:
    """GPT2LMHeadModel; the head is tied, so the file holds the embedding once."""
    save_half(model, out, {"activation_function": "gelu_new", "use_cache": True})
    save_gpt_tokenizer(tokenizer, out, model.config.n_positions)


def export_bert(model: BertForPreTraining, tokenizer: Tokenizer, out: Path) -> None:
    """BertForPreTraining's weights, named for BertForMaskedLM as BERT's own releases are; the decoder is tied."""
    save_half(model, out, {"architectures": ["BertForMaskedLM"]})
    save_bert_tokenizer(tokenizer, out, model.config.max_position_embeddings)


def save_half(model: PreTrainedModel, out: Path, config_changes: dict) -> None:
    """Saves a float16 copy and leaves the model as it was."""
    state = {name: tensor.to("cpu", torch.float16) for name, tensor in model.state_dict().items()}
    copy = type(model)(model.config).half()
    copy.load_state_dict(state)
    copy.save_pretrained(out)
    (out / "model.safetensors").chmod(0o644)
    (out / "generation_config.json").unlink(missing_ok=True)
    config = json.loads((out / "config.json").read_text()) | config_changes
    write_json(out / "config.json", dict(sorted(config.items())))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""Figures on the passage of our own that is committed with the tests, so that anyone can check them in seconds.

The rules have no chance in them, and the test suite follows them too:
GPT: the passage's ids in windows of a full context that overlap by one token; every token but the first is predicted once.
BERT: the passage's pieces in windows of context - 2, between [CLS] and [SEP], segment 0. Each window is shown STRIDE times;
in showing j every piece of the words j, j + STRIDE, ... of the window (counted from 0) is [MASK]. So each word is masked once.
Shapes: a window [1, token].
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from transformers import BertForMaskedLM, GPT2LMHeadModel

from bert_data import CLS, MASK, SEP, continuation_table

PASSAGE = Path(__file__).parents[2] / "tests/fixtures/passage.txt"
STRIDE = 7  # one word in seven: about the 15% of training


@torch.no_grad()
def gpt_on_passage(folder: Path) -> dict[str, float]:
    """Bits per byte; the bytes are those of the predicted tokens."""
    model = GPT2LMHeadModel.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    text = PASSAGE.read_text(encoding="utf-8")
    encoding = tokenizer.encode(text)
    context, nats = model.config.n_positions, 0.0
    for start in range(0, len(encoding.ids) - 1, context):
        ids = torch.tensor([encoding.ids[start : start + context + 1]])
        nats += cross_entropy(model(input_ids=ids[:, :-1]).logits[0], ids[0, 1:], reduction="sum").item()
    size = len(text[encoding.offsets[0][1]:].encode())
    return {"bits_per_byte": nats / math.log(2) / size, "tokens": len(encoding.ids) - 1, "words": len(text.split())}


@torch.no_grad()
def bert_on_passage(folder: Path) -> dict[str, float]:
    """The share of masked pieces whose likeliest answer is right."""
    model = BertForMaskedLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    continues = continuation_table(tokenizer)
    text = PASSAGE.read_text(encoding="utf-8")
    pieces = np.array(tokenizer.encode(text, add_special_tokens=False).ids)
    size, masked, right = model.config.max_position_embeddings - 2, 0, 0
    for start in range(0, len(pieces), size):
        window = pieces[start : start + size]
        word = np.cumsum(~continues[window]) - (not continues[window[0]])
        for shift in range(STRIDE):
            chosen = word % STRIDE == shift
            shown = np.concatenate([[CLS], np.where(chosen, MASK, window), [SEP]])
            answers = model(input_ids=torch.from_numpy(shown)[None]).logits[0, 1:-1].argmax(-1).numpy()
            masked += int(chosen.sum())
            right += int((answers == window)[chosen].sum())
    return {"masked_top1": right / masked, "masked": masked, "words": len(text.split())}

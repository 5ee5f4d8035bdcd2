"""Held-out figures, always measured on the saved float16 weights (computed in float32).

Shapes: windows [window, token]; a batch's logits [row, token, vocabulary]; patterns [row, head, query, key].
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from transformers import BertForPreTraining, GPT2LMHeadModel

from bert_data import BertRows
from gpt_data import held_out_windows
from models import predict

WINDOWS = 512       # GPT: windows of a full context, evenly spaced over the held-out books
BERT_BATCHES = 96   # BERT: batches of the training kind, from the held-out books
REPEATS = 32        # GPT: rows of repeated random tokens
PERIOD = 64


@torch.no_grad()
def evaluate_gpt(folder: Path, work: Path) -> dict[str, float]:
    """Bits per byte and per-token loss on held-out text; how well repeats are continued; the best induction head."""
    model = GPT2LMHeadModel.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    windows = held_out_windows(np.load(work / "held_out.npy", mmap_mode="r"), model.config.n_positions)
    windows = windows[np.linspace(0, len(windows) - 1, min(WINDOWS, len(windows))).astype(int)]
    nats = 0.0
    for rows in torch.from_numpy(windows).split(8):
        logits = model(input_ids=rows[:, :-1]).logits
        nats += cross_entropy(logits.flatten(0, 1), rows[:, 1:].flatten(), reduction="sum").item()
    targets = windows[:, 1:]
    size = int(byte_lengths(tokenizer)[targets].sum())
    return {
        "bits_per_byte": nats / math.log(2) / size,
        "loss": nats / targets.size,
        "tokens": targets.size,
        "bytes": size,
    } | repeat_figures(folder, model.config.vocab_size)


def byte_lengths(tokenizer: Tokenizer) -> np.ndarray:
    """The bytes each id stands for: a byte-level piece has one character a byte; special tokens have none."""
    special = tokenizer.get_added_tokens_decoder()
    pieces = (tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size()))
    return np.array([0 if i in special else len(piece) for i, piece in enumerate(pieces)])


@torch.no_grad()
def repeat_figures(folder: Path, vocabulary: int) -> dict[str, float]:
    """On random tokens said twice: the share of the second round predicted right, and each head's induction score.

    A head's score is the mean weight that a token of the second round gives to the token after its first occurrence.
    """
    model = GPT2LMHeadModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    once = np.random.default_rng(0).integers(vocabulary - 1, size=(REPEATS, PERIOD))
    ids = torch.from_numpy(np.concatenate([once, once], axis=1))
    output = model(input_ids=ids, output_attentions=True)
    right = output.logits[:, PERIOD - 1 : -1].argmax(-1) == ids[:, PERIOD:]
    patterns = torch.stack(output.attentions)  # [layer, row, head, query, key]
    queries = torch.arange(PERIOD, 2 * PERIOD)
    scores = patterns[:, :, :, queries, queries - PERIOD + 1].mean(dim=(1, 3))
    layer, head = divmod(int(scores.argmax()), scores.shape[1])
    previous = torch.arange(1, 2 * PERIOD)
    previous_scores = patterns[:, :, :, previous, previous - 1].mean(dim=(1, 3))
    previous_layer, previous_head = divmod(int(previous_scores.argmax()), scores.shape[1])
    return {
        "repeat_top1": right.float().mean().item(),
        "induction_layer": layer, "induction_head": head, "induction_score": scores.max().item(),
        "previous_layer": previous_layer, "previous_head": previous_head,
        "previous_score": previous_scores.max().item(),
    }


@torch.no_grad()
def evaluate_bert(folder: Path, work: Path, config: dict) -> dict[str, float]:
    """Top-1 accuracy on masked pieces, all of them shown as [MASK]; the most frequent piece; next-sentence accuracy."""
    model = BertForPreTraining.from_pretrained(folder, dtype=torch.float32).eval()
    rows = BertRows(work, config | {"rows": config["rows"] | {"replace_mask": 1.0}}, "held_out")
    frequent = int(np.bincount(np.load(work / "train.npy", mmap_mode="r")).argmax())
    counts = dict.fromkeys(("masked", "right", "frequent", "pairs", "pairs_right"), 0)
    nats = 0.0
    for step in range(BERT_BATCHES):
        batch = rows.batch(step)
        words, following = predict(model, batch)
        pairs = batch.following != -100
        nats += cross_entropy(words, batch.targets, reduction="sum").item()
        counts["masked"] += len(batch.targets)
        counts["right"] += int((words.argmax(-1) == batch.targets).sum())
        counts["frequent"] += int((batch.targets == frequent).sum())
        counts["pairs"] += int(pairs.sum())
        counts["pairs_right"] += int((following.argmax(-1) == batch.following)[pairs].sum())
    return {
        "masked_top1": counts["right"] / counts["masked"],
        "frequent_top1": counts["frequent"] / counts["masked"],
        "frequent_piece": Tokenizer.from_file(str(folder / "tokenizer.json")).id_to_token(frequent),
        "loss": nats / counts["masked"],
        "masked": counts["masked"],
        "following": counts["pairs_right"] / max(1, counts["pairs"]),
        "pairs": counts["pairs"],
    }

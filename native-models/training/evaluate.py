"""Held-out figures, always measured on the saved float16 weights (computed in float32).

Shapes: windows [window, token]; a batch's logits [row, token, vocabulary].
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from transformers import BertForPreTraining, BertModel, GPT2LMHeadModel

import heads
from baselines import trigram_nats, unigram_nats
from bert_data import CLS, SEP, BertRows
from gpt_data import held_out_windows
from models import predict
from passage import bert_on_passage, gpt_on_passage

WINDOWS = 512       # GPT: windows of a full context, evenly spaced over the held-out books
BERT_BATCHES = 96   # BERT: batches of the training kind, from the held-out books
MASKED = 0.15       # BERT: the share of words that are masked
TEXT_ROWS = 32      # rows of held-out text that heads are scored on


@torch.no_grad()
def evaluate_gpt(folder: Path, work: Path) -> dict:
    """Bits per byte of the model and of counting models on held-out text; the passage; repeats; what the heads do.

    Counted are the tokens in the second half of each window, so that every one sees at least half a context, as any but the
    first do in a window that slides along a text (Radford et al. 2019 slide by 32 tokens); `cold` counts whole windows.
    """
    model = GPT2LMHeadModel.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    windows = held_out_windows(np.load(work / "held_out.npy", mmap_mode="r"), model.config.n_positions)
    windows = windows[np.linspace(0, len(windows) - 1, min(WINDOWS, len(windows))).astype(int)]
    nats = np.zeros(model.config.n_positions)
    for rows in torch.from_numpy(windows).split(8):
        losses = cross_entropy(model(input_ids=rows[:, :-1]).logits.transpose(1, 2), rows[:, 1:], reduction="none")
        nats += losses.sum(0).numpy()
    half, train = windows[:, model.config.n_positions // 2 :], np.load(work / "train.npy")
    sizes = byte_lengths(tokenizer)
    targets = half[:, 1:]

    def bits_per_byte(nats_a_token: float, counted: np.ndarray = targets) -> float:
        return nats_a_token * counted.size / math.log(2) / int(sizes[counted].sum())

    loss = nats[-targets.shape[1] :].sum() / targets.size
    return {
        "bits_per_byte": bits_per_byte(loss),
        "cold": bits_per_byte(nats.sum() / windows[:, 1:].size, windows[:, 1:]),
        "unigram": bits_per_byte(unigram_nats(train, half, model.config.vocab_size)),
        "trigram": bits_per_byte(trigram_nats(train, half, model.config.vocab_size)),
        "loss": loss,
        "tokens": targets.size,
        "bytes": int(sizes[targets].sum()),
        "passage": gpt_on_passage(folder),
    } | gpt_heads(folder, windows[:: max(1, len(windows) // TEXT_ROWS), :-1][:TEXT_ROWS])


def byte_lengths(tokenizer: Tokenizer) -> np.ndarray:
    """The bytes each id stands for: a byte-level piece has one character a byte; special tokens have none."""
    special = tokenizer.get_added_tokens_decoder()
    pieces = (tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size()))
    return np.array([0 if i in special else len(piece) for i, piece in enumerate(pieces)])


@torch.no_grad()
def gpt_heads(folder: Path, text: np.ndarray) -> dict:
    """The share of the second round of repeated random tokens that is predicted right, and the best head of each score."""
    model = GPT2LMHeadModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    period = heads.period_of(model.config.n_positions)
    ids = heads.random_repeats(0, model.config.vocab_size - 1, period)
    right = model(input_ids=ids).logits[:, period - 1 : -1].argmax(-1) == ids[:, period:]
    scores = heads.repeat_scores(heads.patterns_of(model, input_ids=ids), 0, period)
    scores |= heads.text_scores(heads.patterns_of(model, input_ids=torch.from_numpy(text)), None)
    del scores["next"]
    return {"repeat_top1": right.float().mean().item(), "period": period,
            "heads": {name: heads.best(score) for name, score in scores.items()}}


@torch.no_grad()
def evaluate_bert(folder: Path, work: Path, config: dict) -> dict:
    """Top-1 accuracy on masked pieces, with all of them shown as [MASK] and as BERT shows them in training (`mixed`); the most
    frequent piece; next-sentence accuracy."""
    model = BertForPreTraining.from_pretrained(folder, dtype=torch.float32).eval()
    rows, mixed = (
        BertRows(work, config | {"rows": config["rows"] | {"masked_late": MASKED, "replace_mask": share}}, "held_out")
        for share in (1.0, config["rows"]["replace_mask"])
    )
    frequent = int(np.bincount(np.load(work / "train.npy", mmap_mode="r")).argmax())
    counts = dict.fromkeys(("masked", "right", "mixed", "mixed_right", "frequent", "pairs", "pairs_right"), 0)
    nats = 0.0
    for step in range(BERT_BATCHES):
        batch = rows.batch(step, 1.0)
        words, following = predict(model, batch)
        pairs = batch.following != -100
        nats += cross_entropy(words, batch.targets, reduction="sum").item()
        counts["masked"] += len(batch.targets)
        counts["right"] += int((words.argmax(-1) == batch.targets).sum())
        counts["frequent"] += int((batch.targets == frequent).sum())
        counts["pairs"] += int(pairs.sum())
        counts["pairs_right"] += int((following.argmax(-1) == batch.following)[pairs].sum())
        shown = mixed.batch(step, 1.0)
        counts["mixed"] += len(shown.targets)
        counts["mixed_right"] += int((predict(model, shown)[0].argmax(-1) == shown.targets).sum())
    return {
        "masked_top1": counts["right"] / counts["masked"],
        "mixed_top1": counts["mixed_right"] / counts["mixed"],
        "frequent_top1": counts["frequent"] / counts["masked"],
        "frequent_piece": Tokenizer.from_file(str(folder / "tokenizer.json")).id_to_token(frequent),
        "loss": nats / counts["masked"],
        "masked": counts["masked"],
        "following": counts["pairs_right"] / max(1, counts["pairs"]),
        "pairs": counts["pairs"],
        "passage": bert_on_passage(folder),
    } | bert_heads(folder, rows)


@torch.no_grad()
def bert_heads(folder: Path, rows: BertRows) -> dict:
    """The best head of each score, on [CLS] r r [SEP] and on pairs of held-out segments with nothing masked."""
    model = BertModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    period = heads.period_of(model.config.max_position_embeddings - 2)
    frame = torch.full((heads.ROWS, 1), 1)
    repeats = heads.random_repeats(SEP + 2, model.config.vocab_size, period)
    scores = heads.repeat_scores(heads.patterns_of(model, input_ids=torch.cat([frame * CLS, repeats, frame * SEP], 1)), 1, period)
    random = np.random.default_rng(0)
    length = model.config.max_position_embeddings // 2
    ids, types, _ = (torch.from_numpy(np.stack(column)) for column in zip(*(rows.row(random, length) for _ in range(TEXT_ROWS))))
    patterns = heads.patterns_of(model, input_ids=ids, token_type_ids=types)
    scores |= heads.text_scores(patterns, ids == SEP)
    return {"period": period, "heads": {name: heads.best(score) for name, score in scores.items()}}

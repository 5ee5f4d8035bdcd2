"""Text to rows for the masked language model with next-sentence prediction.

Prepared arrays:
    train, held_out               [tokens]     uint16 ids of all sentences in order, no special tokens
    starts, held_out_starts       [sentences]  int64, where each sentence begins
A batch, without padding (all rows of one step have one length):
    ids, types    int64 [row, token]   masked ids; 0 for segment A with [CLS] and its [SEP], 1 for segment B
    positions     int64 [masked]       places of the masked tokens in the flattened rows
    targets       int64 [masked]       their true ids
    following     int64 [row]          0: B follows A, 1: B is from elsewhere, -100: no B
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from corpus import Book, Split
from vocabulary import BERT_SPECIALS, train_wordpiece

CLS, SEP, MASK = (BERT_SPECIALS.index(name) for name in ("[CLS]", "[SEP]", "[MASK]"))
SENTENCE_END = re.compile(r"""(?<=[.!?])(["'”’)]*)\s+(?=["'“‘(]*[A-Z])""")


def sentences_of(paragraph: str) -> list[str]:
    """Splits where a sentence mark is followed by a capital; good enough to teach what a segment is."""
    return [s for s in SENTENCE_END.sub(r"\1\n", paragraph).split("\n") if s.strip()]


def prepare(split: Split, config: dict, folder: Path) -> None:
    """Trains the tokenizer and writes it and the token arrays into `folder`."""
    texts = (p for book in split.train for p in book.paragraphs)
    tokenizer = train_wordpiece(texts, config["vocabulary"])
    tokenizer.save(str(folder / "tokenizer.json"))
    for name, starts_name, books in (
        ("train", "starts", split.train),
        ("held_out", "held_out_starts", split.held_out),
    ):
        ids, starts = encode_books(books, tokenizer)
        np.save(folder / f"{name}.npy", ids)
        np.save(folder / f"{starts_name}.npy", starts)


def encode_books(books: list[Book], tokenizer: Tokenizer) -> tuple[np.ndarray, np.ndarray]:
    """The ids of the books [tokens] and where each sentence begins [sentences]."""
    pieces, lengths = [], []
    for book in books:
        sentences = [s for p in book.paragraphs for s in sentences_of(p)]
        for encoding in tokenizer.encode_batch_fast(sentences, add_special_tokens=False):
            if encoding.ids:
                pieces.append(np.array(encoding.ids, dtype=np.uint16))
                lengths.append(len(encoding.ids))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
    return np.concatenate(pieces), starts


def continuation_table(tokenizer: Tokenizer) -> np.ndarray:
    """For each id, whether the piece continues a word (`##`)."""
    table = np.zeros(tokenizer.get_vocab_size(), dtype=bool)
    for piece, index in tokenizer.get_vocab().items():
        table[index] = piece.startswith("##")
    return table


@dataclass
class BertBatch:
    ids: torch.Tensor
    types: torch.Tensor
    positions: torch.Tensor
    targets: torch.Tensor
    following: torch.Tensor


class BertRows:
    """Makes the batch of any step from the seed and the step."""

    def __init__(self, folder: Path, config: dict, split: str = "train"):
        train = split == "train"
        self.tokens = np.load(folder / f"{split}.npy", mmap_mode="r")
        self.starts = np.load(folder / ("starts.npy" if train else f"{split}_starts.npy"))
        self.continues = continuation_table(Tokenizer.from_file(str(folder / "tokenizer.json")))
        self.rows = config["rows"]
        self.seed = [config["seed"], 0 if train else 1]
        self.tokens_per_step = config["train"]["tokens_per_step"]

    def batch(self, step: int, done: float) -> BertBatch:
        """`done` is the share of the run before this step: more words are masked early on, for more to learn from."""
        share = self.rows["masked_early" if done < self.rows["early"] else "masked_late"]
        random = np.random.default_rng([*self.seed, step])
        length = int(random.choice(self.rows["lengths"], p=self.rows["length_shares"]))
        rows = [self.row(random, length) for _ in range(max(1, self.tokens_per_step // length))]
        true_ids, types, following = (np.stack(column) for column in zip(*rows))
        ids, chosen = self.mask(random, true_ids, share)
        arrays = (ids, types, np.flatnonzero(chosen), true_ids[chosen], following)
        return BertBatch(*(torch.from_numpy(np.ascontiguousarray(a)) for a in arrays))

    def row(self, random: np.random.Generator, length: int) -> tuple[np.ndarray, np.ndarray, np.int64]:
        """One row's true ids [token], types [token] and next-sentence label."""
        boundary = self.boundary(random, length)
        if random.random() < self.rows["single_share"]:
            size = length - 2
            start = boundary if random.random() < 0.5 else boundary - size
            return self.join(self.tokens[start : start + size], None), np.zeros(length, np.int64), np.int64(-100)
        size_a, size_b = self.pair_sizes(random, boundary, length - 3)
        elsewhere = random.random() < 0.5
        start_b = self.boundary(random, length) if elsewhere else boundary
        ids = self.join(self.tokens[boundary - size_a : boundary], self.tokens[start_b : start_b + size_b])
        types = np.repeat(np.array([0, 1]), [size_a + 2, size_b + 1])
        return ids, types, np.int64(elsewhere)

    def boundary(self, random: np.random.Generator, margin: int) -> int:
        """The start of a random sentence with at least `margin` tokens on both sides."""
        low, high = np.searchsorted(self.starts, [margin, len(self.tokens) - margin])
        return int(self.starts[random.integers(low, high)])

    def pair_sizes(self, random: np.random.Generator, boundary: int, size: int) -> tuple[int, int]:
        """Splits `size` tokens around `boundary`, so that A's start or B's end is a sentence edge if possible."""
        size_a = int(random.integers(size // 4, size - size // 4 + 1))
        if random.random() < 0.5:
            start = self.starts[np.searchsorted(self.starts, boundary - size_a)]
            size_a = int(boundary - start) or size_a
        else:
            end = self.starts[np.searchsorted(self.starts, boundary + size - size_a, side="right") - 1]
            size_a = size - (int(end - boundary) or size - size_a)
        return size_a, size - size_a

    def join(self, a: np.ndarray, b: np.ndarray | None) -> np.ndarray:
        """[CLS] a [SEP] or [CLS] a [SEP] b [SEP], int64 [token]."""
        parts = [[CLS], a, [SEP]] + ([] if b is None else [b, [SEP]])
        return np.concatenate([np.asarray(part, dtype=np.int64) for part in parts])

    def mask(self, random: np.random.Generator, ids: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
        """Masks that share of whole words: the ids to show [row, token] and which were chosen, bool [row, token]."""
        column = np.arange(ids.shape[1])
        word_start = np.maximum.accumulate(np.where(self.continues[ids], 0, column), axis=1)
        draw = np.take_along_axis(random.random(ids.shape), word_start, axis=1)
        chosen = (draw < share) & (ids >= len(BERT_SPECIALS))
        how = random.random(ids.shape)
        replace = self.rows["replace_mask"]
        shown = np.where(chosen & (how < replace), MASK, ids)
        swap = chosen & (how >= replace) & (how < replace + (1 - replace) / 2)
        other = random.integers(len(BERT_SPECIALS), len(self.continues), size=ids.shape)
        return np.where(swap, other, shown), chosen

"""Text to rows for the language model.

Prepared arrays (uint16 ids, one long run a split; int64 paragraph starts):
    train, held_out   [tokens]      paragraphs joined by a newline, each book closed by <|endoftext|>
    starts            [paragraphs]  where each training paragraph begins
A batch is (ids, targets), both int64 [row, token]; a target of -100 is not counted.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from corpus import Book, Split
from vocabulary import END_OF_TEXT, train_byte_bpe


def prepare(split: Split, config: dict, folder: Path) -> None:
    """Trains the tokenizer and writes it and the token arrays into `folder`."""
    texts = (p for book in split.train for p in book.paragraphs)
    tokenizer = train_byte_bpe(texts, config["vocabulary"])
    train, starts = encode_books(split.train, tokenizer)
    held_out, _ = encode_books(split.held_out, tokenizer)
    tokenizer.save(str(folder / "tokenizer.json"))
    np.save(folder / "train.npy", train)
    np.save(folder / "starts.npy", starts)
    np.save(folder / "held_out.npy", held_out)


def encode_books(books: list[Book], tokenizer: Tokenizer) -> tuple[np.ndarray, np.ndarray]:
    """The ids of the books [tokens] and where each paragraph begins [paragraphs]."""
    end = tokenizer.token_to_id(END_OF_TEXT)
    pieces, lengths = [], []
    for book in books:
        texts = [p + "\n" for p in book.paragraphs]
        encoded = [np.array(e.ids, dtype=np.uint16) for e in tokenizer.encode_batch_fast(texts)]
        encoded[-1] = np.append(encoded[-1], np.uint16(end))
        pieces.extend(encoded)
        lengths.extend(map(len, encoded))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
    return np.concatenate(pieces), starts


class GptRows:
    """Makes the batch of any step, from the seed and the step, so that a resumed run sees the same rows."""

    def __init__(self, folder: Path, config: dict):
        self.train = np.load(folder / "train.npy", mmap_mode="r")
        self.starts = np.load(folder / "starts.npy")
        self.rows = config["rows"]
        self.seed = config["seed"]
        self.tokens_per_step = config["train"]["tokens_per_step"]
        self.vocabulary = config["vocabulary"]

    def batch(self, step: int, done: float) -> tuple[torch.Tensor, torch.Tensor]:
        """`done` is the share of the run before this step: repeated rows are more frequent early on."""
        random = np.random.default_rng([self.seed, step])
        share = self.rows["repeated_early" if done < self.rows["early"] else "repeated_late"]
        length = int(random.choice(self.rows["lengths"], p=self.rows["length_shares"]))
        ids, targets = [], []
        for _ in range(max(1, self.tokens_per_step // length)):
            repeated = random.random() < share
            row, counted = self.repeated_row(random, length) if repeated else (self.text_row(random, length), 0)
            target = row[1:].copy()
            target[:counted] = -100
            ids.append(row[:-1])
            targets.append(target)
        return torch.from_numpy(np.stack(ids)), torch.from_numpy(np.stack(targets))

    def text_row(self, random: np.random.Generator, length: int) -> np.ndarray:
        """length + 1 ids of running text."""
        last = len(self.train) - length - 1
        if random.random() < self.rows["paragraph_start_share"]:
            start = min(int(random.choice(self.starts)), last)
        else:
            start = int(random.integers(last + 1))
        return self.train[start : start + length + 1].astype(np.int64)

    def repeated_row(self, random: np.random.Generator, length: int) -> tuple[np.ndarray, int]:
        """length + 1 ids, one random sequence over and over; its first round cannot be known and is not counted.

        Its length is drawn evenly on a logarithmic scale: copying is learnt on short ones. Half of the sequences are drawn
        evenly from the vocabulary, half as often as the tokens are in the books.
        """
        shortest, longest = self.rows["repeated_period"]
        period = int(np.exp(random.uniform(np.log(shortest), np.log(min(longest, length // 2) + 1))))
        if random.random() < 0.5:
            sequence = random.integers(self.vocabulary - 1, size=period)
        else:
            sequence = self.train[random.integers(len(self.train), size=period)]
        return np.resize(sequence, length + 1).astype(np.int64), period - 1


def held_out_windows(ids: np.ndarray, context: int) -> np.ndarray:
    """Windows [window, context + 1] that overlap by one token, so that every token but the first is predicted once."""
    count = (len(ids) - 1) // context
    return np.stack([ids[i * context : (i + 1) * context + 1] for i in range(count)]).astype(np.int64)

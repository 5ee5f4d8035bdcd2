"""Counts as a teacher: early in a run, part of each target is what the tokens nearby make likely in all the books.

A token in a book says only that it came; how often each other one comes in such a place takes a network many steps to
gather, and counting over the same books seconds. So the target of a text token is a mixture of the token itself and
the distribution of an n-gram model (distillation, after Hinton et al. 2015, section 2, with counts for a teacher).

Next token: the Kneser-Ney trigram of baselines.py. Masked token: how often it stands between its two neighbours, falling
back on p(w | left) p(w | right) / p(w), in which a neighbour that is masked too, or special, has no part.

Shapes: places [place]; a teacher's rows [place, vocabulary] sum to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
import torch

from baselines import KneserNey, Order
from start import Setup


def bigram_table(order: Order, unigram: np.ndarray) -> torch.Tensor:
    """[context token, token], each row the order's probabilities with `unigram` to fall back on."""
    table = np.empty((order.vocabulary, order.vocabulary), dtype=np.float32)
    spread, row, token, share = order.continuations(np.arange(order.vocabulary))
    np.multiply(spread[:, None], unigram, out=table, casting="unsafe")
    table[row, token] += share.astype(np.float32)
    return torch.from_numpy(table)


def add_continuations(rows: torch.Tensor, order: Order, context: np.ndarray) -> torch.Tensor:
    """Turns rows of the shorter order into rows of `order`, in place; a context of -1 leaves its row as it is."""
    spread, row, token, share = order.continuations(context)
    rows *= torch.from_numpy(spread.astype(np.float32))[:, None]
    rows[torch.from_numpy(row), torch.from_numpy(token)] += torch.from_numpy(share.astype(np.float32))
    return rows


class NextTokenTeacher:
    def __init__(self, tokens: np.ndarray, vocabulary: int):
        counts = KneserNey(tokens, vocabulary)
        self.vocabulary = vocabulary
        self.trigram = counts.trigram
        self.bigram = bigram_table(counts.bigram, counts.unigram)

    def contexts(self, ids: np.ndarray) -> np.ndarray:
        """For every token of the rows [row, token] and its predecessor, the two numbers that `rows` takes [2, place]."""
        two = np.full(ids.shape, -1)
        two[:, 1:] = ids[:, :-1] * self.vocabulary + ids[:, 1:]
        return np.stack([ids.ravel(), two.ravel()])

    def rows(self, contexts: np.ndarray) -> torch.Tensor:
        last, two = contexts
        return add_continuations(self.bigram[torch.from_numpy(last)], self.trigram, two)


class MaskedTokenTeacher:
    def __init__(self, tokens: np.ndarray, vocabulary: int, specials: int):
        ids = tokens.astype(np.int64)
        self.vocabulary, self.specials = vocabulary, specials
        counts = np.bincount(ids, minlength=vocabulary) + 0.5
        unigram = counts / counts.sum()
        self.unigram = torch.from_numpy(np.log(unigram).astype(np.float32))
        left, right = ids[:-1], ids[1:]
        # How much likelier than alone: log p(w | neighbour) - log p(w), [neighbour, w].
        self.after, self.before = (
            bigram_table(Order(*np.unique(pairs, return_counts=True), vocabulary), unigram).clamp_min_(1e-9).log_()
            - self.unigram
            for pairs in (left * vocabulary + right, right * vocabulary + left)
        )
        between = (ids[:-2] * vocabulary + ids[2:]) * vocabulary + ids[1:-1]
        self.between = Order(*np.unique(between, return_counts=True), vocabulary)

    def contexts(self, shown: np.ndarray, places: np.ndarray) -> np.ndarray:
        """The neighbours as they are shown [2, place], -1 for one that is masked, special or not there."""
        flat = np.pad(shown, ((0, 0), (1, 1)))  # a row's neighbours are not another row's
        at = places // shown.shape[1] * (shown.shape[1] + 2) + places % shown.shape[1] + 1
        neighbours = np.stack([flat.ravel()[at - 1], flat.ravel()[at + 1]])
        return np.where(neighbours < self.specials, -1, neighbours)

    def rows(self, contexts: np.ndarray) -> torch.Tensor:
        left, right = contexts
        likely = self.unigram.repeat(len(left), 1)
        for table, neighbour in ((self.after, left), (self.before, right)):
            known = np.flatnonzero(neighbour >= 0)
            likely[torch.from_numpy(known)] += table[torch.from_numpy(neighbour[known])]
        both = np.where((left >= 0) & (right >= 0), left * self.vocabulary + right, -1)
        return add_continuations(likely.softmax(1), self.between, both)


class Teacher:
    """The teacher's counts, made when they are first needed, and how much of a target is its part."""

    def __init__(self, setup: Setup, make: Callable[[np.ndarray], NextTokenTeacher | MaskedTokenTeacher]):
        self.setup, self.make = setup, make

    @cached_property
    def counts(self) -> NextTokenTeacher | MaskedTokenTeacher:
        return self.make(np.load(self.setup.folder / "train.npy"))

    def share(self, done: float) -> float:
        """From `teacher_share` at the start of the run straight down to nothing at `teacher_until`."""
        settings = self.setup.config["train"]
        return settings["teacher_share"] * max(0.0, 1 - done / settings["teacher_until"])

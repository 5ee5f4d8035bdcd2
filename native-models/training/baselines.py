"""What counting alone reaches on the same tokens: a unigram and a trigram model.

The trigram is interpolated Kneser-Ney with one discount an order (Chen and Goodman 1999, sections 2.7 and 4.1): the
share of a trigram is its discounted count, and the discounted mass goes to the bigram, whose counts are of different
predecessors instead of occurrences; the bigram in turn falls back on the unigram of different predecessors, and that
on an even spread over the vocabulary.

Shapes: tokens [token], windows [window, token]; a probability is given for every token but the first of a window, from
the one or two tokens before it in the same window: what the network sees too, cut to two.
"""

from __future__ import annotations

import numpy as np


def unigram_nats(tokens: np.ndarray, windows: np.ndarray, vocabulary: int) -> float:
    """Mean nats a target under the training tokens' frequencies, one added to every count."""
    counts = np.bincount(tokens, minlength=vocabulary) + 1.0
    return float(-np.log(counts / counts.sum())[windows[:, 1:]].mean())


def trigram_nats(tokens: np.ndarray, windows: np.ndarray, vocabulary: int) -> float:
    """Mean nats a target under the Kneser-Ney trigram of the training tokens."""
    return float(-np.log(KneserNey(tokens, vocabulary).probabilities(windows)).mean())


class KneserNey:
    """The trigram and what it falls back on."""

    def __init__(self, tokens: np.ndarray, vocabulary: int):
        ids = tokens.astype(np.int64)
        pairs = ids[:-1] * vocabulary + ids[1:]
        triples, counts = np.unique(pairs[:-1] * vocabulary + ids[2:], return_counts=True)
        self.vocabulary = vocabulary
        self.trigram = Order(triples, counts, vocabulary)
        # Pairs by different predecessors, and last tokens of different pairs.
        self.bigram = Order(*np.unique(triples % vocabulary**2, return_counts=True), vocabulary)
        last, counts = np.unique(np.unique(pairs) % vocabulary, return_counts=True)
        self.unigram = np.zeros(vocabulary)
        self.unigram[last] = (counts - discount(counts)) / counts.sum()
        self.unigram += (1 - self.unigram.sum()) / vocabulary

    def probabilities(self, windows: np.ndarray) -> np.ndarray:
        """The probability of each target [window, token - 1]."""
        ids = windows.astype(np.int64)
        before, target = ids[:, :-1], ids[:, 1:]
        bigram = self.bigram(before, target, self.unigram[target])
        two_before = before[:, :-1] * self.vocabulary + before[:, 1:]
        trigram = self.trigram(two_before, target[:, 1:], bigram[:, 1:])
        return np.concatenate([bigram[:, :1], trigram], axis=1)


def discount(counts: np.ndarray) -> float:
    """n1 / (n1 + 2 n2), from how many n-grams were seen once and twice."""
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    return once / (once + 2 * twice) if once else 0.0


class Order:
    """The n-grams of one order: a context's number times the vocabulary plus the token, sorted, with their counts."""

    def __init__(self, grams: np.ndarray, counts: np.ndarray, vocabulary: int):
        self.grams, self.counts, self.vocabulary = grams, counts, vocabulary
        self.discount = discount(counts)
        self.contexts, self.starts = np.unique(grams // vocabulary, return_index=True)
        self.totals = np.add.reduceat(counts, self.starts)
        self.kinds = np.diff(np.append(self.starts, len(grams)))

    def __call__(self, context: np.ndarray, token: np.ndarray, lower: np.ndarray) -> np.ndarray:
        """The interpolated probability of `token` after `context`; `lower` is the shorter order's."""
        place, known, spread = self.find(context)
        total = np.where(known, self.totals[place], 1)
        place, seen = look_up(self.grams, context * self.vocabulary + token)
        share = np.where(known & seen, np.maximum(self.counts[place] - self.discount, 0), 0.0) / total
        return share + spread * lower

    def find(self, context: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """For each context its place, whether it was seen, and the share that goes to the shorter order."""
        place, known = look_up(self.contexts, context)
        return place, known, np.where(known, self.discount * self.kinds[place] / self.totals[place], 1.0)

    def continuations(self, context: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """All that is known of the contexts [row]: the share left to the shorter order [row], and for every token that
        followed one of them its row, itself and its discounted share [continuation]."""
        place, known, spread = self.find(context)
        rows = np.flatnonzero(known)
        kinds, starts = self.kinds[place[rows]], self.starts[place[rows]]
        row = np.repeat(rows, kinds)
        gram = np.arange(kinds.sum()) - np.repeat(np.cumsum(kinds) - kinds - starts, kinds)
        share = (self.counts[gram] - self.discount) / np.repeat(self.totals[place[rows]], kinds)
        return spread, row, self.grams[gram] % self.vocabulary, share


def look_up(keys: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each wanted key would stand in the sorted keys, and whether it is there."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, keys[place] == wanted

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
    return float(-np.log(trigram_probabilities(tokens, windows, vocabulary)).mean())


def trigram_probabilities(tokens: np.ndarray, windows: np.ndarray, vocabulary: int) -> np.ndarray:
    """The probability of each target [window, token - 1]."""
    ids = tokens.astype(np.int64)
    pairs = ids[:-1] * vocabulary + ids[1:]
    triples, triple_counts = np.unique(pairs[:-1] * vocabulary + ids[2:], return_counts=True)
    followed, follower_counts = np.unique(triples % vocabulary**2, return_counts=True)  # pairs by different predecessors
    last, last_counts = np.unique(np.unique(pairs) % vocabulary, return_counts=True)
    contexts = windows.astype(np.int64)
    before, target = contexts[:, :-1], contexts[:, 1:]

    base = np.full(vocabulary, 0.0)
    base[last] = discounted(last_counts)
    kept = base.sum() / last_counts.sum()
    unigram = base / last_counts.sum() + (1 - kept) / vocabulary
    bigram = Order(followed, follower_counts, vocabulary)(before, target, unigram[target])
    triple_context = before[:, :-1] * vocabulary + before[:, 1:]
    trigram = Order(triples, triple_counts, vocabulary)(triple_context, target[:, 1:], bigram[:, 1:])
    return np.concatenate([bigram[:, :1], trigram], axis=1)


def discount(counts: np.ndarray) -> float:
    """n1 / (n1 + 2 n2), from how many n-grams were seen once and twice."""
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    return once / (once + 2 * twice) if once else 0.0


def discounted(counts: np.ndarray) -> np.ndarray:
    return counts - discount(counts)


class Order:
    """The n-grams of one order: a context's number times the vocabulary plus the token, sorted, with their counts."""

    def __init__(self, grams: np.ndarray, counts: np.ndarray, vocabulary: int):
        self.grams, self.counts, self.vocabulary = grams, counts, vocabulary
        self.discount = discount(counts)
        self.contexts, starts = np.unique(grams // vocabulary, return_index=True)
        self.totals = np.add.reduceat(counts, starts)
        self.kinds = np.diff(np.append(starts, len(grams)))

    def __call__(self, context: np.ndarray, token: np.ndarray, lower: np.ndarray) -> np.ndarray:
        """The interpolated probability of `token` after `context`; `lower` is the shorter order's."""
        place, known = look_up(self.contexts, context)
        total = np.where(known, self.totals[place], 1)
        spread = np.where(known, self.discount * self.kinds[place] / total, 1.0)
        place, seen = look_up(self.grams, context * self.vocabulary + token)
        share = np.where(known & seen, np.maximum(self.counts[place] - self.discount, 0), 0.0) / total
        return share + spread * lower


def look_up(keys: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each wanted key would stand in the sorted keys, and whether it is there."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, keys[place] == wanted

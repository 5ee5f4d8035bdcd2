"""What each head does, by score: the mean attention weight at certain places of test rows.

On random tokens said twice (a row r r, or [CLS] r r [SEP]; a period of at most 64 tokens each time):
    previous    from a token to the one before it (Olsson et al. 2022, "previous token heads")
    next        from a token to the one after it; no such place in a decoder
    duplicate   from a token's second occurrence to its first (Wang et al. 2022, "duplicate token heads")
    induction   from a token's second occurrence to the token after its first (Olsson et al. 2022, "prefix matching")
On held-out text:
    first       to the first token of the row, from every other
    separator   to the separators together, from every other token; BERT only
    self        from a token to itself

Shapes: patterns [layer, row, head, query, key]; a score [layer, head].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from transformers import PreTrainedModel

ROWS = 32
LONGEST = 64


@dataclass(frozen=True)
class Best:
    """The head with the largest score."""

    layer: int
    head: int
    score: float

    def __str__(self) -> str:
        return f"layer {self.layer}, head {self.head}: {self.score:.2f}"


def best(scores: torch.Tensor) -> Best:
    layer, head = divmod(int(scores.argmax()), scores.shape[1])
    return Best(layer, head, scores.max().item())


def period_of(room: int) -> int:
    """How many tokens are said twice in a context with room for so many."""
    return min(LONGEST, room // 2)


def random_repeats(low: int, high: int, period: int) -> torch.Tensor:
    """ROWS rows [row, 2 * period] of ids from low to high - 1, said twice."""
    once = np.random.default_rng(0).integers(low, high, size=(ROWS, period))
    return torch.from_numpy(np.concatenate([once, once], axis=1))


@torch.no_grad()
def patterns_of(model: PreTrainedModel, **inputs: torch.Tensor) -> torch.Tensor:
    """The patterns of a model that was loaded with eager attention."""
    return torch.stack(model(**inputs, output_attentions=True).attentions)


def repeat_scores(patterns: torch.Tensor, start: int, period: int) -> dict[str, torch.Tensor]:
    """Scores of patterns of repeated rows whose first random token stands at `start`."""
    end = start + 2 * period
    tokens, second = torch.arange(start, end), torch.arange(start + period, end)
    places = {
        "previous": (tokens[1:], tokens[:-1]),
        "next": (tokens[:-1], tokens[1:]),
        "duplicate": (second, second - period),
        "induction": (second, second - period + 1),
    }
    return {name: patterns[..., query, key].mean(dim=(1, 3)) for name, (query, key) in places.items()}


def text_scores(patterns: torch.Tensor, separators: torch.Tensor | None) -> dict[str, torch.Tensor]:
    """Scores of patterns of text rows; separators, bool [row, token], say which tokens close a segment."""
    token = torch.arange(patterns.shape[-1])
    scores = {
        "first": patterns[..., 1:, 0].mean(dim=(1, 3)),
        "self": patterns[..., token, token].mean(dim=(1, 3)),
    }
    if separators is not None:
        to_separators = (patterns * separators[None, :, None, None, :]).sum(-1)
        others = (~separators).float()[None, :, None, :]
        scores["separator"] = (to_separators * others).sum((1, 3)) / others.sum((1, 3))
    return scores

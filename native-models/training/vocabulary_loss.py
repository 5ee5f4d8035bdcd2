"""Cross entropy over the vocabulary that never holds all logits: on a CPU the step's largest cost after the matrices.

The logits are made some rows at a time and turned into their own gradient in place, while they are in the cache; so the
backward pass has nothing left to do. Shapes: hidden [place, hidden], weight [vocabulary, hidden], bias [vocabulary],
targets [place].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch.autograd.function import once_differentiable

ROWS = 256


@dataclass
class Soft:
    """Targets that are not one token: of each place, `share` [place] of its target is spread as a teacher's row says."""

    share: torch.Tensor
    rows: Callable[[slice], torch.Tensor]  # the teacher's rows [place, vocabulary] of those places


class VocabularyLoss(torch.autograd.Function):
    """-log softmax(hidden weight^T + bias)[target]: the mean over the places, and each place's own (no gradient)."""

    @staticmethod
    def forward(ctx, hidden, weight, bias, targets, soft):
        count = len(targets)
        losses = torch.empty(count, device=hidden.device)
        d_hidden, d_weight, d_bias = torch.empty_like(hidden), torch.zeros_like(weight), torch.zeros_like(bias)
        for begin in range(0, count, ROWS):
            rows = slice(begin, begin + ROWS)
            target = targets[rows, None]
            logits = torch.addmm(bias, hidden[rows], weight.T)
            logits -= logits.amax(1, keepdim=True)
            of_target = logits.gather(1, target)
            total = logits.exp_().sum(1, keepdim=True)
            losses[rows] = (total.log() - of_target)[:, 0]
            logits /= total * count
            hard = torch.full_like(of_target, 1 / count)
            if soft is not None:
                share = soft.share[rows, None] / count
                hard -= share
                logits.addcmul_(soft.rows(rows), share, value=-1)
            logits.scatter_add_(1, target, -hard)
            torch.mm(logits, weight, out=d_hidden[rows])
            d_weight.addmm_(logits.T, hidden[rows])
            d_bias += logits.sum(0)
        ctx.save_for_backward(d_hidden, d_weight, d_bias)
        ctx.mark_non_differentiable(losses)
        return losses.mean(), losses

    @staticmethod
    @once_differentiable
    def backward(ctx, gradient, _):
        return *(gradient * saved for saved in ctx.saved_tensors), None, None


def vocabulary_loss(
    hidden: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, targets: torch.Tensor, soft: Soft | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean cross entropy in nats, and each place's [place] for the log.

    With `soft`, the gradient is that of the mixed targets; the value stays the cross entropy of the tokens themselves.
    """
    return VocabularyLoss.apply(hidden, weight, bias, targets, soft)

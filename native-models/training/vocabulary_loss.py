"""Cross entropy over the vocabulary that never holds all logits: on a CPU the step's largest cost after the matrices.

The logits are made some rows at a time and turned into their own gradient in place, while they are in the cache; so the
backward pass has nothing left to do. Shapes: hidden [place, hidden], weight [vocabulary, hidden], bias [vocabulary],
targets [place].
"""

from __future__ import annotations

import torch
from torch.autograd.function import once_differentiable

ROWS = 256


class VocabularyLoss(torch.autograd.Function):
    """-log softmax(hidden weight^T + bias)[target]: the mean over the places, and each place's own (no gradient)."""

    @staticmethod
    def forward(ctx, hidden, weight, bias, targets):
        count = len(targets)
        losses = torch.empty(count)
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
            logits.scatter_add_(1, target, torch.full_like(of_target, -1 / count))
            torch.mm(logits, weight, out=d_hidden[rows])
            d_weight.addmm_(logits.T, hidden[rows])
            d_bias += logits.sum(0)
        ctx.save_for_backward(d_hidden, d_weight, d_bias)
        ctx.mark_non_differentiable(losses)
        return losses.mean(), losses

    @staticmethod
    @once_differentiable
    def backward(ctx, gradient, _):
        return *(gradient * saved for saved in ctx.saved_tensors), None


def vocabulary_loss(
    hidden: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, targets: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean cross entropy in nats, and each place's [place] for the log. On a GPU: the plain two steps."""
    if hidden.is_cuda:
        losses = torch.nn.functional.cross_entropy((hidden @ weight.T + bias).float(), targets, reduction="none")
        return losses.mean(), losses.detach()
    return VocabularyLoss.apply(hidden, weight, bias, targets)

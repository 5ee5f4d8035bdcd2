"""Muon: momentum whose matrix updates are orthogonalized (Jordan et al. 2024, "Muon: An optimizer for hidden layers").

torch.optim.Muon computes in bfloat16, which a CPU without it emulates slowly; this one works in the weights' own type, takes
all matrices of one shape together, and treats the query, key and value parts of a fused projection as three matrices.
Shapes: a stack of matrices [matrix, row, column].
"""

from __future__ import annotations

import torch

COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # of the quintic Newton-Schulz step, from Jordan et al.
ITERATIONS = 5


def orthogonalize(matrices: torch.Tensor) -> torch.Tensor:
    """Each matrix's singular values brought near 1 (about 0.7 to 1.2)."""
    a, b, c = COEFFICIENTS
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.mT if tall else matrices
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(ITERATIONS):
        gram = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.mT if tall else x


def parts(matrix: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Query, key and value of a fused [hidden, 3 hidden] projection, else the matrix itself."""
    rows, columns = matrix.shape
    return matrix.chunk(3, dim=1) if columns == 3 * rows else (matrix,)


class Muon(torch.optim.Optimizer):
    """The root mean square of an update is 0.2 x lr, as AdamW's is (Liu et al. 2025, section 2.2)."""

    def __init__(self, matrices: list[torch.Tensor], lr: float, momentum: float, weight_decay: float):
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            rate, momentum = group["lr"], group["momentum"]
            by_shape: dict[torch.Size, list[tuple[torch.Tensor, torch.Tensor]]] = {}
            for matrix in group["params"]:
                average = self.state[matrix].setdefault("average", torch.zeros_like(matrix))
                average.lerp_(matrix.grad, 1 - momentum)
                ahead = matrix.grad.lerp(average, momentum)  # Nesterov
                matrix.mul_(1 - rate * group["weight_decay"])
                for update, part in zip(parts(ahead), parts(matrix)):
                    by_shape.setdefault(part.shape, []).append((update, part))
            for shape, pairs in by_shape.items():
                directions = orthogonalize(torch.stack([update for update, _ in pairs]))
                for direction, (_, part) in zip(directions, pairs):
                    part.add_(direction, alpha=-0.2 * rate * max(shape) ** 0.5)

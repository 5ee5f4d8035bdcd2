"""How learned positions start: as sinusoids, so that attending to a neighbour is easy to learn from the first step.

Shapes: [position, hidden].
"""

from __future__ import annotations

import math

import torch


def start_as_sinusoids(embedding: torch.nn.Embedding, scale: float) -> None:
    """Fills the table with waves 4 to 2 x context positions long, root mean square `scale`; training changes them."""
    context, hidden = embedding.weight.shape
    wavelengths = torch.logspace(math.log10(4), math.log10(2 * context), hidden // 2)
    angles = 2 * math.pi * torch.arange(context)[:, None] / wavelengths
    with torch.no_grad():
        embedding.weight.copy_(scale * math.sqrt(2) * torch.cat([angles.sin(), angles.cos()], dim=1))

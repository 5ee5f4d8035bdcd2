"""Two starting values that spare a masked language model much of its long first plateau.

Shapes: position table [position, hidden]; output bias [vocabulary]; tokens [token].
"""

from __future__ import annotations

import math

import numpy as np
import torch


def start_as_sinusoids(embedding: torch.nn.Embedding, scale: float) -> None:
    """Fills the table with waves 4 to 2 x context positions long, root mean square `scale`; training changes them."""
    context, hidden = embedding.weight.shape
    wavelengths = torch.logspace(math.log10(4), math.log10(2 * context), hidden // 2)
    angles = 2 * math.pi * torch.arange(context)[:, None] / wavelengths
    with torch.no_grad():
        embedding.weight.copy_(scale * math.sqrt(2) * torch.cat([angles.sin(), angles.cos()], dim=1))


def start_at_frequencies(bias: torch.nn.Parameter, tokens: np.ndarray) -> None:
    """Sets an output bias to the log frequency of each piece, so that the hidden states need not learn it."""
    counts = np.bincount(tokens, minlength=len(bias)) + 1
    with torch.no_grad():
        bias.copy_(torch.from_numpy(np.log(counts / counts.sum())))

"""How positions start, so that attending to a neighbour need not be found by chance: the masked model waits long for that.

The table of learned positions starts as sinusoids, and a few heads of the first layer start with queries and keys that
read them: a sinusoid of position i, turned by the angle of d positions, matches the key at i + d best. (After Vaswani
et al. 2017, section 3.5, and in the spirit of Trockman and Kolter 2023, "Mimetic initialization of self-attention layers".)
Training changes all of it.

Shapes: table [position, hidden]; query and key matrices [hidden out, hidden in], the heads one after another.
"""

from __future__ import annotations

import math

import torch


def wavelengths(context: int, hidden: int) -> torch.Tensor:
    """hidden / 2 lengths, from 4 to 2 x context positions."""
    return torch.logspace(math.log10(4), math.log10(2 * context), hidden // 2)


@torch.no_grad()
def start_as_sinusoids(table: torch.Tensor, scale: float) -> None:
    """Fills the table with all sines, then all cosines, of root mean square `scale`."""
    context, hidden = table.shape
    angles = 2 * math.pi * torch.arange(context)[:, None] / wavelengths(context, hidden)
    table.copy_(scale * math.sqrt(2) * torch.cat([angles.sin(), angles.cos()], dim=1))


@torch.no_grad()
def look_at_neighbours(
    query: torch.Tensor, key: torch.Tensor, context: int, heads: int, offsets: list[int], gain: float
) -> None:
    """Makes head n look `offsets[n]` tokens away, by changing its rows of the two matrices; other heads stay random."""
    hidden = query.shape[1]
    size, waves = hidden // heads, hidden // 2
    lengths = wavelengths(context, hidden)
    for head, offset in zip(range(heads), offsets):
        wave = torch.arange(head, waves, heads)[: size // 2]  # spread over all lengths, other waves for each head
        turn = 2 * math.pi * offset / lengths[wave]
        even = head * size + 2 * torch.arange(len(wave))
        odd = even + 1
        query[head * size : (head + 1) * size] = 0
        key[head * size : (head + 1) * size] = 0
        key[even, wave] = gain
        key[odd, waves + wave] = gain
        query[even, wave], query[even, waves + wave] = gain * turn.cos(), gain * turn.sin()
        query[odd, waves + wave], query[odd, wave] = gain * turn.cos(), -gain * turn.sin()

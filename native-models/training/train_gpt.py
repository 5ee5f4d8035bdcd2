"""Trains headlight-gpt: GPT-2's architecture, small, from scratch.

    python train_gpt.py --corpus books.txt.xz --out headlight-gpt

The loss: cross entropy of the next token. Shapes: ids and targets [row, token], hidden [place, hidden].
"""

from __future__ import annotations

import numpy as np
import torch
from transformers import GPT2LMHeadModel

import gpt_data
from command import run
from finish import finish_gpt
from loop import Losses, Task
from models import make_gpt
from start import Setup
from vocabulary_loss import vocabulary_loss


def make_task(setup: Setup, model: GPT2LMHeadModel) -> Task:
    rows = gpt_data.GptRows(setup.folder, setup.config)
    held_out = np.load(setup.folder / "held_out.npy", mmap_mode="r")
    length = min(128, setup.config["context"])
    windows = gpt_data.held_out_windows(held_out, length)
    sample = torch.from_numpy(windows[:: max(1, len(windows) // 24)][:24]).to(setup.device)

    no_bias = torch.zeros(setup.config["vocabulary"], device=setup.device)

    def losses_of(ids: torch.Tensor, targets: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        with torch.autocast(setup.device.type, torch.bfloat16, enabled=setup.device.type == "cuda"):
            hidden = model.transformer(input_ids=ids).last_hidden_state.flatten(0, 1)
            counted = targets.flatten() != -100
            weight = model.transformer.wte.weight
            return vocabulary_loss(hidden[counted], weight, no_bias, targets.flatten()[counted])

    def step_losses(step: int, done: float) -> Losses:
        ids, targets = (t.to(setup.device) for t in rows.batch(step, done))
        loss, each = losses_of(ids, targets)
        of_repeated = (targets == -100).any(dim=1)[:, None].expand_as(targets)[targets != -100]
        parts = {name: each[chosen].mean().item()
                 for name, chosen in (("text", ~of_repeated), ("repeated", of_repeated)) if chosen.any()}
        return Losses(loss, ids.numel(), parts)

    @torch.no_grad()
    def quick_held_out() -> dict[str, float]:
        model.eval()
        return {"held_out": losses_of(sample[:, :-1], sample[:, 1:])[0].item()}

    return Task(model, step_losses, quick_held_out, setup.config["train"])


def main(arguments: list[str] | None = None) -> None:
    run("gpt", gpt_data.prepare, make_gpt, make_task, finish_gpt, arguments)


if __name__ == "__main__":
    main()

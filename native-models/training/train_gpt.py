"""Trains headlight-gpt: GPT-2's architecture, small, from scratch.

    python train_gpt.py --corpus books.txt.xz --out headlight-gpt

Shapes: ids and targets [row, token], logits [row, token, vocabulary].
"""

from __future__ import annotations

import numpy as np
import torch
from torch.nn.functional import cross_entropy
from transformers import GPT2LMHeadModel

import gpt_data
from command import run
from finish import finish_gpt
from loop import Losses, Task
from models import make_gpt
from start import Setup


def make_task(setup: Setup, model: GPT2LMHeadModel) -> Task:
    rows = gpt_data.GptRows(setup.folder, setup.config)
    held_out = np.load(setup.folder / "held_out.npy", mmap_mode="r")
    length = min(128, setup.config["context"])
    windows = gpt_data.held_out_windows(held_out, length)
    sample = torch.from_numpy(windows[:: max(1, len(windows) // 24)][:24]).to(setup.device)

    def forward(ids: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        with torch.autocast(setup.device.type, torch.bfloat16, enabled=setup.device.type == "cuda"):
            logits = model(input_ids=ids).logits
        return cross_entropy(logits.float().flatten(0, 1), targets.flatten(), reduction="none").view_as(targets)

    def step_losses(step: int) -> Losses:
        ids, targets = (t.to(setup.device) for t in rows.batch(step))
        losses = forward(ids, targets)
        repeated = (targets == -100).any(dim=1)
        parts = {}
        if not repeated.all():
            parts["text"] = losses[~repeated].mean().item()
        if repeated.any():
            parts["repeated"] = losses[repeated].sum().item() / (targets[repeated] != -100).sum().item()
        return Losses(losses.sum() / (targets != -100).sum(), ids.numel(), parts)

    @torch.no_grad()
    def quick_held_out() -> dict[str, float]:
        model.eval()
        return {"held_out": forward(sample[:, :-1], sample[:, 1:]).mean().item()}

    return Task(model, step_losses, quick_held_out, setup.config["train"])


def main(arguments: list[str] | None = None) -> None:
    run("gpt", gpt_data.prepare, make_gpt, make_task, finish_gpt, arguments)


if __name__ == "__main__":
    main()

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
from teacher import NextTokenTeacher, Teacher
from vocabulary_loss import Soft, vocabulary_loss


def make_task(setup: Setup, model: GPT2LMHeadModel) -> Task:
    rows = gpt_data.GptRows(setup.folder, setup.config)
    held_out = np.load(setup.folder / "held_out.npy", mmap_mode="r")
    length = min(128, setup.config["context"])
    windows = gpt_data.held_out_windows(held_out, length)
    sample = torch.from_numpy(windows[:: max(1, len(windows) // 24)][:24]).to(setup.device)

    no_bias = torch.zeros(setup.config["vocabulary"], device=setup.device)

    teacher = Teacher(setup, lambda tokens: NextTokenTeacher(tokens, setup.config["vocabulary"]))

    weight = setup.config["train"]["repeated_weight"]

    def hidden_of(ids: torch.Tensor) -> torch.Tensor:
        with torch.autocast(setup.device.type, torch.bfloat16, enabled=setup.device.type == "cuda"):
            return model.transformer(input_ids=ids).last_hidden_state.float()

    def loss_of(hidden: torch.Tensor, targets: torch.Tensor, soft: Soft | None = None) -> torch.Tensor:
        counted = targets != -100
        return vocabulary_loss(hidden[counted], model.transformer.wte.weight, no_bias, targets[counted], soft)[0]

    def soft_targets(ids: torch.Tensor, done: float) -> Soft | None:
        """The teacher's part of the targets of rows of text."""
        if teacher.share(done) == 0:
            return None
        contexts = teacher.counts.contexts(ids.cpu().numpy())
        shares = torch.full((ids.numel(),), teacher.share(done), device=setup.device)
        return Soft(shares, lambda rows: teacher.counts.rows(contexts[:, rows]).to(setup.device))

    def step_losses(step: int, done: float) -> Losses:
        """Rows of text, and repeated rows that count for `weight` rows each."""
        ids, targets = (t.to(setup.device) for t in rows.batch(step, done))
        hidden, repeated = hidden_of(ids), (targets == -100).any(dim=1)
        total, parts = hidden.new_zeros(()), {}
        for name, chosen, share in (("text", ~repeated, 1.0), ("repeated", repeated, weight)):
            if chosen.any():
                soft = soft_targets(ids[chosen], done) if name == "text" else None
                loss = loss_of(hidden[chosen], targets[chosen], soft)
                total = total + share * chosen.float().mean() * loss
                parts[name] = loss.item()
        return Losses(total, ids.numel(), parts, made=int(repeated.sum()) * ids.shape[1])

    @torch.no_grad()
    def quick_held_out() -> dict[str, float]:
        model.eval()
        return {"held_out": loss_of(hidden_of(sample[:, :-1]), sample[:, 1:]).item()}

    return Task(model, step_losses, quick_held_out, setup.config)


def main(arguments: list[str] | None = None) -> None:
    run("gpt", gpt_data.prepare, make_gpt, make_task, finish_gpt, arguments)


if __name__ == "__main__":
    main()

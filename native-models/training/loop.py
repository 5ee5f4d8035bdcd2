"""The training loop both models share: schedule, log, checkpoints, and a stop that can be resumed.

A run ends after `steps` steps, or, with a time budget, when its seconds are used up; the learning rate follows
the share of the run that is done, so it reaches its end either way, and a pause in between does no harm.
"""

from __future__ import annotations

import json
import math
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch


@dataclass
class Losses:
    """A step's loss, the tokens it saw, and named parts for the log."""

    total: torch.Tensor
    tokens: int
    parts: dict[str, float] = field(default_factory=dict)


@dataclass
class Task:
    """What differs between the models."""

    model: torch.nn.Module
    step_losses: Callable[[int], Losses]        # the loss of a step's batch
    held_out: Callable[[], dict[str, float]]    # quick figures on held-out text, for the log
    settings: dict                              # [<model>.train] of config.toml


@dataclass
class Progress:
    """What a checkpoint remembers besides weights and optimizer."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0


def train(task: Task, folder: Path, seconds: float | None) -> Progress:
    """Trains to the end of the budget, from the checkpoint in `folder` if there is one."""
    settings = task.settings
    optimizer = make_optimizer(task.model, settings)
    progress = load_checkpoint(folder, task.model, optimizer)
    trim_log(folder / "log.jsonl", progress.step)
    budget = None if seconds is None else progress.seconds + seconds
    began, earlier, saved = time.time(), progress.seconds, time.time()
    stop = stop_on_signal()
    window: list[Losses] = []
    while (done := share_done(progress, settings["steps"], budget)) < 1 and not stop:
        rate = settings["learning_rate"] * schedule(done, settings)
        losses = train_step(task, optimizer, rate, progress.step)
        progress.step += 1
        progress.tokens += losses.tokens
        progress.seconds = earlier + time.time() - began
        window.append(losses)
        if progress.step % settings["log_steps"] == 0:
            log(folder / "log.jsonl", progress, rate, mean_losses(window))
            window.clear()
        if progress.step % settings["evaluate_steps"] == 0:
            log(folder / "log.jsonl", progress, rate, task.held_out())
        if time.time() - saved > settings["checkpoint_seconds"]:
            save_checkpoint(folder, task.model, optimizer, progress)
            saved = time.time()
    save_checkpoint(folder, task.model, optimizer, progress)
    return progress


def share_done(progress: Progress, steps: int, budget: float | None) -> float:
    return progress.step / steps if budget is None else progress.seconds / budget


def schedule(done: float, settings: dict) -> float:
    """Linear warm-up, then a cosine to `final_rate`, as a factor of the peak rate."""
    warmup, final = settings["warmup"], settings["final_rate"]
    if done < warmup:
        return max(done, 1e-4) / warmup
    return final + (1 - final) * 0.5 * (1 + math.cos(math.pi * (done - warmup) / (1 - warmup)))


def make_optimizer(model: torch.nn.Module, settings: dict) -> torch.optim.AdamW:
    """AdamW; only matrices decay, not biases and norms."""
    parameters = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": settings["weight_decay"]},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=tuple(settings["betas"]), fused=True)


def train_step(task: Task, optimizer: torch.optim.AdamW, rate: float, step: int) -> Losses:
    for group in optimizer.param_groups:
        group["lr"] = rate
    task.model.train()
    losses = task.step_losses(step)
    losses.total.backward()
    torch.nn.utils.clip_grad_norm_(task.model.parameters(), task.settings["clip"])
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    losses.parts["loss"] = losses.total.item()
    return losses


def mean_losses(window: list[Losses]) -> dict[str, float]:
    names = {name for losses in window for name in losses.parts}
    columns = {n: [losses.parts[n] for losses in window if n in losses.parts] for n in sorted(names)}
    return {name: sum(values) / len(values) for name, values in columns.items()}


def log(path: Path, progress: Progress, rate: float, figures: dict[str, float]) -> None:
    row = {"step": progress.step, "tokens": progress.tokens, "seconds": round(progress.seconds, 1)}
    row |= {"rate": float(f"{rate:.3g}")} | {name: round(value, 4) for name, value in figures.items()}
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def trim_log(path: Path, step: int) -> None:
    """Drops the log lines after the checkpoint that the run goes on from."""
    if path.exists():
        lines = [line for line in path.read_text().splitlines() if json.loads(line)["step"] <= step]
        path.write_text("".join(line + "\n" for line in lines))


def save_checkpoint(folder: Path, model: torch.nn.Module, optimizer: torch.optim.AdamW, progress: Progress) -> None:
    """Writes checkpoint.pt whole or not at all."""
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "progress": vars(progress)}
    torch.save(state, folder / "checkpoint.tmp")
    os.replace(folder / "checkpoint.tmp", folder / "checkpoint.pt")


def load_checkpoint(folder: Path, model: torch.nn.Module, optimizer: torch.optim.AdamW | None = None) -> Progress:
    path = folder / "checkpoint.pt"
    if not path.exists():
        return Progress()
    state = torch.load(path, map_location=next(model.parameters()).device, weights_only=True)
    model.load_state_dict(state["model"])
    if optimizer is not None:
        optimizer.load_state_dict(state["optimizer"])
    return Progress(**state["progress"])


def stop_on_signal() -> list[int]:
    """A list that gets the signal's number when the run is asked to stop; the step in hand is finished and saved."""
    received: list[int] = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _frame: received.append(number))
    return received

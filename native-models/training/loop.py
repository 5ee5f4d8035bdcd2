"""The training loop both models share: schedule, log, checkpoints, and a stop that can be resumed.

A run ends after `steps` steps, or, with a time budget, when its seconds are used up; the rates follow
the share of the run that is done, so they reach their end either way, and a pause in between does no harm.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from muon import Muon

LAYERS = (".h.", ".encoder.layer.")
POSITIONS = ("wpe", "position_embeddings")


@dataclass
class Losses:
    """A step's loss, the tokens it saw, and named parts for the log."""

    total: torch.Tensor
    tokens: int
    parts: dict[str, float] = field(default_factory=dict)
    made: int = 0  # of the tokens, those that are made up and not from the books


@dataclass
class Task:
    """What differs between the models."""

    model: torch.nn.Module
    step_losses: Callable[[int, float], Losses]  # the loss of a step's batch; the share of the run done before it
    held_out: Callable[[], dict[str, float]]     # quick figures on held-out text, for the log
    config: dict                                 # [<model>] of config.toml

    @property
    def settings(self) -> dict:
        return self.config["train"]


@dataclass
class Progress:
    """What a checkpoint remembers besides weights and optimizer."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    made: int = 0


def train(task: Task, folder: Path, seconds: float | None) -> Progress:
    """Trains to the end of the budget, from the checkpoint in `folder` if there is one."""
    settings = task.settings
    optimizers = make_optimizers(task.model, settings)
    progress = load_checkpoint(folder, task.model, optimizers)
    trim_log(folder / "log.jsonl", progress.step)
    note_settings(folder / "settings.jsonl", progress.step, task.config["rows"] | settings)
    budget = None if seconds is None else progress.seconds + seconds
    began, earlier, saved = time.time(), progress.seconds, time.time()
    stop = stop_on_signal()
    window: list[Losses] = []
    while (done := share_done(progress, settings["steps"], budget)) < 1 and not stop:
        factor = schedule(done, settings)
        losses = train_step(task, optimizers, factor, done, progress.step)
        progress.step += 1
        progress.tokens += losses.tokens
        progress.made += losses.made
        progress.seconds = earlier + time.time() - began
        window.append(losses)
        if progress.step % settings["log_steps"] == 0:
            log(folder / "log.jsonl", progress, factor, mean_losses(window))
            window.clear()
        if progress.step % settings["evaluate_steps"] == 0:
            log(folder / "log.jsonl", progress, factor, task.held_out())
        if time.time() - saved > settings["checkpoint_seconds"]:
            save_checkpoint(folder, task.model, optimizers, progress)
            saved = time.time()
    save_checkpoint(folder, task.model, optimizers, progress)
    return progress


def share_done(progress: Progress, steps: int, budget: float | None) -> float:
    return progress.step / steps if budget is None else progress.seconds / budget


def schedule(done: float, settings: dict) -> float:
    """Linear warm-up, a flat stretch, and a linear way down to nothing, as a factor of the peak rate."""
    warmup, decay = settings["warmup"], settings["decay"]
    return max(min(1.0, (done + 1e-4) / warmup, (1 - done) / decay), 0.0)


def make_optimizers(model: torch.nn.Module, settings: dict) -> list[torch.optim.Optimizer]:
    """Muon for the layers' matrices; AdamW for embeddings, biases and norms, slower for the table of positions."""
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    positions = [p for name, p in named if any(part in name for part in POSITIONS)]
    matrices = [p for name, p in named if p.dim() == 2 and any(part in name for part in LAYERS)]
    taken = {id(p) for p in positions + matrices}
    others = [p for _, p in named if id(p) not in taken]
    adam = {"betas": tuple(settings["betas"]), "weight_decay": 0.0, "fused": True}
    return [
        Muon(matrices, settings["matrix_rate"], settings["momentum"], settings["weight_decay"]),
        torch.optim.AdamW(others, lr=settings["rate"], **adam),
        torch.optim.AdamW(positions, lr=settings["position_rate"], **adam),
    ]


def train_step(task: Task, optimizers: list[torch.optim.Optimizer], factor: float, done: float, step: int) -> Losses:
    task.model.train()
    losses = task.step_losses(step, done)
    losses.total.backward()
    torch.nn.utils.clip_grad_norm_(task.model.parameters(), task.settings["clip"])
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = factor * optimizer.defaults["lr"]
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    losses.parts["loss"] = losses.total.item()
    return losses


def mean_losses(window: list[Losses]) -> dict[str, float]:
    names = {name for losses in window for name in losses.parts}
    columns = {n: [losses.parts[n] for losses in window if n in losses.parts] for n in sorted(names)}
    return {name: sum(values) / len(values) for name, values in columns.items()}


def log(path: Path, progress: Progress, factor: float, figures: dict[str, float]) -> None:
    row = {"step": progress.step, "tokens": progress.tokens, "seconds": round(progress.seconds, 1)}
    row |= {"rate": round(factor, 4)} | {name: round(value, 4) for name, value in figures.items()}
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def trim_log(path: Path, step: int) -> None:
    """Drops the log lines after the checkpoint that the run goes on from."""
    if path.exists():
        lines = [line for line in path.read_text().splitlines() if json.loads(line)["step"] <= step]
        path.write_text("".join(line + "\n" for line in lines))


def note_settings(path: Path, step: int, settings: dict) -> None:
    """Keeps from which step on which settings were used: a line for the first start, and one for each that changed them."""
    earlier = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() and step > 0 else []
    if not earlier or earlier[-1]["settings"] != settings:
        earlier.append({"step": step, "settings": settings})
    path.write_text("".join(json.dumps(line) + "\n" for line in earlier))


def save_checkpoint(
    folder: Path, model: torch.nn.Module, optimizers: list[torch.optim.Optimizer], progress: Progress
) -> None:
    """Writes checkpoint.pt whole or not at all."""
    state = {"model": model.state_dict(), "optimizers": [o.state_dict() for o in optimizers], "progress": vars(progress)}
    torch.save(state, folder / "checkpoint.tmp")
    os.replace(folder / "checkpoint.tmp", folder / "checkpoint.pt")


def load_checkpoint(
    folder: Path, model: torch.nn.Module, optimizers: Sequence[torch.optim.Optimizer] = ()
) -> Progress:
    path = folder / "checkpoint.pt"
    if not path.exists():
        return Progress()
    state = torch.load(path, map_location=next(model.parameters()).device, weights_only=True)
    model.load_state_dict(state["model"])
    for optimizer, saved in zip(optimizers, state["optimizers"]):
        optimizer.load_state_dict(saved)
    return Progress(**state["progress"])


def stop_on_signal() -> list[int]:
    """A list that gets the signal's number when the run is asked to stop; the step in hand is finished and saved."""
    received: list[int] = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _frame: received.append(number))
    return received

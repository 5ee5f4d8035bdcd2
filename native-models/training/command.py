"""What either command does, from its arguments to the finished folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from transformers import PreTrainedModel

from corpus import Split
from loop import Progress, Task, load_checkpoint, train
from start import Setup, set_up


def run(
    name: str,
    prepare: Callable[[Split, dict, Path], None],
    make_model: Callable[[dict], PreTrainedModel],
    make_task: Callable[[Setup, PreTrainedModel], Task],
    finish: Callable[[Setup, PreTrainedModel, Progress], None],
    arguments: list[str] | None,
) -> None:
    """Prepares, trains (or, with --export-only, reads the last checkpoint) and finishes."""
    setup = set_up(name, prepare, arguments)
    model = make_model(setup.config).to(setup.device)
    if setup.export_only:
        progress = load_checkpoint(setup.folder, model)
    else:
        progress = train(make_task(setup, model), setup.folder, setup.seconds)
    finish(setup, model, progress)

"""What both commands do before training: read the arguments and the config, prepare the corpus once, pick a device."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import torch

from corpus import Split, read_books, split_books, utf8_bytes

HERE = Path(__file__).parent


@dataclass
class Setup:
    config: dict             # the model's table of config.toml
    corpus_facts: dict       # names of the held-out books and sizes, for the model card
    corpus: Path
    folder: Path             # prepared arrays, checkpoint and log of this model
    out: Path                # the model folder to write
    device: torch.device
    seconds: float | None    # time budget
    export_only: bool


def parse_arguments(description: str, arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--corpus", type=Path, required=True, help=".txt or .txt.xz, MANIFEST.tsv beside it")
    parser.add_argument("--out", type=Path, required=True, help="folder that gets the finished model")
    parser.add_argument("--work", type=Path, default=Path.home() / ".cache/headlight-training",
                        help="folder for prepared text, checkpoints and logs (default: %(default)s)")
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, help="CPU threads (default: all)")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--hours", type=float, help="stop after this long, instead of after the configured steps")
    budget.add_argument("--until", help="stop at this time of day (HH:MM)")
    parser.add_argument("--export-only", action="store_true", help="write the model from the last checkpoint")
    return parser.parse_args(arguments)


def budget_seconds(arguments: argparse.Namespace) -> float | None:
    if arguments.hours is not None:
        return arguments.hours * 3600
    if arguments.until is None:
        return None
    hour, minute = map(int, arguments.until.split(":"))
    now = datetime.now()
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return ((end if end > now else end + timedelta(days=1)) - now).total_seconds()


def set_up(name: str, prepare: Callable[[Split, dict, Path], None], arguments: list[str] | None) -> Setup:
    """Everything up to the first step; the prepared corpus is kept and made anew when what it depends on changes."""
    options = parse_arguments(f"Trains headlight-{name}.", arguments)
    with open(options.config, "rb") as file:
        config = tomllib.load(file)
    torch.set_flush_denormal(True)
    if options.threads:
        torch.set_num_threads(options.threads)
    folder = options.work / name
    facts = prepare_once(options.corpus, config["corpus"], config[name], prepare, folder)
    if not options.export_only:
        (folder / "pid").write_text(f"{os.getpid()}\n")
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config[name]["seed"])
    return Setup(config[name], facts, options.corpus, folder, options.out, torch.device(options.device),
                 budget_seconds(options), options.export_only)


def prepare_once(corpus: Path, corpus_config: dict, config: dict, prepare: Callable, folder: Path) -> dict:
    """Fills `folder` with the prepared corpus; returns the facts the card needs."""
    key = {"bytes": corpus.stat().st_size, "corpus": corpus_config, "vocabulary": config["vocabulary"]}
    facts_path = folder / "corpus.json"
    if facts_path.exists() and json.loads(facts_path.read_text())["key"] == key:
        return json.loads(facts_path.read_text())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    began = time.time()
    split = split_books(read_books(corpus), corpus_config)
    prepare(split, config, folder)
    facts = {
        "key": key,
        "held_out": [book.label for book in split.held_out],
        "held_out_bytes": utf8_bytes(split.held_out),
        "train_books": len(split.train),
        "train_bytes": utf8_bytes(split.train),
        "dropped_characters": split.dropped_characters,
        "prepare_seconds": round(time.time() - began),
    }
    facts_path.write_text(json.dumps(facts, indent=1, ensure_ascii=False))
    return facts

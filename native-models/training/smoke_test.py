"""Trains both models for a few steps on text made here, and checks the whole path to a loadable folder.

    python native-models/training/smoke_test.py [--keep FOLDER]

It needs about a minute on one CPU core and no download. It fails (exit code 1) unless: the loss falls, a run stopped
half-way and resumed ends with the same weights, transformers loads the saved folder with the logits of the trained
model, the tokenizers agree, the vocabulary loss is the plain cross entropy, and the counting models' probabilities sum to 1.
With --keep, the two model folders and expected.json (text, ids and transformers' logits of each) stay in FOLDER, for
Headlight's own loader to be compared with.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import tempfile
import tomllib
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from transformers import AutoTokenizer, BertForMaskedLM, GPT2LMHeadModel

import train_bert
import train_gpt
from baselines import KneserNey
from loop import load_checkpoint
from models import make_bert, make_gpt
from teacher import MaskedTokenTeacher, NextTokenTeacher
from vocabulary_loss import Soft, vocabulary_loss

HERE = Path(__file__).parent
STEPS = 40
NAMES = ["Anna", "Omar", "Greta", "Pim", "Yusuf", "Clara"]
PLACES = ["harbour", "garden", "station", "library", "market", "mill"]
THINGS = ["lamp", "letter", "clock", "map", "basket", "violin"]
SMALL = {"vocabulary": 400, "layers": 2, "heads": 2, "hidden": 64, "intermediate": 128, "context": 128}


def make_corpus(folder: Path) -> Path:
    """Six books of made-up sentences, some kB each, with their manifest."""
    dice = random.Random(5)

    def sentence() -> str:
        name, place, thing = dice.choice(NAMES), dice.choice(PLACES), dice.choice(THINGS)
        return f"{name} took the {thing} to the {place}. The {thing} was heavy, so {name} left it in the {place}."

    books = [[" ".join(sentence() for _ in range(4)) for _ in range(12)] for _ in range(6)]
    (folder / "books.txt").write_text("\n\n".join("\n".join(book) for book in books) + "\n", encoding="utf-8")
    rows = [f"Nobody\tBook {i}\t2000\t{sum(map(len, book))}" for i, book in enumerate(books)]
    (folder / "MANIFEST.tsv").write_text("author\ttitle\tyear\tcharacters\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return folder / "books.txt"


def make_config(folder: Path, steps: int) -> Path:
    """config.toml with small models, short rows and `steps` steps."""
    text = (HERE / "config.toml").read_text(encoding="utf-8")
    changes = SMALL | {"steps": steps, "held_out_books": 2, "tokens_per_step": 256, "log_steps": 5,
                       "evaluate_steps": 20, "lengths": [32, 64, 32, 32], "warmup": 0.1, "decay": 0.5}
    for name, value in changes.items():
        text = re.sub(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
    text = text.replace("[32, 64, 32, 32]\nlength_shares = [0.7, 0.3]", "[32, 64]\nlength_shares = [0.7, 0.3]")
    path = folder / f"config-{steps}.toml"
    path.write_text(text.replace("repeated_period = [2, 96]", "repeated_period = [2, 16]"), encoding="utf-8")
    return path


def run(name: str, corpus: Path, folder: Path, *extra: str) -> Path:
    out = folder / f"headlight-{name}"
    module = {"gpt": train_gpt, "bert": train_bert}[name]
    module.main(["--corpus", str(corpus), "--out", str(out), "--work", str(folder / "work"), "--device", "cpu",
                 "--config", str(make_config(folder, STEPS)), "--threads", "1", *extra])
    return out


class StopAfter:
    """Stands in for the signal list of the loop: asks for a stop after some steps."""

    def __init__(self, steps: int):
        self.left = steps

    def __bool__(self) -> bool:
        self.left -= 1
        return self.left < 0


def check_resume(name: str, corpus: Path, folder: Path) -> None:
    """A run stopped half-way and resumed ends with the weights of a run in one go."""
    def weights() -> dict[str, torch.Tensor]:
        return torch.load(folder / "work" / name / "checkpoint.pt", weights_only=True)["model"]

    whole = weights()
    (folder / "work" / name / "checkpoint.pt").unlink()
    with patch("loop.stop_on_signal", lambda: StopAfter(STEPS // 2)):
        run(name, corpus, folder)
    assert logged(folder, name, "step")[-1] == STEPS // 2
    run(name, corpus, folder)
    for key, value in weights().items():
        torch.testing.assert_close(value, whole[key], atol=1e-6, rtol=1e-5)


def logged(folder: Path, name: str, key: str) -> list[float]:
    rows = [json.loads(line) for line in (folder / "work" / name / "log.jsonl").read_text().splitlines()]
    return [row[key] for row in rows if key in row]


@torch.no_grad()
def check_saved(name: str, folder: Path, out: Path) -> None:
    """The saved folder, read by transformers, gives the trained model's logits to float16's precision."""
    is_gpt = name == "gpt"
    loaded = (GPT2LMHeadModel if is_gpt else BertForMaskedLM).from_pretrained(out, dtype=torch.float32).eval()
    config = tomllib.loads(make_config(folder, STEPS).read_text(encoding="utf-8"))[name]
    trained = (make_gpt if is_gpt else make_bert)(config).eval()
    load_checkpoint(folder / "work" / name, trained)
    tokenizer, raw = AutoTokenizer.from_pretrained(out), Tokenizer.from_file(str(out / "tokenizer.json"))
    text = "Greta took the violin to the mill."
    inputs = tokenizer(text, return_tensors="pt")
    assert inputs["input_ids"][0].tolist() == raw.encode(text).ids, "AutoTokenizer and tokenizer.json differ"
    ours = trained(**inputs)
    expected = ours.logits if is_gpt else ours.prediction_logits
    torch.testing.assert_close(loaded(**inputs).logits, expected, atol=0.02, rtol=0.02)
    exact = {k: v.half().float() for k, v in trained.state_dict().items()}
    trained.load_state_dict(exact)
    ours = trained(**inputs)
    expected = ours.logits if is_gpt else ours.prediction_logits
    torch.testing.assert_close(loaded(**inputs).logits, expected, atol=1e-4, rtol=1e-4)


@torch.no_grad()
def expected(name: str, out: Path) -> dict:
    """The saved folder's logits [token, vocabulary] of a sentence, by transformers with plain attention."""
    architecture = GPT2LMHeadModel if name == "gpt" else BertForMaskedLM
    model = architecture.from_pretrained(out, dtype=torch.float32, attn_implementation="eager").eval()
    text = "Greta took the violin to the mill."
    ids = AutoTokenizer.from_pretrained(out)(text)["input_ids"]
    return {"text": text, "ids": ids, "logits": model(input_ids=torch.tensor([ids])).logits[0].tolist()}


def check_model(name: str, keep: Path | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        corpus = make_corpus(folder)
        out = run(name, corpus, folder)
        losses = logged(folder, name, "loss")
        assert losses[-1] < 0.8 * losses[0], f"{name}: the loss did not fall: {losses}"
        check_saved(name, folder, out)
        if keep is not None:
            shutil.copytree(out, keep / out.name, dirs_exist_ok=True)
            (keep / out.name / "expected.json").write_text(json.dumps(expected(name, out)), encoding="utf-8")
        check_resume(name, corpus, folder)
        card = (out / "README.md").read_text(encoding="utf-8")
        assert "cc0-1.0" in card and (out / "loss.svg").exists()
        print(f"headlight-{name}: loss {losses[0]:.2f} -> {losses[-1]:.2f}, resumed, saved and loaded")


def check_vocabulary_loss() -> None:
    """The loss made in parts is the plain cross entropy, and its gradients are those of the (mixed) targets."""
    torch.manual_seed(0)
    hidden, weight, bias = torch.randn(700, 24), torch.randn(90, 24), torch.randn(90)
    targets, taught, share = torch.randint(90, (700,)), torch.rand(700, 90).softmax(1), torch.rand(700)
    for soft in (None, Soft(share, lambda rows: taught[rows])):
        ours, plain = ([x.clone().requires_grad_() for x in (hidden, weight, bias)] for _ in range(2))
        loss, each = vocabulary_loss(*ours, targets, soft)
        (3 * loss).backward()
        logits = plain[0] @ plain[1].T + plain[2]
        torch.testing.assert_close(each, cross_entropy(logits, targets, reduction="none"), atol=1e-5, rtol=1e-4)
        hard = torch.nn.functional.one_hot(targets, 90).float()
        mixed = hard if soft is None else (1 - share[:, None]) * hard + share[:, None] * taught
        (3 * cross_entropy(logits, mixed)).backward()
        for one, other in zip(ours, plain):
            torch.testing.assert_close(one.grad, other.grad, atol=1e-5, rtol=1e-4)


def check_counting() -> None:
    """The counting models' probabilities of all tokens in a place sum to 1, and as rows they are what they are one by one."""
    vocabulary = 30
    tokens = np.minimum(np.random.default_rng(0).zipf(1.4, 3000) + 4, vocabulary - 1).astype(np.uint16)
    counts, teacher = KneserNey(tokens, vocabulary), NextTokenTeacher(tokens, vocabulary)
    for first, second in ((5, 5), (5, 6), (9, 5), (28, 27)):
        each = counts.probabilities(np.array([[first, second, last] for last in range(vocabulary)]))[:, 1]
        assert abs(each.sum() - 1) < 1e-9, f"after {first}, {second}: {each.sum()}"
        row = teacher.rows(teacher.contexts(np.array([[first, second]]))[:, 1:])[0]
        torch.testing.assert_close(row.double(), torch.from_numpy(each), atol=1e-6, rtol=1e-4)
    masked = MaskedTokenTeacher(tokens, vocabulary, specials=5)
    shown = np.array([[2, 7, 4, 9, 4, 4, 8, 3]])
    contexts = masked.contexts(shown, np.array([2, 4, 5, 7]))
    assert contexts.tolist() == [[7, 9, -1, 8], [9, -1, 8, -1]], contexts
    torch.testing.assert_close(masked.rows(contexts).sum(1), torch.ones(4), atol=1e-4, rtol=0)


def check_neighbours() -> None:
    """Heads of an untrained model's first layer look where the config says, further than chance can explain."""
    config = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))["bert"]
    torch.manual_seed(0)
    model = make_bert(config).bert.eval()
    model.set_attn_implementation("eager")
    ids = torch.randint(5, config["vocabulary"], (4, 64))
    pattern = model(input_ids=ids, output_attentions=True).attentions[0]
    token = torch.arange(4, 60)
    for head, offset in enumerate(config["neighbours"]):
        weight = pattern[:, head, token, token + offset].mean().item()
        assert weight > 5 / 64, f"head {head} gives {weight:.3f} to the token at {offset:+d}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Checks the training scripts on text made here.")
    parser.add_argument("--keep", type=Path, help="folder that gets the two small models and what to expect of them")
    keep = parser.parse_args().keep
    check_vocabulary_loss()
    check_counting()
    check_neighbours()
    for name in ("gpt", "bert"):
        check_model(name, keep)


if __name__ == "__main__":
    main()

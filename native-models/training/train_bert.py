"""Trains headlight-bert: BERT's architecture, small, from scratch, on masked words and next sentences.

    python train_bert.py --corpus books.txt.xz --out headlight-bert

The loss: cross entropy of the masked pieces plus that of the next-sentence answer. The vocabulary head sees the masked
places only.
"""

from __future__ import annotations

import torch
from torch.nn.functional import cross_entropy
from transformers import BertForPreTraining

import bert_data
from bert_data import BertBatch
from command import run
from finish import finish_bert
from loop import Losses, Task
from models import encode, make_bert
from start import Setup
from teacher import MaskedTokenTeacher, Teacher
from vocabulary import BERT_SPECIALS
from vocabulary_loss import Soft, vocabulary_loss


def to_device(batch: BertBatch, device: torch.device) -> BertBatch:
    return BertBatch(**{name: tensor.to(device) for name, tensor in vars(batch).items()})


def make_task(setup: Setup, model: BertForPreTraining) -> Task:
    rows = bert_data.BertRows(setup.folder, setup.config)
    held_out_rows = bert_data.BertRows(setup.folder, setup.config, "held_out")

    weight = setup.config["train"]["following_weight"]
    vocabulary, specials = setup.config["vocabulary"], len(BERT_SPECIALS)
    teacher = Teacher(setup, lambda tokens: MaskedTokenTeacher(tokens, vocabulary, specials))

    def losses_of(batch: BertBatch, soft: Soft | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        with torch.autocast(setup.device.type, torch.bfloat16, enabled=setup.device.type == "cuda"):
            transformed, following = encode(model, batch)
            decoder = model.cls.predictions.decoder
            masked, _ = vocabulary_loss(transformed, decoder.weight, decoder.bias, batch.targets, soft)
        if (batch.following == -100).all():
            return masked, masked.new_zeros(())
        return masked, cross_entropy(following.float(), batch.following)

    def soft_targets(batch: BertBatch, done: float) -> Soft | None:
        share = teacher.share(done)
        if share == 0:
            return None
        contexts = teacher.counts.contexts(batch.ids.cpu().numpy(), batch.positions.cpu().numpy())
        shares = torch.full((len(batch.targets),), share, device=setup.device)
        return Soft(shares, lambda rows: teacher.counts.rows(contexts[:, rows]).to(setup.device))

    def step_losses(step: int, done: float) -> Losses:
        batch = to_device(rows.batch(step, done), setup.device)
        masked, following = losses_of(batch, soft_targets(batch, done))
        parts = {"masked": masked.item(), "following": following.item()}
        return Losses(masked + weight * following, batch.ids.numel(), parts)

    @torch.no_grad()
    def quick_held_out() -> dict[str, float]:
        model.eval()
        losses = [losses_of(to_device(held_out_rows.batch(step, 1.0), setup.device)) for step in range(3)]
        masked, following = (sum(column).item() / len(losses) for column in zip(*losses))
        return {"held_out": masked, "held_out_following": following}

    return Task(model, step_losses, quick_held_out, setup.config)


def main(arguments: list[str] | None = None) -> None:
    run("bert", bert_data.prepare, make_bert, make_task, finish_bert, arguments)


if __name__ == "__main__":
    main()

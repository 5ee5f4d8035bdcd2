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
from vocabulary_loss import vocabulary_loss


def to_device(batch: BertBatch, device: torch.device) -> BertBatch:
    return BertBatch(**{name: tensor.to(device) for name, tensor in vars(batch).items()})


def make_task(setup: Setup, model: BertForPreTraining) -> Task:
    rows = bert_data.BertRows(setup.folder, setup.config)
    held_out_rows = bert_data.BertRows(setup.folder, setup.config, "held_out")

    def losses_of(batch: BertBatch) -> tuple[torch.Tensor, torch.Tensor]:
        with torch.autocast(setup.device.type, torch.bfloat16, enabled=setup.device.type == "cuda"):
            transformed, following = encode(model, batch)
            decoder = model.cls.predictions.decoder
            masked, _ = vocabulary_loss(transformed, decoder.weight, decoder.bias, batch.targets)
        if (batch.following == -100).all():
            return masked, masked.new_zeros(())
        return masked, cross_entropy(following.float(), batch.following)

    def step_losses(step: int, done: float) -> Losses:
        batch = to_device(rows.batch(step, done), setup.device)
        masked, following = losses_of(batch)
        parts = {"masked": masked.item(), "following": following.item()}
        return Losses(masked + following, batch.ids.numel(), parts)

    @torch.no_grad()
    def quick_held_out() -> dict[str, float]:
        model.eval()
        losses = [losses_of(to_device(held_out_rows.batch(step, 1.0), setup.device)) for step in range(3)]
        masked, following = (sum(column).item() / len(losses) for column in zip(*losses))
        return {"held_out": masked, "held_out_following": following}

    return Task(model, step_losses, quick_held_out, setup.config["train"])


def main(arguments: list[str] | None = None) -> None:
    run("bert", bert_data.prepare, make_bert, make_task, finish_bert, arguments)


if __name__ == "__main__":
    main()

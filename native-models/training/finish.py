"""From a trained model to a finished folder: weights, tokenizer, figures measured on them, and the card."""

from __future__ import annotations

from tokenizers import Tokenizer
from transformers import BertForPreTraining, GPT2LMHeadModel

from card import write_bert_card, write_gpt_card
from evaluate import evaluate_bert, evaluate_gpt
from export import export_bert, export_gpt
from loop import Progress
from samples import continue_prompts, fill_masks
from start import Setup


def finish_gpt(setup: Setup, model: GPT2LMHeadModel, progress: Progress) -> None:
    export_gpt(model, Tokenizer.from_file(str(setup.folder / "tokenizer.json")), setup.out)
    figures = evaluate_gpt(setup.out, setup.folder)
    print("headlight-gpt", progress, figures)
    write_gpt_card(setup, progress, figures, continue_prompts(setup.out, setup.corpus))


def finish_bert(setup: Setup, model: BertForPreTraining, progress: Progress) -> None:
    export_bert(model, Tokenizer.from_file(str(setup.folder / "tokenizer.json")), setup.out)
    figures = evaluate_bert(setup.out, setup.folder, setup.config)
    print("headlight-bert", progress, figures)
    write_bert_card(setup, progress, figures, fill_masks(setup.out))

"""The model cards: README.md and loss.svg of a finished model folder."""

from __future__ import annotations

import textwrap
from pathlib import Path

import numpy as np
import torch

from export import sha256
from loop import Progress
from loss_plot import loss_svg, read_series
from start import Setup

GPT_SERIES = {"text": "text, training", "held_out": "text, held out", "repeated": "repeated tokens"}
BERT_SERIES = {"masked": "masked words, training", "held_out": "masked words, held out", "following": "next sentence"}


def write_gpt_card(setup: Setup, progress: Progress, figures: dict, samples: list[tuple[str, str]]) -> None:
    config, out = setup.config, setup.out
    write_loss(setup, GPT_SERIES, "headlight-gpt: loss")
    text = f"""\
{front_matter("text-generation")}
# headlight-gpt

A small GPT-2, trained from scratch so that Headlight has a decoder to open without a download. Its architecture is
exactly GPT-2's (`GPT2LMHeadModel` loads this folder): pre-norm, learned positions, gelu_new, tied head.

{shape_table(config, config["hidden"] * 4, "byte-level BPE, its own merges; the last id is `<|endoftext|>`", out)}

## Data
{data_paragraph(setup, gpt_rows(config["rows"]))}

## Training
{training_paragraph(setup, progress, "")}

![loss](loss.svg)

## Held-out figures
Measured on the float16 weights in this folder (computed in float32), on {figures["tokens"]:,} tokens
({figures["bytes"]:,} bytes) of the held-out books, in windows of {config["context"]} tokens that do not see each other.

| figure | value |
| --- | --- |
| bits per byte | {figures["bits_per_byte"]:.3f} |
| loss per token | {figures["loss"]:.3f} nats |
| 64 random tokens said twice: second round predicted right | {figures["repeat_top1"]:.1%} |
| head that looks most at the token after an earlier occurrence (induction) | {head_figure(figures, "induction")} |
| head that looks most at the previous token | {head_figure(figures, "previous")} |

Layers and heads are counted from 0; the weight is the mean on those 128 tokens, and an even spread would give about
{1 / 96:.2f} for induction.

## Samples
Drawn with temperature 0.8 and top-k 40; none shares more than eight words in a row with the corpus.

{chr(10).join(f"> **{prompt}**{quoted(rest)}{chr(10)}" for prompt, rest in samples)}
## Limits
{fill(gpt_limits(figures))}

{held_out_list(setup)}
## Licence
CC0-1.0: the weights are dedicated to the public domain, as the books are. Made with the scripts in
`native-models/training`, which say how to make it again.
"""
    (out / "README.md").write_text(text, encoding="utf-8")


def write_bert_card(setup: Setup, progress: Progress, figures: dict, filled: list) -> None:
    config, out = setup.config, setup.out
    write_loss(setup, BERT_SERIES, "headlight-bert: loss")
    rows = [f"| {sentence} | " + ", ".join(f"{piece} {p:.2f}" for piece, p in top) + " |" for sentence, top in filled]
    text = f"""\
{front_matter("fill-mask")}
# headlight-bert

A small BERT, trained from scratch so that Headlight has an encoder to open without a download. Its architecture is
exactly BERT's (`BertForMaskedLM` loads this folder): post-norm, learned positions, segment embeddings, tied decoder.
The file also holds the pooler and the next-sentence head (`BertForPreTraining` loads them).

{shape_table(config, config["intermediate"], "uncased WordPiece", out)}

## Data
{data_paragraph(setup, bert_rows(config["rows"]))}

## Training
{training_paragraph(setup, progress, "Positions start as sinusoids. ")}

![loss](loss.svg)

## Held-out figures
Measured on the float16 weights in this folder (computed in float32), on {figures["masked"]:,} masked pieces and
{figures["pairs"]:,} pairs of the held-out books. Every masked piece is shown as `[MASK]`; the curve above also counts
the tenth of the chosen pieces that training shows unchanged, and so lies lower.

| figure | value |
| --- | --- |
| masked piece, top 1 | {figures["masked_top1"]:.1%} |
| the same, always answering the most frequent piece (`{figures["frequent_piece"]}`) | {figures["frequent_top1"]:.1%} |
| loss per masked piece | {figures["loss"]:.3f} nats |
| next sentence or not | {figures["following"]:.1%} (chance: 50%) |

| sentence | likeliest pieces |
| --- | --- |
{chr(10).join(rows)}

## Limits
{fill(bert_limits(figures))}

{held_out_list(setup)}
## Licence
CC0-1.0: the weights are dedicated to the public domain, as the books are. Made with the scripts in
`native-models/training`, which say how to make it again.
"""
    (out / "README.md").write_text(text, encoding="utf-8")


def head_figure(figures: dict, kind: str) -> str:
    layer, head, weight = (figures[f"{kind}_{part}"] for part in ("layer", "head", "score"))
    return f"layer {layer}, head {head}: mean weight {weight:.2f}"


def gpt_rows(rows: dict) -> str:
    low, high = rows["repeated_period"]
    return (f"{rows['repeated_share']:.0%} of the training rows are random tokens repeated over and over (period {low} "
            f"to {high}), to help induction heads form; the first round of each is not counted in the loss.")


def bert_rows(rows: dict) -> str:
    return (f"Rows are sentence pairs (half true neighbours) or, {rows['single_share']:.0%} of them, one segment; "
            f"{rows['masked_share']:.0%} of the words are masked, whole words at a time.")


def write_loss(setup: Setup, names: dict[str, str], title: str) -> None:
    svg = loss_svg(read_series(setup.folder / "log.jsonl", names), title)
    (setup.out / "loss.svg").write_text(svg, encoding="utf-8")


OF_THEIR_TIME = "The books carry the views of their time, some of them offensive, and the model can repeat them."


def gpt_limits(figures: dict) -> str:
    """What not to expect, said of these weights."""
    if figures["repeat_top1"] < 0.5:
        induction = "It does not continue repeated random tokens: no head of it is an induction head worth the name. "
    else:
        induction = ""
    return ("A very small model that saw little text: it writes phrases in the manner of its books, without sense, and "
            f"knows no facts. {induction}English only. {OF_THEIR_TIME} It is made for looking at attention, "
            "not for writing.")


def bert_limits(figures: dict) -> str:
    """What not to expect, said of these weights."""
    if figures["masked_top1"] < 2 * figures["frequent_top1"]:
        learnt = ("it has learnt how frequent words are, and something of whether two segments belong together, but "
                  "hardly what fits at a mask: do not read its patterns as language")
    else:
        learnt = "it has learnt which kind of word fits at a mask, and little of what is said"
    return (f"A very small model that saw little text: {learnt}. English only, of the nineteenth century mostly. "
            f"{OF_THEIR_TIME} It is made for looking at attention, not as a base for other tasks.")


def front_matter(task: str) -> str:
    return f"---\nlicense: cc0-1.0\nlanguage: en\nlibrary_name: transformers\npipeline_tag: {task}\n---"


def shape_table(config: dict, inner: int, vocabulary: str, out: Path) -> str:
    weights = out / "model.safetensors"
    layers, heads, hidden = (config[name] for name in ("layers", "heads", "hidden"))
    return f"""\
| | |
| --- | --- |
| layers, heads, hidden, inner | {layers}, {heads} (d_head {hidden // heads}), {hidden}, {inner} |
| vocabulary | {config["vocabulary"]:,} pieces, {vocabulary} |
| context | {config["context"]} tokens |
| weights | float16, {weights.stat().st_size:,} bytes |
| sha256 of model.safetensors | `{sha256(weights)}` |"""


def data_paragraph(setup: Setup, rows: str) -> str:
    facts = setup.corpus_facts
    trained, set_aside = facts["train_bytes"] / 1e6, facts["held_out_bytes"] / 1e6
    return fill(
        f"{facts['train_books']} English books in the public domain ({trained:.1f} MB of text, none less than a "
        f"century old), and nothing else. {len(facts['held_out'])} more whole books ({set_aside:.1f} MB, listed below) "
        f"were set aside by a seed before the tokenizer was trained. {rows}"
    )


def training_paragraph(setup: Setup, progress: Progress, positions: str) -> str:
    train = setup.config["train"]
    work = 6 * (setup.out / "model.safetensors").stat().st_size / 2 * progress.tokens / 1e12
    prepared = len(np.load(setup.folder / "train.npy", mmap_mode="r")) / 1e6
    threads = torch.get_num_threads()
    cpu = f"a shared CPU, {threads} thread{'s'[:threads - 1]}, float32"
    place = "a GPU, bfloat16" if setup.device.type == "cuda" else cpu
    return fill(
        f"{progress.step:,} steps, {progress.tokens / 1e6:.2f} million tokens (the prepared books hold {prepared:.1f} "
        f"million), {progress.seconds / 60:.0f} minutes of wall time on {place}; about {work:,.0f} TFLOP "
        f"(6 x weights x tokens). AdamW, {train['tokens_per_step']:,} tokens a step, peak rate "
        f"{train['learning_rate']:g} with a warm-up and a cosine, seed {setup.config['seed']}. {positions}All "
        "settings stand in `native-models/training/config.toml`."
    )


def fill(text: str) -> str:
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)


def held_out_list(setup: Setup) -> str:
    return "## Held-out books\n" + "".join(f"- {label}\n" for label in setup.corpus_facts["held_out"])


def quoted(text: str) -> str:
    return text.strip("\n").replace("\n", "\n> ")

"""The model cards: README.md and loss.svg of a finished model folder."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import numpy as np
import torch

from export import sha256
from heads import Best
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
{data_paragraph(setup, gpt_rows(config["rows"], progress))}

## Training
{training_paragraph(setup, progress)}

![loss](loss.svg)

## Held-out figures
Measured on the float16 weights in this folder (computed in float32), on {figures["tokens"]:,} tokens
({figures["bytes"]:,} bytes) of the held-out books: the second halves of windows of {config["context"]} tokens, so that every one of them sees at
least {config["context"] // 2} tokens before it.

| figure | value |
| --- | --- |
| bits per byte | {figures["bits_per_byte"]:.3f} |
| the same on whole windows, whose first tokens see little or nothing before them | {figures["cold"]:.3f} |
| the same, a unigram model of these tokens (counts of the training books) | {figures["unigram"]:.3f} |
| the same, a trigram model of these tokens (interpolated Kneser-Ney, counts of all the training books) | {figures["trigram"]:.3f} |
| loss per token | {figures["loss"]:.3f} nats |
| {figures["period"]} random tokens said twice: second round predicted right | {figures["repeat_top1"]:.1%} |

{passage_paragraph(figures["passage"], f"{figures['passage']['bits_per_byte']:.3f} bits per byte")}

## What its heads do
{head_table(figures["heads"])}

{fill(heads_paragraph(figures["period"], config, "r r"))}

## Samples
Drawn with temperature 0.8 and top-k 40, one a prompt, and printed as they came; a sample that shares more than eight
words in a row with the corpus would have been drawn again.

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
{training_paragraph(setup, progress)}

![loss](loss.svg)

## Held-out figures
Measured on the float16 weights in this folder (computed in float32), on {figures["masked"]:,} masked pieces (15% of
the words, whole words at a time) and {figures["pairs"]:,} pairs of the held-out books. The first figure is of BERT's own task (Devlin
et al. 2019, section 3.1), as the curve above: of the chosen pieces {config["rows"]["replace_mask"]:.0%} are shown as `[MASK]`, half of the rest as another piece and
half as they are, which is easy. For the others every chosen piece is shown as `[MASK]`.

| figure | value |
| --- | --- |
| masked piece, top 1, BERT's own task | {figures["mixed_top1"]:.1%} |
| masked piece, top 1, all of them `[MASK]` | {figures["masked_top1"]:.1%} |
| the same, always answering the most frequent piece (`{figures["frequent_piece"]}`) | {figures["frequent_top1"]:.1%} |
| loss per masked piece | {figures["loss"]:.3f} nats |
| next sentence or not | {figures["following"]:.1%} (chance: 50%) |

{passage_paragraph(figures["passage"], f"{figures['passage']['masked_top1']:.1%} of {figures['passage']['masked']:,} masked pieces right")}

## What its heads do
{head_table(figures["heads"])}

{fill(heads_paragraph(figures["period"], config, "[CLS] r r [SEP]"))}

## Answers
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


HEAD_NAMES = {
    "previous": ("previous token", "the token before"),
    "next": ("next token", "the token after"),
    "duplicate": ("duplicate token", "the same token, said earlier"),
    "induction": ("induction", "the token after the same token, said earlier"),
    "first": ("first token", "the first token of the row"),
    "separator": ("separator", "all `[SEP]` together"),
    "self": ("self", "the token itself"),
}


def head_table(best: dict[str, Best]) -> str:
    rows = [f"| {name} | {looks_at} | {best[key]} |"
            for key, (name, looks_at) in HEAD_NAMES.items() if key in best]
    return "| score | looks at | best head, and its mean weight |\n| --- | --- | --- |\n" + "\n".join(rows)


def heads_paragraph(period: int, config: dict, row: str) -> str:
    offsets = ", ".join(f"{offset:+d}" for offset in config["neighbours"])
    return (f"Layers and heads are counted from 0. The first four are measured on rows {row} of {period} random tokens said "
            f"twice, the others on held-out text; `heads.py` in the training folder has the definitions, and `npm run -s headlight "
            f"-- heads` scores every head on test sequences of its own. Heads 0 to {len(config['neighbours']) - 1} of layer 0 did not "
            f"start at random: their first weights made them look {offsets} tokens away (`positions.py`).")


def passage_paragraph(passage: dict, figure: str) -> str:
    return fill(f"On `tests/fixtures/passage.txt` ({passage['words']:,} words, written for this project and not trained on; "
                f"`passage.py` has the rules): {figure}.")


def gpt_rows(rows: dict, progress: Progress) -> str:
    low, high = rows["repeated_period"]
    return (f"{progress.made / progress.tokens:.1%} of the tokens seen are of rows of random tokens repeated over and over "
            f"(period {low} to {high}), made so that induction heads form, most of them early in the run; the first round of "
            f"each is not counted in the loss.")


def bert_rows(rows: dict) -> str:
    return (f"Rows are sentence pairs (half true neighbours) or, {rows['single_share']:.0%} of them, one segment; "
            f"{rows['masked_early']:.0%} of the words are masked in the first {rows['early']:.0%} of the run and "
            f"{rows['masked_late']:.0%} after it, whole words at a time.")


def write_loss(setup: Setup, names: dict[str, str], title: str) -> None:
    svg = loss_svg(read_series(setup.folder / "log.jsonl", names), title)
    (setup.out / "loss.svg").write_text(svg, encoding="utf-8")


OF_THEIR_TIME = "The books carry the views of their time, some of them offensive, and the model can repeat them."


def gpt_limits(figures: dict) -> str:
    """What not to expect, said of these weights."""
    if figures["heads"]["induction"].score < 0.5:
        induction = "No head of it is an induction head worth the name. "
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


def training_paragraph(setup: Setup, progress: Progress) -> str:
    train = setup.config["train"]
    work = 6 * (setup.out / "model.safetensors").stat().st_size / 2 * progress.tokens / 1e12
    prepared = len(np.load(setup.folder / "train.npy", mmap_mode="r")) / 1e6
    threads = torch.get_num_threads()
    cpu = f"a shared CPU, {threads} thread{'s'[:threads - 1]}, float32"
    place = "a GPU, bfloat16" if setup.device.type == "cuda" else cpu
    return fill(
        f"{progress.step:,} steps, {progress.tokens / 1e6:.2f} million tokens (the prepared books hold {prepared:.1f} "
        f"million), {progress.seconds / 60:.0f} minutes of wall time on {place}; about {work:,.0f} TFLOP "
        f"(6 x weights x tokens). Muon for the layers' matrices (rate {train['matrix_rate']:g}) and AdamW for the rest "
        f"({train['rate']:g}), {train['tokens_per_step']:,} tokens a step, a warm-up, a flat stretch and {train['decay']:.0%} of "
        f"the run down to nothing, seed {setup.config['seed']}. The learned positions start as sinusoids. Part of the targets "
        f"({train['teacher_share']:.0%} at first, nothing from {train['teacher_until']:.0%} of the run on) is what counting the "
        "same books makes likely in the place (`teacher.py`). All settings stand "
        f"in `native-models/training/config.toml`. {changes_paragraph(setup.folder / 'settings.jsonl')}"
    )


def changes_paragraph(path: Path) -> str:
    """What was changed between one start of the run and the next; nothing for a run in one go."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    changes = []
    for before, after in zip(lines, lines[1:]):
        names = [name for name in after["settings"] if before["settings"].get(name) != after["settings"][name]]
        values = ", ".join(f"{name} from {before['settings'].get(name)} to {after['settings'][name]}" for name in names)
        changes.append(f"at about step {after['step']:,} {values}")
    return f"The settings were changed by hand on the way: {'; '.join(changes)}." if changes else ""


def fill(text: str) -> str:
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)


def held_out_list(setup: Setup) -> str:
    return "## Held-out books\n" + "".join(f"- {label}\n" for label in setup.corpus_facts["held_out"])


def quoted(text: str) -> str:
    return text.strip("\n").replace("\n", "\n> ")

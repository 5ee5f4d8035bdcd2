"""Text the finished models write, for the model card, and a check that it is not copied from the corpus."""

from __future__ import annotations

import re
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoModelForMaskedLM, AutoTokenizer

from corpus import read_books

PROMPTS = [
    "The lighthouse keeper",
    "She opened the letter and",
    "Once upon a time",
    "It was raining when the train",
    "\"I do not believe you,\" said",
    "The old man sat by the fire",
    "In the middle of the night",
    "My dear sister,",
    "The captain ordered",
    "When the spring came",
]
MASKED = [
    "The captain looked at the [MASK] and said nothing.",
    "She put her [MASK] on the table and sat down.",
    "He was the [MASK] of the king.",
]
LONGEST_RUN = 8  # words a sample may share with the corpus in a row


@torch.no_grad()
def continue_prompts(folder: Path, corpus: Path) -> list[tuple[str, str]]:
    """(prompt, continuation) pairs; a sample that repeats the corpus is drawn again."""
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    text = plain_words(" ".join(p for book in read_books(corpus) for p in book.paragraphs))
    pairs = []
    for number, prompt in enumerate(PROMPTS):
        for attempt in range(20):
            torch.manual_seed(1000 * number + attempt)
            ids = tokenizer(prompt, return_tensors="pt")
            output = model.generate(**ids, max_new_tokens=48, do_sample=True, top_k=40, temperature=0.8,
                                    pad_token_id=model.config.eos_token_id)
            sample = tokenizer.decode(output[0], skip_special_tokens=True)
            if not copied(sample, text):
                pairs.append((prompt, sample[len(prompt):]))
                break
    return pairs


def plain_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def copied(sample: str, text: str) -> bool:
    """Whether a run of more than LONGEST_RUN words of the sample stands in `text` (as plain_words gives it)."""
    words = plain_words(sample).split()
    size = LONGEST_RUN + 1
    return any(" ".join(words[i : i + size]) in text for i in range(len(words) - size + 1))


@torch.no_grad()
def fill_masks(folder: Path) -> list[tuple[str, list[tuple[str, float]]]]:
    """For each sentence, the five likeliest pieces at [MASK] with their probabilities."""
    model = AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    filled = []
    for sentence in MASKED:
        inputs = tokenizer(sentence, return_tensors="pt")
        place = inputs["input_ids"][0].tolist().index(tokenizer.mask_token_id)
        top = model(**inputs).logits[0, place].softmax(-1).topk(5)
        pieces = tokenizer.convert_ids_to_tokens(top.indices.tolist())
        filled.append((sentence, list(zip(pieces, top.values.tolist()))))
    return filled

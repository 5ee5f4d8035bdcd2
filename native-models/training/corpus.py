"""The corpus: books of plain text, one paragraph a line, an empty line between books.

A `MANIFEST.tsv` beside the text names the books in order (author, title, year, characters).
Some whole books are held out by a seed before anything is trained, the tokenizers included.

Shapes: a book is a list of paragraphs; a corpus is a list of books.
"""

from __future__ import annotations

import csv
import lzma
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Book:
    author: str
    title: str
    year: str
    paragraphs: list[str]

    @property
    def label(self) -> str:
        return f"{self.author}, {self.title} ({self.year})"


@dataclass(frozen=True)
class Split:
    train: list[Book]
    held_out: list[Book]
    dropped_characters: int  # training text that also stood in a held-out book


def read_books(path: Path) -> list[Book]:
    """Reads a `.txt` or `.txt.xz` corpus; every book must have its line in MANIFEST.tsv."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        texts = file.read().strip("\n").split("\n\n")
    with open(path.with_name("MANIFEST.tsv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if len(rows) != len(texts):
        raise ValueError(f"{path}: {len(texts)} books, but MANIFEST.tsv names {len(rows)}")
    return [
        Book(row["author"].strip(), row["title"].strip(), row["year"].strip(), text.split("\n"))
        for row, text in zip(rows, texts)
    ]


def split_books(books: list[Book], config: dict) -> Split:
    """Holds out whole books, and drops from the others every long paragraph that a held-out book also has."""
    order = np.random.default_rng(config["held_out_seed"]).permutation(len(books))
    chosen = set(order[: config["held_out_books"]].tolist())
    held_out = [book for i, book in enumerate(books) if i in chosen]
    shortest = config["duplicate_characters"]
    seen = {p for book in held_out for p in book.paragraphs if len(p) >= shortest}
    train, dropped = [], 0
    for i, book in enumerate(books):
        if i in chosen:
            continue
        kept = [p for p in book.paragraphs if p not in seen]
        dropped += sum(map(len, book.paragraphs)) - sum(map(len, kept))
        train.append(Book(book.author, book.title, book.year, kept))
    return Split(train, held_out, dropped)


def utf8_bytes(books: list[Book]) -> int:
    """The size of the books as text, one newline a paragraph."""
    return sum(len(p.encode()) + 1 for book in books for p in book.paragraphs)

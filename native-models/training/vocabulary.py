"""The two tokenizers, trained on the training books only.

`train_byte_bpe` gives a GPT-2 tokenizer (byte-level BPE), `train_wordpiece` an uncased BERT tokenizer.
Both are saved in the files that Hugging Face `AutoTokenizer` and `tokenizers` read.
"""

from __future__ import annotations

import json
import string
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

END_OF_TEXT = "<|endoftext|>"
BERT_SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def train_byte_bpe(texts: Iterable[str], size: int) -> Tokenizer:
    """GPT-2's tokenizer with its own merges: `size` pieces, the last of them `<|endoftext|>`."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    trainer = trainers.BpeTrainer(
        vocab_size=size - 1,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_special_tokens([END_OF_TEXT])
    return tokenizer


def train_wordpiece(texts: Iterable[str], size: int) -> Tokenizer:
    """An uncased BERT tokenizer of `size` pieces; ids 0 to 4 are BERT's special tokens."""
    tokenizer = wordpiece_tokenizer(dict(zip(BERT_SPECIALS, range(len(BERT_SPECIALS)))))
    texts = list(texts)
    characters = sorted({c for text in texts for c in tokenizer.normalizer.normalize_str(text) if not c.isspace()})
    # The trainer numbers characters in the order of a hash table, and ties between merges fall by number. Naming
    # them all up front fixes the order; the vocabulary is then put in a tokenizer where they are not special.
    first = BERT_SPECIALS + characters + [f"##{c}" for c in characters if not is_punctuation(c)]
    trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=first, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return wordpiece_tokenizer(tokenizer.get_vocab())


def is_punctuation(character: str) -> bool:
    """As BERT's pre-tokenizer sees it: such a character is always a word of its own."""
    return character in string.punctuation or unicodedata.category(character).startswith("P")


def wordpiece_tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    """BERT's uncased tokenizer on a given vocabulary."""
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens(BERT_SPECIALS)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0",
        pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
        special_tokens=[("[CLS]", cls), ("[SEP]", sep)],
    )
    return tokenizer


def save_gpt_tokenizer(tokenizer: Tokenizer, folder: Path, context: int) -> None:
    """Writes tokenizer.json and tokenizer_config.json."""
    tokenizer.save(str(folder / "tokenizer.json"))
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "GPT2Tokenizer",
        "model_max_length": context,
        "add_prefix_space": False,
        "bos_token": END_OF_TEXT,
        "eos_token": END_OF_TEXT,
        "unk_token": END_OF_TEXT,
    })


def save_bert_tokenizer(tokenizer: Tokenizer, folder: Path, context: int) -> None:
    """Writes tokenizer.json, vocab.txt and tokenizer_config.json."""
    tokenizer.save(str(folder / "tokenizer.json"))
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    (folder / "vocab.txt").write_text("".join(piece + "\n" for piece, _ in pieces), encoding="utf-8")
    names = ["pad_token", "unk_token", "cls_token", "sep_token", "mask_token"]
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "BertTokenizer",
        "model_max_length": context,
        "do_lower_case": True,
        "strip_accents": None,
        "tokenize_chinese_chars": True,
        **dict(zip(names, BERT_SPECIALS)),
    })


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

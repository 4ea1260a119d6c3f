"""How long a text is for a model, and how it is cut into pieces of whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.text.languages import WIDE
from loaders.text.sentence_splitter import sentences


def token_count(text: str) -> int:
    """What a tokenizer would make of it, estimated: four letters a token, one Chinese character."""
    wide = len(WIDE.findall(text))
    return wide + (len(text) - wide + 3) // 4


def pieces_of(text: str, most: int) -> Iterator[str]:
    """A text in pieces of whole sentences of at most `most` tokens, about equally long.

    Only a sentence that is longer by itself is cut, between words if it has any.
    """
    total = token_count(text)
    if total <= most:
        yield text
        return
    aim = total / -(-total // most)
    current, size = "", 0
    for sentence in sentences(text):
        for part in _cut(sentence, most):
            length = token_count(part)
            if current and (size + length > most or size >= aim):
                yield current
                current, size = "", 0
            current, size = current + part, size + length
    if current:
        yield current


def _cut(sentence: str, most: int) -> Iterator[str]:
    if token_count(sentence) <= most:
        yield sentence
        return
    words: list[str] = []
    size = 0
    for word in re.findall(rf"\S{{1,{most}}}\s*|\s+", sentence):
        length = len(word)  # as if all were Chinese: never too long
        if words and size + length > most * 2:
            yield "".join(words)
            words, size = [], 0
        words.append(word)
        size += length
    yield "".join(words)

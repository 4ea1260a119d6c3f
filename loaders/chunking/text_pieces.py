"""How long a text is for a model, and how it is cut into pieces of whole sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from math import inf

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
    parts = (part for sentence in sentences(text) for part in _cut(sentence, most))
    yield from map("".join, packed(parts, most, token_count, aim=total / -(-total // most)))


def packed(
    parts: Iterable[str], most: int, length: Callable[[str], int], aim: float = inf
) -> Iterator[list[str]]:
    """Parts that are together no longer than `most`, or than it takes to come up to `aim`."""
    piece: list[str] = []
    size = 0
    for part in parts:
        if piece and (size + length(part) > most or size >= aim):
            yield piece
            piece, size = [], 0
        piece.append(part)
        size += length(part)
    yield piece


def _cut(sentence: str, most: int) -> Iterable[str]:
    if token_count(sentence) <= most:
        return [sentence]
    words = re.findall(rf"\S{{1,{most}}}\s*|\s+", sentence)
    return map("".join, packed(words, most * 2, len))  # as if all were Chinese: never too long

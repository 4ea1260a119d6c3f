"""Stretches of one style in a page's text, of which MuPDF may leave out a character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

Place = tuple[float, float]


def lack_characters(blocks: Sequence[Any], text: str) -> bool:
    """Whether the blocks have fewer characters than the text of the same page.

    MuPDF parts a stretch where the style changes, and leaves out a part that takes no room: of a
    ligature `ff` that ends a word on coloured ground, the second `f`.
    """
    return sum(1 for _ in _chars_of(blocks)) < len("".join(text.split()))


def with_styles(blocks: list[Any], styled: Sequence[Any]) -> list[Any]:
    """Blocks that were taken without styles, with those that the `styled` ones have there."""
    styles = {char["origin"]: span["char_flags"] for span, char in _chars_of(styled)}
    for block in blocks:
        for line in block.get("lines", ()):
            line["spans"] = [part for span in line["spans"] for part in _parted(span, styles)]
    return blocks


def _chars_of(blocks: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Each character that is no space, with its stretch."""
    for block in blocks:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                yield from ((span, char) for char in span["chars"] if not char["c"].isspace())


def _parted(span: Any, styles: Mapping[Place, int]) -> Iterator[Any]:
    """The pieces of one style; a character that was left out is printed as the one before it."""
    flags = span["char_flags"]
    told = []
    for char in span["chars"]:
        flags = styles.get(char["origin"], flags)
        told.append((flags, char))
    for own, chars in groupby(told, lambda one: one[0]):
        yield span | {"char_flags": own, "chars": [char for _, char in chars]}

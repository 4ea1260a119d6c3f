"""The text of a page as MuPDF gives it, block by block down to the character, and none lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pymupdf

FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_ACCURATE_BBOXES
    | pymupdf.TEXT_IGNORE_ACTUALTEXT
    | pymupdf.TEXT_USE_CID_FOR_UNKNOWN_UNICODE
)
STYLED = FLAGS | pymupdf.TEXT_COLLECT_STYLES
"""With how characters are printed: underlined, struck, drawn twice to be bold."""
EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)
"""Points: around the page too."""
Place = tuple[float, float]


def text_blocks(page: Any) -> list[Any]:
    """All text of the page, and around it.

    MuPDF parts a stretch where the style changes, and leaves out a part that takes no room: of a
    ligature `ff` that ends a word underlined, the second `f`. Then the text is taken without
    styles, which are given to its characters by their places.
    """
    styled = page.get_textpage(flags=STYLED, clip=EVERYWHERE)
    blocks = list(styled.extractRAWDICT()["blocks"])
    if sum(1 for _ in chars_of(blocks)) >= len("".join(styled.extractText().split())):
        return blocks
    styles = {char["origin"]: span["char_flags"] for span, char in chars_of(blocks)}
    plain = page.get_textpage(flags=FLAGS, clip=EVERYWHERE)
    return with_styles(list(plain.extractRAWDICT()["blocks"]), styles)


def chars_of(blocks: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Each character that is no space, with its stretch."""
    for block in blocks:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                yield from ((span, char) for char in span["chars"] if not char["c"].isspace())


def with_styles(blocks: list[Any], styles: Mapping[Place, int]) -> list[Any]:
    """The same blocks, their stretches parted where the style changes."""
    for block in blocks:
        for line in block.get("lines", ()):
            line["spans"] = [part for span in line["spans"] for part in parted(span, styles)]
    return blocks


def parted(span: Any, styles: Mapping[Place, int]) -> Iterator[Any]:
    """The pieces of one style; a character that was lost is printed as the one before it."""
    flags = span["char_flags"]
    told = []
    for char in span["chars"]:
        flags = styles.get(char["origin"], flags)
        told.append((flags, char))
    for own, chars in groupby(told, lambda one: one[0]):
        yield span | {"char_flags": own, "chars": [char for _, char in chars]}

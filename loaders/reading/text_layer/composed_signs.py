"""Signs that are printed over or beside another one and are one with it: accents, degrees.

Fonts of TeX have no ü: it prints ¨ and u at one place. A text layer tells both, one by one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from loaders.pages.geometry import middle
from loaders.reading.text_layer.word_boxes import Glyph, gap_after, raised

ACCENTS = dict(
    zip(
        "`´^ˆ~˜¨¯ˉ˘˙˚¸˝˛ˇ",
        "\u0300\u0301\u0302\u0302\u0303\u0303\u0308\u0304\u0304\u0306\u0307\u030a\u0327\u030b\u0328\u030c",
        strict=True,
    )
)
"""The signs that combine with a letter, by those that stand alone and look the same."""
DOTLESS = str.maketrans("ıȷ", "ij")
"""What carries an accent instead of its own dot."""
OVER = 0.2
"""Part of the size by which the middles of a letter and its accent differ at most."""
TOUCHING = 0.1
"""Part of the size within which the next letter begins."""
RING = "◦"
DEGREE = "°"
BESIDE = 0.35
"""Part of the size between a degree and the number or letter at its side."""


def with_composed(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs, each letter with the accent that is printed over it, rings as degrees.

    An accent ends before its letter does: MuPDF sees a space there, if the accent comes second.
    """
    found: list[Glyph] = []
    last = None
    for glyph in glyphs:
        before = found[-1] if found else None
        composed = before and (over(before, glyph) or over(glyph, before))
        if composed:
            found[-1] = last = composed
            continue
        if before and before.char == " " and last in found[-2:-1] and touches(last, glyph):
            found.pop()
        if before:
            mark_degree(before, glyph)
            mark_degree(glyph, before)
        found.append(glyph)
    return found


def touches(letter: Glyph, glyph: Glyph) -> bool:
    """No space is between the two."""
    return letter.line == glyph.line and gap_after(letter, glyph) < TOUCHING * glyph.size


def over(accent: Glyph, letter: Glyph) -> Glyph | None:
    """The letter with its accent, if both stand at one place and there is a sign for it."""
    mark = ACCENTS.get(accent.char, accent.char)
    if not unicodedata.combining(mark) or accent.line != letter.line or not letter.char.isalpha():
        return None
    size = max(accent.size, letter.size)
    is_apart = abs(middle(accent.box)[0] - middle(letter.box)[0]) > OVER * size
    char = unicodedata.normalize("NFC", letter.char.translate(DOTLESS) + mark)
    if is_apart or len(char) > 1 or abs(accent.baseline - letter.baseline) > size / 2:
        return None
    return replace(letter, char=char)


def mark_degree(ring: Glyph, other: Glyph) -> None:
    """A small raised ring at a number or at the letter of a scale is the sign of degrees."""
    if ring.char != RING or not other.char.isalnum() or not raised(other, ring):
        return
    first, second = sorted((ring, other), key=lambda glyph: glyph.box[0])
    if abs(gap_after(first, second)) < BESIDE * other.size:
        ring.char = DEGREE

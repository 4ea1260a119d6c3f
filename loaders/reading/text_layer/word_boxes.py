"""From the characters of the text layer to words: split at spaces, duplicates dropped.

A text layer may hold a character twice (print that fakes bold by shifting), a space that stands
nowhere, or a raised mark that is glued to a word; MuPDF's own words keep all of that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from loaders.pages.geometry import enclosing
from loaders.pages.page_layout import Rule, Token
from loaders.pages.word import Box

CLEARLY_RAISED = 0.2
"""The same where print is hardly smaller; the ink of ordinary letters reaches the baseline."""
DRAWN = re.compile(r"^[-_=.·—]{6,}$")
"""A rule made of characters."""
DOTS, LEAD = {".", "·", "…"}, 4
"""What leads from a label to its figure, and how many of them at least."""
MIRRORED = str.maketrans("()[]{}", ")(][}{")
"""Brackets are drawn turned in a line that runs from the right, and some files have it so."""
RAISED_BY = 0.15
"""Part of the size by which a raised mark's baseline stands above its neighbour's."""


UNCODED = "\ufffd"
"""Stands for a glyph of which the font does not say what it shows."""


@dataclass(slots=True)
class Glyph:
    """A character as it is printed."""

    char: str
    box: Box
    baseline: float
    size: float
    bold: bool
    line: int
    level: bool = True
    """It stands upright, like the text of the page."""
    struck: bool = False
    """A line runs through it."""
    shapeless: bool = False
    """Its font has no shape for it: a box is printed, which nobody can read."""


def shapeless_told(count: int) -> list[str]:
    """How many signs are printed as boxes, for want of a font that has them."""
    return [f"glyphs without a shape, printed as boxes: {count}"] if count else []


def without_duplicates(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Drop a character that is printed again almost on top of itself."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        if glyph.char.isspace():
            yield glyph
            continue
        reach = max(0.5, glyph.size * 0.12)
        column, row = round(glyph.box[0] / 2), round(glyph.baseline / 2)
        twin = next(
            (
                other
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                if (other := seen.get((glyph.char, column + dx, row + dy)))
                and abs(other.box[0] - glyph.box[0]) < reach
                and abs(other.baseline - glyph.baseline) < reach
                and abs(other.size - glyph.size) < 0.2 * glyph.size
            ),
            None,
        )
        if twin is None:
            seen[(glyph.char, column, row)] = glyph
            yield glyph


def tokens(glyphs: Iterable[Glyph]) -> list[Token]:
    """Words in the order of the text layer."""
    found: list[Token] = []
    word: list[Glyph] = []
    spaced = True

    def flush() -> None:
        nonlocal spaced
        if word:
            found.append(token(word, spaced=spaced, before=found[-1] if found else None))
            word.clear()
            spaced = False

    for glyph in glyphs:
        if word and glyph.line != word[-1].line:
            flush()
            spaced = True
        if glyph.char.isspace():
            flush()
            spaced = True
            continue
        is_led = ends_leader(word, glyph)
        if word and (is_led or parts(word[-1], glyph)):
            flush()
            spaced = is_led or is_gap(found[-1], glyph)
        word.append(glyph)
    flush()
    for one, other in pairwise(found):
        turn_bracket(one, other)
        turn_bracket(other, one)
    return found


def turn_bracket(sign: Token, word: Token) -> None:
    """A bracket by itself at a word that is read from the right opens there, and closes left."""
    is_bracket = len(sign.text) == 1 and sign.text in "()[]{}" and is_leftward(word.text)
    is_left = sign.box[0] < word.box[0]
    white = word.box[0] - sign.box[2] if is_left else sign.box[0] - word.box[2]
    if is_bracket and abs(white) < 0.2 * word.size and (sign.text in "([{") is is_left:
        sign.text = sign.text.translate(MIRRORED)


def is_gap(before: Token, glyph: Glyph) -> bool:
    """White space stands before the glyph although no space is printed."""
    return gap_after(before, glyph) > 0.2 * glyph.size


def is_leftward(text: str) -> bool:
    """The script runs from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in ("R", "AL") for char in text
    )


def gap_after(last: Glyph | Token, glyph: Glyph) -> float:
    """White between two pieces of print, in the direction of their script."""
    if is_leftward(glyph.char):
        return last.box[0] - glyph.box[2]
    return glyph.box[0] - last.box[2]


def parts(last: Glyph, glyph: Glyph) -> bool:
    """A new word begins although no space is printed: a wide gap, a jump back, a raised mark."""
    gap = gap_after(last, glyph)
    if gap > 0.5 * max(last.size, glyph.size) or gap < -1.5 * max(last.size, glyph.size):
        return True
    return raised(last, glyph) or raised(glyph, last) or last.struck != glyph.struck


def ends_leader(word: list[Glyph], glyph: Glyph) -> bool:
    """A row of dots leads from a label to the figure that begins here, without a space."""
    return glyph.char not in DOTS and len(word) >= LEAD and {g.char for g in word[-LEAD:]} <= DOTS


def raised(low: Glyph | Token, high: Glyph | Token) -> bool:
    """The second is smaller print that stands above the first one's baseline.

    Its font may have raised signs of its own, which are as large as the others by name alone.
    """
    rise = low.baseline - high.baseline
    is_small = high.size < 0.85 * low.size and rise > RAISED_BY * low.size
    is_smaller = high.size < 0.95 * low.size and rise > CLEARLY_RAISED * low.size
    return (rise < low.size and (is_small or is_smaller)) or has_raised_sign(low, high)


def has_raised_sign(low: Glyph | Token, high: Glyph | Token) -> bool:
    """The ink of the second, a letter or a digit, floats above the line that both stand on.

    That of Hebrew's yod and of Chinese signs does so by itself.
    """
    text = high.char if isinstance(high, Glyph) else high.text
    return (
        text.isalnum()
        and text.isascii()
        and abs(low.baseline - high.baseline) < 0.1 * low.size
        and abs(low.size - high.size) < 0.1 * low.size
        and high.baseline - high.box[3] > CLEARLY_RAISED * high.size
        and low.baseline - low.box[3] < 0.1 * low.size
    )


def token(word: list[Glyph], *, spaced: bool, before: Token | None) -> Token:
    """A word from its glyphs; `before` tells whether it is raised."""
    sizes = sorted(glyph.size for glyph in word)
    made = Token(
        text=unmirrored(unicodedata.normalize("NFC", "".join(glyph.char for glyph in word))),
        box=enclosing(glyph.box for glyph in word),
        baseline=word[-1].baseline,
        size=sizes[len(sizes) // 2],
        bold=sum(glyph.bold for glyph in word) * 2 > len(word),
        line=word[0].line,
        spaced=spaced,
        struck=all(glyph.struck for glyph in word) and any(glyph.char.isalnum() for glyph in word),
        uncoded=[None if glyph.shapeless else glyph.box for glyph in word if glyph.char == UNCODED],
    )
    made.raised = (
        before is not None
        and before.line == made.line
        and (raised(before, made) or (before.raised and abs(before.baseline - made.baseline) < 1))
    )
    return made


def unmirrored(text: str) -> str:
    """The word with its brackets turned, if it is read from the right and they open backwards."""
    if is_leftward(text) and (text[0] in ")]}" or text[-1] in "([{"):
        return text.translate(MIRRORED)
    return text


def without_drawn(found: Iterable[Token]) -> tuple[list[Token], list[Rule]]:
    """The words, and the rules that somebody drew with dashes or underscores."""
    words: list[Token] = []
    rules: list[Rule] = []
    for word in found:
        if not DRAWN.match(word.text):
            words.append(word)
            continue
        x0, y0, x1, y1 = word.box
        y = y1 if word.text[0] == "_" else (y0 + y1) / 2
        rules.append(Rule((x0, y, x1, y)))
    return words, rules

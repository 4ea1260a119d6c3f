"""Raised marks: small print above the baseline of the word that it stands at.

They are written with raised signs, so that no reader takes `498²` for 4982. Order in the text
layer proves nothing: many producers write all marks after all words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from loaders.pages.page_layout import Token
from loaders.reading.text_layer.word_boxes import raised

LETTERS = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
SIGNS = dict(zip("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾", strict=True))
RAISED = str.maketrans(LETTERS | SIGNS)
PIECE = r"\(?(?:[1-9]\d{0,2}|[a-z])\)?"
MARKS = re.compile(
    rf"{PIECE}(?:[,;·]{PIECE}|\((?:\d{{1,3}}|[a-z])\))*[,;]?|[*†‡§¶#]+,?|[+\-−]?\d{{1,3}}"
)
BETWEEN = re.compile(r"[,;·]\s*(?=.)")
HALF = (0.4, 0.7)
"""Parts of the size of print by which a mark stands higher that is as large as its word."""
ROW = 8.0
"""Points: the height of the strips by which words are found."""
NEAR = 0.35
"""Part of the size of print between a word and its mark."""


def with_marks(tokens: Sequence[Token]) -> list[Token]:
    """The words, those that are marks of another told apart and written with raised signs."""
    rows: dict[int, list[Token]] = {}
    for token in tokens:
        rows.setdefault(round(token.baseline / ROW), []).append(token)
    before: Token | None = None
    for token in tokens:
        base = base_of(token, rows) if MARKS.fullmatch(token.text) else None
        if base is None and before is not None and goes_on(before, token):
            base = before
        if base is not None and not token.raised:
            token.raised = True
            is_first = not base.raised and base.box[0] < token.box[0]
            token.line, token.spaced = base.line, token.spaced and not is_first
        if token.raised and may_be_marks(token, base or before):
            token.text = BETWEEN.sub(", ", token.text).translate(RAISED)
        before = token
    return list(tokens)


def goes_on(before: Token, token: Token) -> bool:
    """The second of several marks."""
    return (
        before.raised
        and abs(before.baseline - token.baseline) < 1
        and abs(before.size - token.size) < 1
        and abs(token.box[0] - before.box[2]) < token.size
    )


def may_be_marks(token: Token, base: Token | None) -> bool:
    """Digits always; a letter at a number or a word, not that of `No` or `Mme`."""
    if not MARKS.fullmatch(token.text):
        return False
    if base is None or not any(char.isalpha() for char in token.text):
        return True
    return base.raised or base.text[-1] in "0123456789)%" or len(base.text) > 2


def lifts(low: Token, high: Token) -> bool:
    """A single sign of the same print that stands half a line higher than the word at its side."""
    is_alike = abs(high.size - low.size) < 0.05 * low.size
    return (
        len(high.text) == 1
        and is_alike
        and HALF[0] < (low.baseline - high.baseline) / low.size < HALF[1]
    )


def base_of(mark: Token, rows: Mapping[int, Sequence[Token]]) -> Token | None:
    """The larger word whose end, or whose start, the mark stands at."""
    row = round(mark.baseline / ROW)
    near = [t for n in range(row - 1, row + 4) for t in rows.get(n, ())]
    larger = [t for t in near if t is not mark and (raised(t, mark) or lifts(t, mark))]
    ends = [t for t in larger if abs(mark.box[0] - t.box[2]) < NEAR * t.size]
    starts = [t for t in larger if abs(t.box[0] - mark.box[2]) < NEAR * t.size]
    return next(iter([*ends, *starts]), None)

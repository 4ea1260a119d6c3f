"""Words whose letters are set apart: `T O T A L   4 , 3 1 0` is read as two words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from loaders.pages.geometry import enclosing, middle, overlap
from loaders.pages.page_layout import Token
from loaders.pages.runs import runs

FEWEST = 4
"""Signs in a run; `A B C` may be three names."""
WIDEST = 1.0
"""Times the size: wider white parts cells."""
WORD_GAP = 1.6
"""Times the usual white between two signs: so much stands between two words."""
DEPTH = 8.0
"""Times the size: so far below its name a column is looked at."""
GROUPED = re.compile(r"[-−(]?\d{1,3}(?:[.,'’]\d{3})+(?:[.,]\d+)?[)%]?|[-−(]?\d+[.,]\d+[)%]?")


def without_tracking(tokens: Sequence[Token]) -> list[Token]:
    """The words, those whose letters stand apart joined."""
    found: list[Token] = []
    for run in runs(tokens, lambda run, token: not follows(run[-1], token)):
        is_word = len(run) >= FEWEST and not are_names(run, tokens)
        found += joined(run) if is_word else run
    return found


def are_names(run: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Each letter stands over figures of its own: P W D L are four columns."""
    below = [
        token
        for token in tokens
        if 0 < token.baseline - run[0].baseline < DEPTH * token.size
        and run[0].box[0] <= middle(token.box)[0] <= run[-1].box[2]
    ]
    return (
        len(below) >= 2 * len(run)
        and all(any(char.isdigit() for char in token.text) for token in below)
        and all(sum(is_above(sign, token) for sign in run) < 2 for token in below)
    )


def is_above(sign: Token, token: Token) -> bool:
    """Whether the two share a stretch of the line."""
    return overlap(sign.box[0], sign.box[2], token.box[0], token.box[2]) > 0


def follows(last: Token, token: Token) -> bool:
    """Both are single signs, alike and close to each other."""
    gap = token.box[0] - last.box[2]
    return (
        len(token.text) == len(last.text) == 1
        and token.text.isascii()
        and abs(token.baseline - last.baseline) < 0.5
        and abs(token.size - last.size) < 0.5
        and -0.2 * token.size < gap < WIDEST * 1.6 * token.size
    )


def joined(run: Sequence[Token]) -> list[Token]:
    """The run as words, parted at wider white; as it was, if that makes no words."""
    gaps = [after.box[0] - before.box[2] for before, after in pairwise(run)]
    usual = median(gaps)
    if usual <= 0:
        return list(run)
    words: list[list[Token]] = [[run[0]]]
    for token, gap in zip(run[1:], gaps, strict=True):
        changes = token.text.isdecimal() and words[-1][-1].text.isalpha()
        if gap > WORD_GAP * max(usual, 0.15 * token.size) or changes:
            words.append([])
        words[-1].append(token)
    texts = ["".join(token.text for token in word) for word in words]
    if not all(map(is_word, texts)) or not any(len(text) >= FEWEST for text in texts):
        return list(run)
    return [
        replace(
            word[0],
            text=text,
            box=enclosing(token.box for token in word),
            spaced=word[0].spaced or number > 0,
        )
        for number, (word, text) in enumerate(zip(words, texts, strict=True))
    ]


def is_word(text: str) -> bool:
    """Letters, or a number that its signs prove to be one; digits alone may be many numbers."""
    return text.isalpha() or bool(GROUPED.fullmatch(text)) or text in "&-–/:"

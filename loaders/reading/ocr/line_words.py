"""A line of characters that were read, cut into words: by the spaces in it, and by its white."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

import numpy as np

from loaders.pages.page_layout import Token
from loaders.pages.word import Box
from loaders.reading.ocr.binarization import Mask, band, white_runs
from loaders.reading.ocr.ocr_models import Sign
from loaders.reading.text_layer.word_boxes import UNCODED
from loaders.text.languages import WIDE

ALIKE = 0.15
"""Sizes that differ by less are the same print: an image does not tell them apart."""
SURE_DIGIT = 0.8
"""Wrong digits of bad scans are mostly read with less confidence, right ones seldom."""
FEWEST_SPACES = 3
BLANK = 0.4
"""White at a line's end, in sizes of the print, beyond which the ink is that of another line."""
WIDER, NO_SPACE = 2.0, 0.15
"""White so much wider than that of a space beside it, in sizes of the print, is the space."""
FUSED = 0.8
"""Confidence of a word in which a space may be missing."""
CLOSE = ".,"
"""Stand right behind a word, however wide the letters are set."""
TALL = re.compile(r"[\ufffdA-Z0-9bdfhkltßÄÖÜäöü(\[{/|%$€£&@#?!]")
DEEP = re.compile(r"[gjpqyQ(\[{/|,;$@§]")


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word read from a picture."""

    text: str
    box: Box
    size: float
    """Of the print, in the unit of the box."""
    line: int
    confidence: float
    weakest_digit: float = 1.0
    """The least confidence of its digits: one wrong digit is lost in a long word's mean."""
    is_mark: bool = False
    """It may as well be a speck: only in the cell of a table it is to be believed."""

    @property
    def is_unsure(self) -> bool:
        """Whether one of its digits may be another one, or a sign beside them tells nothing."""
        return self.weakest_digit < SURE_DIGIT or UNCODED in self.text


def tokens_of(
    words: Sequence[SeenWord], place: Callable[[Box], Box] = lambda box: box, line: int = 0
) -> Iterator[Token]:
    """The words as the text layer would have them; sizes that nearly agree are made to."""
    usual = median(word.size for word in words) if words else 10.0
    for word in words:
        box = place(word.box)
        size = usual if abs(word.size - usual) <= ALIKE * usual else word.size
        baseline = box[3] - 0.2 * (box[3] - box[1])
        yield Token(word.text, box, baseline, size, line=line + word.line)


def words_in(signs: Sequence[Sign], dark: Mask, box: Box, line: int) -> Iterator[SeenWord]:
    """Cut a line into words: where a space was read, or where the white is wide."""
    top, bottom = band(dark)
    dark = dark[top:bottom]
    text = "".join(sign.char for sign in signs)
    size = print_size(text, bottom - top)
    printed = [sign for sign in signs if not sign.char.isspace()]
    if not printed:
        return
    is_wide = bool(WIDE.search(text))
    runs = [run for run in white_runs(dark) if run[0] > 0 and run[1] < dark.shape[1]]
    gaps = [widest(runs, before.x, after.x) for before, after in pairwise(printed)]
    widths = [(right - left) / size for left, right in gaps]
    usual = median(widths) if widths else 0.0
    spaces = [sign.x for sign in signs if sign.char.isspace()]
    has_space = moved([any(a.x < x < b.x for x in spaces) for a, b in pairwise(printed)], widths)
    missing = 1.0 if is_wide else space_forgotten(widths, has_space)
    # A letter's place is not exact: the white of a space that was read may seem to be beside it.
    beside = [
        one or other
        for one, other in zip([False, *has_space[:-1]], [*has_space[1:], False], strict=True)
    ]
    words: list[list[Sign]] = [[printed[0]]]
    most = [1.0]
    cuts: list[tuple[float, float]] = []
    for before, after, gap, width, space, is_beside in zip(
        printed, printed[1:], gaps, widths, has_space, beside, strict=False
    ):
        white = 0.0 if is_beside and not space else width
        seems = white / missing if after.char.isalnum() else 0.0
        pair = before.char + after.char
        if part(pair, space, white, usual, is_wide) or (
            seems > 1 and not pair.isdecimal() and gaps.count(gap) == 1
        ):
            words.append([])
            most.append(1.0)
            cuts.append(gap)
        elif seems > 1:
            most[-1] = FUSED
        words[-1].append(after)
    start, end = ends(dark, printed[0].x, printed[-1].x, BLANK * size)
    lefts = [start] + [gap[1] for gap in cuts]
    rights = [gap[0] for gap in cuts] + [end]
    for word, left, right, sure in zip(words, lefts, rights, most, strict=True):
        yield SeenWord(
            text="".join(sign.char for sign in word),
            box=(box[0] + left, box[1] + top, box[0] + max(right, left + 1), box[1] + bottom),
            size=size,
            line=line,
            confidence=min(sure, fmean(sign.confidence for sign in word)),
            weakest_digit=weakest_digit(word),
        )


def ends(dark: Mask, first: float, last: float, blank: float) -> tuple[float, float]:
    """Where the ink of a line begins and ends; beyond so much white it is its neighbour's."""
    columns = np.flatnonzero(dark.any(axis=0))
    if not columns.size:
        return 0.0, float(dark.shape[1])
    wide = [run for run in white_runs(dark) if run[1] - run[0] > blank]
    lefts = [right for _, right in wide if right <= first]
    rights = [left for left, _ in wide if left >= last]
    return max([float(columns[0]), *lefts]), min([float(columns[-1] + 1), *rights])


def moved(has_space: Sequence[bool], widths: Sequence[float]) -> list[bool]:
    """Each space that was read, where the white is: the places of letters are not exact."""
    found = list(has_space)
    for index in (index for index, is_space in enumerate(has_space) if is_space):
        near = [n for n in (index - 1, index + 1) if 0 <= n < len(widths) and not found[n]]
        best = max(near, key=lambda n: widths[n], default=index)
        if widths[best] > WIDER * widths[index] + NO_SPACE:
            found[index], found[best] = False, True
    return found


def space_forgotten(widths: Sequence[float], has_space: Sequence[bool]) -> float:
    """White between two letters from which on a space is there although none was read.

    Nearly as wide as the line's other spaces, and much wider than the white inside of its words;
    1 for a line with too few spaces to tell, or where print touches so that none has white.
    """
    spaces = [white for white, is_space in zip(widths, has_space, strict=True) if is_space]
    others = sorted(w for w, is_space in zip(widths, has_space, strict=True) if not is_space)
    if len(spaces) < FEWEST_SPACES or len(others) < FEWEST_SPACES:
        return 1.0
    return max(0.75 * median(spaces), 1.6 * others[len(others) * 4 // 5]) or 1.0


def weakest_digit(signs: Sequence[Sign]) -> float:
    """The least confidence of a digit among the signs; 1 if there is none."""
    return min((sign.confidence for sign in signs if sign.char.isdigit()), default=1.0)


def widest(gaps: Sequence[tuple[int, int]], start: float, end: float) -> tuple[float, float]:
    """The widest white run between two characters; without one the point halfway."""
    between = [gap for gap in gaps if gap[1] > start and gap[0] < end]
    if not between:
        return (start + end) / 2, (start + end) / 2
    left, right = max(between, key=lambda gap: gap[1] - gap[0])
    return float(left), float(right)


def part(pair: str, has_space: bool, white: float, usual: float, is_wide: bool) -> bool:
    """Two neighbours belong to two words; `white` between them is counted in sizes of the print.

    The model forgets a space now and then, and in a line with Chinese it invents some.
    """
    if is_wide:
        return white > 1.0 or (has_space and not is_number(pair))
    if white > 0.8 or (has_space and pair[1] not in CLOSE):
        return True
    return white > max(0.22, 2.5 * usual) and pair[0].isalpha() and pair[1].isdigit()


def is_number(pair: str) -> bool:
    """Two neighbours in a number: among Chinese signs, digits stand as far apart as words."""
    return bool(re.fullmatch(r"[\d.,，][\d.,，%]", pair))


def print_size(text: str, height: float) -> float:
    """The size of print whose ink is that high: it depends on which letters there are."""
    if WIDE.search(text):
        return height / 0.92
    above = 0.74 if TALL.search(text) else 0.5
    below = 0.23 if DEEP.search(text) else 0.0
    return height / (above + below)

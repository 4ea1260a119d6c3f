"""Phrases: words of a table that stand together on a line, and are never cut apart.

A currency sign belongs to the figure on its right, a lone bracket or per cent to the one on its
left, however wide the white space that lines them up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from loaders.pages.geometry import enclosing, overlap
from loaders.pages.page_layout import Rule, Token
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.text_layer.line_joining import STRUCK, line_text, lines_of
from loaders.reading.text_layer.word_boxes import UNCODED
from loaders.text.currencies import doubtful_codes, iso_codes

WORD_GAP = 0.8
"""White space wider than this times the size parts two phrases."""
FIGURE_GAP = 0.4
"""Two figures stand closer together only if they are one number, such as `10 000`."""
CLOSE = 0.5
"""White narrower than this is a space between a currency and its figure."""
WIDEST_SPACE = 1.5
"""Of a line that is stretched to fill a narrow cell."""
NEAR = 0.75
"""Part of the size of print; two lines below each other stand further apart."""
SAME, BEHIND = 0.5, 8.0
"""Points: words begin below each other; a column begins so near behind the model's line."""
SEEN_GAP = 0.42
"""White space wider than this parts two phrases where the model saw a line."""
CODES = "|".join(sorted({*iso_codes(), "RMB"} - doubtful_codes()))
CURRENCY = re.compile(rf"^(?:[$€£¥₹]|US\$|[A-Z]{{1,2}}\$|{CODES})\(?$")
CLOSING = re.compile(r"^[)%]+$")
FIGURE = re.compile(
    rf"^[\s$€£¥(+\-−–—~<>≤≥±]*(?:US\$|{CODES})?"
    r"\s?\(?[\d.,]*\d[\d.,\s’']*(?:[%)‰]|bn|pp|bp|x|[KMBk])*"
    r"(?:\s?(?:±|\+/[-−–])\s?[\d.,]*\d%?|\s[(\[][\s\-−–<>≤≥]*[\d.,]*\d\s?%?[)\]])?"  # ± 4, (4)
    r"(?:\s?(?:[€£¥₹$]|[A-Z]{3}))?"
    r"[\s*†‡§⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃ-ᶻa-h]{0,4}(?:,\s?[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃ-ᶻ*†‡§]+)*(?:\(\d\))?$"
)
NOTHING = re.compile(r"^[$€£¥\s]*[-–—−]+\s*%?$|^n/?[am]\.?$|^\.{2,}$|^[☐☑☒✓✔✗✘]$", re.IGNORECASE)
RANGE = re.compile(r"^\(?[\d.,]*\d\s?[-–—−]\s?[\d.,]*\d%?\)?$")
YEAR = re.compile(
    r"^(?:FY|Q[1-4]|1H|2H|H1|H2)?\s?[‘’']?(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d\d|\d{4}))?[AEFP]?"
    r"[\s*†‡§⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃ-ᶻ,]*(?:\(\d\))?$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$|^(?:19|20)\d\d年.*$"
)


@dataclass
class Phrase:
    """Words that go into one cell."""

    tokens: list[Token]

    @cached_property
    def box(self) -> Box:
        return enclosing(token.box for token in self.tokens)

    @cached_property
    def text(self) -> str:
        return line_text(self.tokens)

    @cached_property
    def is_figure(self) -> bool:
        """A number or what stands for one; a glyph without a code may be its sign or a digit."""
        text = self.text.strip(STRUCK).replace(UNCODED, "-" if self.text[-1:].isdigit() else "0")
        return bool(FIGURE.match(text) or NOTHING.match(text))

    @cached_property
    def is_range(self) -> bool:
        """Two numbers as one: a value of the table or, as an age or a size, a name in it."""
        return bool(RANGE.match(self.text)) and not self.is_year

    @cached_property
    def is_year(self) -> bool:
        return bool(YEAR.match(self.text))

    @property
    def size(self) -> float:
        return max(token.size for token in self.tokens)


@dataclass
class TableLine:
    """One line of print in a table."""

    phrases: list[Phrase]

    @cached_property
    def box(self) -> Box:
        return enclosing(phrase.box for phrase in self.phrases)

    @property
    def text(self) -> str:
        return " ".join(phrase.text for phrase in self.phrases)

    @property
    def is_bold(self) -> bool:
        """All of it is printed bold."""
        return all(token.bold for phrase in self.phrases for token in phrase.tokens)

    @cached_property
    def baseline(self) -> float:
        values = sorted(token.baseline for phrase in self.phrases for token in phrase.tokens)
        return values[len(values) // 2]


def table_lines(
    tokens: Iterable[Token], seen: Sequence[float] = (), rules: Sequence[Rule] = ()
) -> list[TableLine]:
    """The lines of a table from top to bottom, each as phrases from left to right."""
    upright = [rule.box for rule in rules if not rule.horizontal]
    rows = lines_of(tokens)
    trail = signs_trail(rows)
    lines = [TableLine(phrases_of(row, seen, upright, trail=trail)) for row in rows]
    pairs = [pair for line in lines for pair in pairwise(line.phrases)]
    alone = {
        id(sign)
        for row in rows
        for last, sign, amount in zip([None, *row], row, row[1:], strict=False)
        if CURRENCY.match(sign.text) and amount.box[0] - sign.box[2] > WORD_GAP * amount.size
        if fills_column(last, sign, amount, lines, pairs)
    }
    if alone:
        lines = [TableLine(phrases_of(row, seen, upright, alone, trail=trail)) for row in rows]
    return parted_at(starts(lines, seen), lines)


def starts(lines: Sequence[TableLine], seen: Sequence[float]) -> list[float]:
    """Where a column begins behind a line that the model saw: no print of any line runs over it.

    At least two cells begin there, clear of what stands before them.
    """
    lefts = sorted(phrase.box[0] for line in lines for phrase in line.phrases[1:])
    return [
        x
        for x, following in pairwise(lefts)
        if following - x < SAME
        and any(0 < x - line < BEHIND for line in seen)
        and not any(
            token.box[0] < x - SAME and token.box[2] > x + SAME
            for line in lines
            for phrase in line.phrases
            for token in phrase.tokens
        )
    ]


def parted_at(places: Sequence[float], lines: Sequence[TableLine]) -> list[TableLine]:
    """The lines whose words that begin there begin a cell, however close the one before it ends."""
    if not places:
        return list(lines)

    def parts(phrase: Phrase) -> list[list[Token]]:
        if CURRENCY.match(phrase.tokens[0].text):
            return [phrase.tokens]
        return runs(
            phrase.tokens,
            lambda _, t: t.text[0].isalpha() and any(abs(t.box[0] - x) < SAME for x in places),
        )

    return [TableLine([Phrase(p) for one in line.phrases for p in parts(one)]) for line in lines]


def fills_column(
    last: Token | None,
    sign: Token,
    amount: Token,
    lines: Sequence[TableLine],
    pairs: Sequence[tuple[Phrase, Phrase]],
) -> bool:
    """The currency, set off from its amount, stands in a column of its own.

    Another line has another currency there, or two cells over the two: words where the sign
    stands, or names before and over the amount, the first of which would else name nothing.
    """
    there = [one for line in lines for one in line.phrases if share_width(one.box, sign.box)]
    signs = {one.tokens[0].text for one in there if CURRENCY.match(one.tokens[0].text)}
    start = last.box[2] if last else float("inf")
    return len(signs) > 1 or any(
        start < one.box[0] < sign.box[2] < other.box[2]
        and other.box[0] < amount.box[2]
        and (
            one in there
            or not (
                one.is_figure or any(share_width(c.box, one.box) for _, c in pairs if c is not one)
            )
        )
        for one, other in pairs
    )


def share_width(one: Box, other: Box) -> bool:
    """Whether one stands over the other, or would on another line."""
    return overlap(one[0], one[2], other[0], other[2]) > 0


def reaches_into(above: TableLine, below: TableLine) -> bool:
    """The line stands half a line over the next: the first line of a cell of its row."""
    return below.baseline - above.baseline < NEAR * below.phrases[0].size


def signs_trail(lines: Iterable[Sequence[Token]]) -> bool:
    """Some currency stands close behind its figure, and none close before one."""
    sides = {
        trails
        for line in lines
        for before, after in pairwise(line)
        for trails, sign, number in ((True, after, before), (False, before, after))
        if CURRENCY.match(sign.text) and FIGURE.match(number.text)
        if after.box[0] - before.box[2] < CLOSE * after.size
    }
    return sides == {True}


def phrases_of(
    line: Sequence[Token],
    seen: Sequence[float] = (),
    upright: Sequence[Box] = (),
    alone: Collection[int] = (),
    *,
    trail: bool = False,
) -> list[Phrase]:
    """The words of one line as phrases; a line between columns parts words that are not close.

    Currencies that stand `alone` are cells.
    Where currencies `trail`, one belongs to the figure on its left even in a line set wide.
    """
    groups: list[list[Token]] = []
    signs_lead = not trail and leads_amount(line)
    for token, following in zip(line, [*line[1:], None], strict=True):
        if (
            groups
            and (
                (not signs_lead and closes_amount(groups[-1], token, following, trail=trail))
                or (
                    belongs(groups[-1], token, trail=trail)
                    and not begins_name(groups[-1], token, following)
                )
            )
            and not is_parted(groups[-1][-1], token, seen, upright, alone)
            and not heads_share(groups[-1], token, following)
        ):
            groups[-1].append(token)
        else:
            groups.append([token])
    return [Phrase(group) for group in groups]


def is_parted(
    last: Token,
    token: Token,
    seen: Sequence[float],
    upright: Sequence[Box],
    alone: Collection[int],
) -> bool:
    """Between the two words stands a drawn line, or white space with a line that the model saw."""
    start, end = last.box[2], token.box[0]
    y = (token.box[1] + token.box[3]) / 2
    is_drawn = any(
        start - 1 <= box[0] and box[2] <= end + 1 and box[1] < y < box[3] for box in upright
    )
    is_closing = bool(CLOSING.match(token.text))
    if CURRENCY.match(last.text) and not is_closing:
        if id(last) in alone:
            return True
        seen = ()
    if is_closing:
        return is_drawn and token.text[0] != ")"
    if end - start > SEEN_GAP * token.size and any(start - 1 <= x <= end + 1 for x in seen):
        return True
    return is_drawn


def heads_share(group: Sequence[Token], token: Token, following: Token | None) -> bool:
    """A currency before a per cent is a cell of its own: no share bears one."""
    is_share = token.text.endswith("%") or (following is not None and following.text == "%")
    return is_share and len(group) == 1 and bool(CURRENCY.match(group[0].text))


def leads_amount(line: Sequence[Token]) -> bool:
    """The first currency of the line stands before a figure, and close behind none."""
    signs = [n for n, token in enumerate(line[:-1]) if CURRENCY.match(token.text)]
    if not signs or not FIGURE.match(line[signs[0] + 1].text):
        return False
    before, sign = line[signs[0] - 1], line[signs[0]]
    is_close = sign.box[0] - before.box[2] < CLOSE * sign.size
    return not (signs[0] and is_close and FIGURE.match(before.text))


def closes_amount(
    group: Sequence[Token], token: Token, following: Token | None, *, trail: bool
) -> bool:
    """A currency after its figure, as in `12 EUR`: closer to it than to what comes next."""
    if not CURRENCY.match(token.text) or not FIGURE.match(group[-1].text):
        return False
    gap = token.box[0] - group[-1].box[2]
    if trail:
        return gap < WIDEST_SPACE * token.size
    return gap < CLOSE * token.size and (
        following is None or following.box[0] - token.box[2] > 1.5 * max(gap, 0.2 * token.size)
    )


def begins_name(group: Sequence[Token], token: Token, following: Token | None) -> bool:
    """A sign such as that of `% change`: it closes no figure, for the next word is close to it."""
    if following is None or not CLOSING.match(token.text) or not following.text[0].isalpha():
        return False
    space = following.box[0] - token.box[2]
    return space <= WORD_GAP * token.size and token.box[0] - group[-1].box[2] > space


def belongs(group: Sequence[Token], token: Token, *, trail: bool = False) -> bool:
    """The word goes on with the phrase."""
    last = group[-1]
    size = max(last.size, token.size)
    gap = token.box[0] - last.box[2]
    if len(group) == 1 and CURRENCY.match(last.text) and not trail:
        return gap < 12 * size and not CURRENCY.match(token.text)
    if CLOSING.match(token.text):
        return gap < 3 * size and any(char.isdigit() for char in last.text)
    if FIGURE.match(last.text) and CURRENCY.match(token.text):
        return False
    if YEAR.match(last.text) and YEAR.match(token.text):
        return False
    if (FIGURE.match(last.text) or CLOSING.match(last.text)) and FIGURE.match(token.text):
        return gap <= FIGURE_GAP * size
    return gap <= WORD_GAP * size


def counts_up(phrases: Sequence[Phrase]) -> bool:
    """1, 2, 3 …: numbers of columns, not data."""
    texts = [phrase.text.strip("()[] ") for phrase in phrases]
    if len(texts) < 3 or not all(text.isdecimal() for text in texts):
        return False
    values = [int(text) for text in texts]
    return all(after - before == 1 for before, after in pairwise(values))


def apart(phrase: Phrase) -> list[list[Token]]:
    """The words of the phrase, parted at white that is wider than its spaces."""
    spaces = sorted(after.box[0] - before.box[2] for before, after in pairwise(phrase.tokens))

    def begins(group: list[Token], after: Token) -> bool:
        white = after.box[0] - group[-1].box[2]
        return white > 0.3 * after.size and white >= 1.4 * spaces[(len(spaces) - 1) // 2]

    return runs(phrase.tokens, begins)

"""Pages of plain prose: one column of lines, no rules, no pictures; they need no layout model.

The lines themselves tell where a paragraph, a heading or an item begins. Whatever is not surely
plain is left to the model, which costs ten times as much as all the rest of a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, zip_longest

from loaders.pages.geometry import enclosing
from loaders.pages.page_layout import MARGIN, Region, Rule, Sheet, Token
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.layout.blocks import comes_again
from loaders.reading.text_layer.headers_footers import is_page_number
from loaders.reading.text_layer.line_joining import body_size, lines_of
from loaders.text.languages import WIDE

FEWEST_LINES = 8
"""A page of fewer lines is a title, an address, a signature: its shape matters."""
WIDEST_SPACE = 1.2
"""Times the size of print: wider white parts columns, cells, or a number from its heading."""
FULL = 0.8
"""Part of the column's width that a line of prose fills."""
MOST_WORDS = 60
"""Of a heading; that of a risk factor is a whole sentence."""
BULLET = re.compile(r"^[•◦▪▫■□●○‣⁃∙·➢➤✓\uf0b7\uf0a7\uf0d8–—*-]$")
ENUMERATED = re.compile(r"^\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)]$")
MATHEMATICS = re.compile(r"[∀-⋿𝐀-𝟿√∑∏\ue000-\uf0a6\uf0d9-\uf8ff]")
LEADER = re.compile(r"\.{4,}|(?:\. ){3}|…{2,}|_{4,}")


@dataclass(frozen=True)
class PlainLine:
    """One line of print and what it looks like."""

    tokens: list[Token]

    @cached_property
    def box(self) -> Box:
        return enclosing(token.box for token in self.tokens)

    @cached_property
    def size(self) -> float:
        return body_size(self.tokens)

    @cached_property
    def is_bold(self) -> bool:
        bold = sum(len(token.text) for token in self.tokens if token.bold)
        return bold > 0.8 * sum(len(token.text) for token in self.tokens)

    @cached_property
    def baseline(self) -> float:
        return sorted(token.baseline for token in self.tokens)[len(self.tokens) // 2]

    @property
    def marks_item(self) -> bool:
        first = self.tokens[0].text
        return len(self.tokens) > 1 and bool(BULLET.match(first) or ENUMERATED.match(first))

    @property
    def has_holes(self) -> bool:
        """White that is no space between words; the one after an item's mark may be wide."""
        start = 1 if self.marks_item else 0
        return any(
            after.box[0] - before.box[2] > WIDEST_SPACE * self.size
            for before, after in pairwise(self.tokens[start:])
        )


def plain_regions(sheet: Sheet) -> list[Region] | None:
    """The regions of a page of plain prose; None for every page that may be something else."""
    if any(box[2] - box[0] > 2 and box[3] - box[1] > 2 for box in sheet.pictures) or sheet.fills:
        return None
    lines = [PlainLine(line) for line in lines_of(sheet.tokens)]
    body, running = parted(lines, sheet)
    if not is_prose(body) or has_drawings(sheet, body):
        return None
    return [*running, *paragraphs(body)]


def parted(lines: Sequence[PlainLine], sheet: Sheet) -> tuple[list[PlainLine], list[Region]]:
    """The text, and the lines at the edges that say the page's number or come again on others."""
    body = list(lines)
    running: list[Region] = []
    margins = sheet.margins or frozenset()
    for at_foot in (False, True):
        while len(body) > 1:
            edge, following = (body[-1], body[-2]) if at_foot else (body[0], body[1])
            depth = sheet.height - edge.box[1] if at_foot else edge.box[3]
            gap = max(edge.box[1] - following.box[3], following.box[1] - edge.box[3])
            is_number = is_page_number(" ".join(token.text for token in edge.tokens))
            is_near = depth < MARGIN * sheet.height and gap > 0.9 * edge.size
            if not is_number and not (is_near and comes_again(edge.tokens, margins)):
                break
            running.append(Region("page-footer" if at_foot else "page-header", edge.box))
            body.remove(edge)
    return body, running


def has_drawings(sheet: Sheet, body: Sequence[PlainLine]) -> bool:
    """A rule stands between the lines, and does not underline one of them."""
    top, foot = body[0].box[1], body[-1].box[3]
    return any(
        rule.box[1] < foot
        and rule.box[3] > top
        and not any(underlines(rule, line) for line in body)
        for rule in sheet.rules
    )


def underlines(rule: Rule, line: PlainLine) -> bool:
    """The rule stands right below words of the line, and is no longer than they are."""
    is_below = -1.5 < rule.box[1] - line.baseline < 0.4 * line.size
    return is_below and line.box[0] - 2 < rule.box[0] and rule.box[2] < line.box[2] + 2


def is_prose(lines: Sequence[PlainLine]) -> bool:
    """Most lines fill the column, none has holes, nothing is set in large print or formulas."""
    if len(lines) < FEWEST_LINES:
        return False
    x0, _, x1, _ = enclosing(line.box for line in lines)
    full = sum(line.box[2] - line.box[0] > FULL * (x1 - x0) for line in lines)
    body = body_size(token for line in lines for token in line.tokens)
    return (
        2 * full > len(lines)
        and not any(line.has_holes or line.size > 1.5 * body for line in lines)
        and not any(unusual(line, x0, x1) for line in lines)
        and all(after.baseline > before.baseline for before, after in pairwise(lines))
    )


def unusual(line: PlainLine, left: float, right: float) -> bool:
    """A formula, a leader to a page number, a line of figures, a short line in the middle."""
    text = " ".join(token.text for token in line.tokens)
    letters = sum(char.isalpha() for char in text)
    return bool(
        MATHEMATICS.search(text)
        or LEADER.search(text)
        or (letters * 2 < len(text.replace(" ", "")) and not WIDE.search(text))
        or (line.box[0] - left > 0.35 * (right - left) and not is_centred(line, left, right))
    )


def is_centred(line: PlainLine, left: float, right: float) -> bool:
    """A heading in the middle of the column."""
    is_even = abs(line.box[0] - left - (right - line.box[2])) < 0.04 * (right - left)
    return is_even and line.is_bold


def paragraphs(lines: Sequence[PlainLine]) -> list[Region]:
    """The lines as headings, items and paragraphs."""
    _, _, right, _ = enclosing(line.box for line in lines)
    body = body_size(token for line in lines for token in line.tokens)
    pitches = sorted(after.baseline - before.baseline for before, after in pairwise(lines))
    pitch = pitches[len(pitches) // 4]
    groups = runs(lines, lambda group, line: begins(group, line, pitch, right))
    return [
        Region(kind_of(group, after, body, right), enclosing(line.box for line in group))
        for group, after in zip_longest(groups, groups[1:], fillvalue=())
    ]


def begins(group: Sequence[PlainLine], line: PlainLine, pitch: float, right: float) -> bool:
    """The line goes not on with what stands above it."""
    last = group[-1]
    step = line.baseline - last.baseline
    ended_short = last.box[2] < right - 0.15 * (right - last.box[0])
    is_indented = line.box[0] > last.box[0] + 0.8 * line.size and len(group) > 1
    return (
        step > 1.3 * max(pitch, 1.05 * line.size)
        or abs(line.size - last.size) > 0.6
        or line.is_bold != last.is_bold
        or line.marks_item
        or (is_indented and ended_short)
        or is_alone(group, [line], right)
    )


def kind_of(
    group: Sequence[PlainLine], after: Sequence[PlainLine], body: float, right: float
) -> str:
    """Heading, item or paragraph."""
    first = group[0]
    if first.marks_item and BULLET.match(first.tokens[0].text):
        return "list-item"
    words = sum(len(line.tokens) for line in group)
    end = group[-1].tokens[-1].text[-1]
    if all(line.is_bold for line in group):
        return "text" if words > MOST_WORDS or end in ",;:" else "section-header"
    if words > MOST_WORDS or end in ".,;:":
        return "text"
    is_large = all(line.size > 1.1 * body for line in group)
    return "section-header" if is_large or is_alone(group, after, right) else "text"


def is_alone(group: Sequence[PlainLine], after: Sequence[PlainLine], right: float) -> bool:
    """A few words that begin large and end without a stop, on a line over a paragraph."""
    line = group[0]
    if len(group) > 1 or len(line.tokens) > 12 or not after:
        return False
    following = after[0]
    is_short = line.box[2] - line.box[0] < 0.6 * (right - line.box[0])
    is_over_prose = following.box[2] - following.box[0] > FULL * (right - following.box[0])
    text = "".join(token.text for token in line.tokens)
    begins_large = all(
        each.tokens[0].text.lstrip('(“"')[:1].isupper() or each.marks_item
        for each in (line, following)
    )
    return is_short and is_over_prose and begins_large and text[-1].isalnum()

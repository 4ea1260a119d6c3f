"""A page as plain data: what the door to the PDF hands to the layout, and OCR may hand over too.

Coordinates are points from the top left of the page as it reads, so lines of text always run
from left to right (or right to left), whatever the rotation in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.pages.page_transform import Frame
from loaders.pages.word import Box

RUNNING = {"page-header", "page-footer"}
"""What the layout calls what repeats on every page."""
MARGIN = 0.12
"""Part of the page at its top and bottom in which running heads and page numbers stand."""
_PAGE_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,'])\d{1,3}(?!\d)(?![.,']\d)|^[ivxlc]+$", re.IGNORECASE)
"""No part of a grouped or a broken number: those are amounts, which no page counts."""


def margin_word(text: str) -> str:
    """A word as margins are compared: page 7 has the running head of page 8 but for its number."""
    return _PAGE_NUMBER.sub("#", text).casefold()


@dataclass(slots=True)
class Token:
    """A word with what its print tells: size, weight, and whether it is raised."""

    text: str
    box: Box
    baseline: float = 0.0
    size: float = 10.0
    bold: bool = False
    raised: bool = False
    line: int = 0
    """Words of one line of the text layer share this number."""
    spaced: bool = True
    """A space stands before it; false for a footnote mark or a piece of a word."""
    upright: bool = False
    """It runs up or down the page: a whole line, the head of a narrow column."""
    struck: bool = False
    """A line runs through it: it is there, and no longer said."""
    uncoded: list[Box | None] = field(default_factory=list)
    """Its glyphs of which the font does not say what they show; U+FFFD stands for each.

    None for one that has no shape: there is nothing to be read.
    """


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line that is drawn: horizontal when `box` is wider than high."""

    box: Box

    @property
    def horizontal(self) -> bool:
        return self.box[2] - self.box[0] >= self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Fill:
    """An area painted in one colour, which is written as `#rrggbb`."""

    box: Box
    colour: str


@dataclass(slots=True)
class Region:
    """An area that the layout model named; `rows` and `columns` are the inner lines of a table."""

    kind: str
    box: Box
    rows: list[float] = field(default_factory=list)
    columns: list[float] = field(default_factory=list)
    is_read: bool = False
    """A picture whose words OCR has read: their places join no value to a name."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label of a form and what was filled in; or a figure, its name, a remark in small print."""

    label: list[Token]
    value: list[Token]
    remark: list[Token] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture whose words are among the page's."""

    box: Box
    is_prose: bool
    """They are lines of sentences."""
    doubtful: list[Token] = field(default_factory=list)
    """Those that may as well be strokes, if the picture is a drawing."""


@dataclass(slots=True)
class Sheet:
    """Everything that the layout of one page is made from."""

    width: float
    height: float
    tokens: list[Token]
    regions: list[Region] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    """Areas painted in one colour: shaded rows, bars of a chart."""
    pictures: list[Box] = field(default_factory=list)
    margins: frozenset[str] | None = None
    """Words, by `margin_word`, in the margins of the pages around; None if there are no others."""
    earlier: frozenset[str] = frozenset()
    """Those of them in the margins of the pages before: what they said need not be said again."""
    hidden: list[str] = field(default_factory=list)
    has_ink: bool = False
    """Something other than text is on the page."""
    frame: Frame | None = None
    """How the page lies as it is shown, if that is not how it reads."""
    trouble: str = ""
    """What went wrong when the page was painted."""
    unsure: list[str] = field(default_factory=list)
    """Words that OCR is not certain of."""
    shapeless: list[Box] = field(default_factory=list)
    """Where boxes are printed, because a font has no shape for what should stand there."""
    unpainted: float = 0.0
    """Part of the text layer that is not painted."""
    unmapped: float = 0.0
    """Part of the text layer whose font does not say which letters its glyphs are."""
    notes: list[str] = field(default_factory=list)
    """What else is to be told of the page: print set apart, pictures that were not read."""
    read_pictures: list[ReadPicture] = field(default_factory=list)
    parts: list[Sheet] = field(default_factory=list)
    """Tables that lie on their side, each as a page of its own; its frame says where it lies."""
    remarks: list[tuple[Box, str]] = field(default_factory=list)
    """What readers have noted on the page."""
    label: str = ""
    """Of the page, as the file has it, if that is not its number."""
    widgets: list[Box] = field(default_factory=list)
    """The places of a form's fields that hold text."""
    is_altered: bool = False
    """The words are not those that the page has in its place: the layout model must see these."""
    scanned: str = ""
    """Why the words were read from the image, or nothing; then `detail` says how well."""
    detail: str = ""

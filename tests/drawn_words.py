"""Words of a page as the layout gets them, set by a test without a document."""

from __future__ import annotations

from loaders.pages.page_layout import Rule, Token
from loaders.reading.tables.cell_phrases import Phrase, TableLine
from loaders.reading.tables.table_grid import Cell

SIZE = 10.0
WIDE, SPACE = 5.0, 3.0
"""Of a letter and of the white between words, whatever the size."""


def words_at(
    x: float, y: float, text: str, *, size: float = SIZE, bold: bool = False
) -> list[Token]:
    """The words of a line that begins at x on the baseline y."""
    found = []
    for word in text.split(" "):
        right = x + WIDE * len(word)
        box = (x, y - 0.8 * size, right, y + 0.2 * size)
        found.append(Token(word, box, baseline=y, size=size, bold=bold, line=int(y)))
        x = right + SPACE
    return found


def phrase(
    x: float, text: str, y: float = 100.0, *, size: float = SIZE, bold: bool = False
) -> Phrase:
    return Phrase(words_at(x, y, text, size=size, bold=bold))


def table_line(y: float, *phrases: tuple[float, str]) -> TableLine:
    """Phrases by the place where they begin."""
    return TableLine([phrase(x, text, y) for x, text in phrases])


def cell(row: int, column: int, x: float, text: str, columns: int = 1) -> Cell:
    """A cell of one line; rows stand 14 points apart."""
    return Cell(row, column, columns=columns, phrases=[phrase(x, text, 100.0 + 14 * row)])


def level(y: float, left: float, right: float) -> Rule:
    """A horizontal rule."""
    return Rule((left, y, right, y + 0.5))


def upright(x: float, top: float, bottom: float) -> Rule:
    """A vertical rule."""
    return Rule((x, top, x + 0.5, bottom))

"""A word broken without a hyphen is mended where the spaces at other line ends are printed."""

from __future__ import annotations

import pytest

from loaders.reading.tables.broken_words import mend_broken
from loaders.reading.tables.cell_phrases import Phrase
from loaders.reading.tables.table_grid import Cell, Grid
from tests.drawn_words import phrase

LINES = "commissionin|g protocol|Installation |manual and |certificate |of the owner"


def mended(text: str) -> str:
    """The cell of these lines; one that ends with a space has it printed."""
    lines = text.split("|")
    phrases: list[Phrase] = []
    for number, line in enumerate(lines):
        phrases.append(phrase(50, line.strip(), 100 + 12 * number))
        phrases[-1].tokens[0].unparted = number > 0 and not lines[number - 1].endswith(" ")
    grid = Grid(1, 1, [Cell(0, 0, phrases=phrases)])
    mend_broken(grid)
    return grid.cells[0].text()


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (LINES, "commissioning protocol Installation manual and certificate of the owner"),
        (LINES.replace(" |", "|"), LINES.replace(" |", "|").replace("|", " ")),
        (
            "Telecommunic|ations and |no|more to |say of |it",
            "Telecommunications and no more to say of it",
        ),
    ],
)
def test_only_a_full_line_without_a_space_is_broken(lines: str, text: str) -> None:
    assert mended(lines) == text


def test_a_word_broken_twice_is_one() -> None:
    assert mended("responsib|ilitiesof|yours and |of all |the |rest") == (
        "responsibilitiesofyours and of all the rest"
    )

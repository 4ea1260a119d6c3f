"""Values as people say them, and whether two cells say the same."""

from __future__ import annotations

import pytest

from graph.offline.table_view import FoundCell, views_of
from graph.offline.wording import is_same_value, label_of, marked, use, value_of
from tests.passages import evidence
from tests.reports import INVESTMENTS, KEY_FIGURES, PINS, table


def cell_of(text: str, row: str, column: str) -> FoundCell:
    [view] = views_of(evidence("?", text).sources)
    found = (view.found(cell) for cell in view.cells.values())
    return next(one for one in found if one.row.label == row and one.column.label == column)


@pytest.mark.parametrize(
    ("text", "row", "column", "language", "said"),
    [
        (KEY_FIGURES, "Revenue", "2024", "en", "€215.5 million"),
        (KEY_FIGURES, "Revenue", "2024", "de", "215.5 Mio. €"),
        (KEY_FIGURES, "Headcount", "2024", "en", "1,260"),
        (PINS, "Supply current", "Max", "en", "4.8 mA"),
        (INVESTMENTS, "Road", "Cost", "en", "€800 thousand"),
    ],
)
def test_a_value_has_its_unit_and_scale(
    text: str, row: str, column: str, language: str, said: str
) -> None:
    assert value_of(cell_of(text, row, column), language) == said


def test_a_cell_as_it_is_cited() -> None:
    cell = cell_of(KEY_FIGURES, "Net debt", "2023")
    assert label_of(cell) == "Net debt, 2023"
    assert label_of(cell, leave_out=["2023"]) == "Net debt"
    assert marked([cell, cell]) == "[1]"
    assert use(cell).quote == "Net debt › 2023 = 88.0"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("€ 1.2 million", "€ 1,200 thousand", True),
        ("€ 1.2 million", "€ 1,234 thousand", True),
        ("€ 1.2 million", "€ 1,260 thousand", False),
        ("€ 1.2 million", "$ 1.2 million", False),
        ("12 %", "12", False),
        ("out of stock", "out of  stock", True),
        ("out of stock", "available", False),
    ],
    ids=[
        "other scale",
        "rounded",
        "not rounded",
        "other currency",
        "percent",
        "text",
        "other text",
    ],
)
def test_two_cells_that_say_the_same(one: str, other: str, *, is_same: bool) -> None:
    cells = [cell_of(table("T", "|2024", f"x|{text}"), "x", "2024") for text in (one, other)]
    assert is_same_value(*cells) == is_same

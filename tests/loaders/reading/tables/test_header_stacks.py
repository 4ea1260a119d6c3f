from __future__ import annotations

from loaders.pages.page_layout import Rule
from loaders.reading.tables.header_stacks import fill, stack
from loaders.reading.tables.table_grid import Cell, Grid
from tests.drawn_words import cell, level


def stacked(*heads: Cell, header: int, rules: tuple[Rule, ...] = ()) -> dict[str, tuple[int, int]]:
    """First row and number of rows of each name, over three columns."""
    made = Grid(4, header, list(heads), [150.0, 250.0, 350.0], left=50.0, right=450.0)
    made.header = header
    stack(made, rules)
    fill(made)
    return {one.text(): (one.row, one.rows) for one in made.cells}


LINES = [cell(0, 1, 200, "Received"), cell(1, 1, 205, "from members")]


def test_two_lines_of_one_name_are_one_header() -> None:
    assert stacked(*LINES, header=2) == {"Received from members": (0, 2)}


def test_a_rule_parts_two_names() -> None:
    lines = [cell(0, 1, 200, "Received"), cell(1, 1, 205, "from members")]
    found = stacked(*lines, header=2, rules=(level(104, 150, 250),))
    assert found == {"Received": (0, 1), "from members": (1, 1)}


def test_a_name_beside_a_spanning_one_fills_both_rows() -> None:
    top = cell(0, 2, 265, "Group", columns=2)
    years = [cell(1, n, 220 + 50 * n, str(2022 + n)) for n in (2, 3)]
    found = stacked(top, *years, cell(1, 1, 210, "Note"), header=2)
    assert found == {"Group": (0, 1), "2024": (1, 1), "2025": (1, 1), "Note": (0, 2)}

"""Tables in the terminal: what is cited is always to be seen."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from graph.answer import CellReference
from loaders.chunking.table import Table
from pagewise.terminal.table_view import MARK, cited_places, draw_part, draw_whole


def wide_table() -> Table:
    """Thirty rows and twenty columns."""
    head = "".join(f"<th>Year {2000 + column}</th>" for column in range(20))
    rows = "".join(
        f"<tr><th>Plant {row}</th>" + "".join(f"<td>{row}.{c}</td>" for c in range(20)) + "</tr>"
        for row in range(30)
    )
    return Table.from_html(
        f"<table><thead><tr><th>Plant</th>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def drawn(table: Table, width: int, cells: list[CellReference], most_rows: int = 0) -> str:
    screen = Console(file=io.StringIO(), width=width)
    marked = cited_places(table, cells)
    if most_rows:
        screen.print(draw_part(table, marked, width=width, most_rows=most_rows))
    else:
        screen.print(*draw_whole(table, marked, width=width))
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


@pytest.mark.parametrize("width", [40, 74, 200])
def test_a_cited_cell_its_row_and_its_column_are_shown_at_any_width(width: int) -> None:
    cell = CellReference(row=("Plant 17",), column=("Year 2012",), value="17.12")
    printed = drawn(wide_table(), width, [cell], most_rows=7)
    assert f"{MARK}17.12" in printed
    assert "Plant 17" in printed
    assert "2012" in printed
    assert "…" in printed
    assert max(map(len, printed.splitlines())) <= width


def test_cells_far_apart_are_both_shown() -> None:
    cells = [
        CellReference(row=("Plant 0",), column=("Year 2000",), value="0.0"),
        CellReference(row=("Plant 29",), column=("Year 2019",), value="29.19"),
    ]
    printed = drawn(wide_table(), 74, cells, most_rows=4)
    assert f"{MARK}0.0" in printed
    assert f"{MARK}29.19" in printed


@pytest.mark.parametrize("width", [40, 74, 200])
def test_a_whole_table_has_all_its_cells_and_labels(width: int) -> None:
    printed = drawn(wide_table(), width, [])
    words = printed.split()
    assert all(f"{row}.{column}" in words for row in range(30) for column in range(20))
    assert all(str(2000 + column) in words for column in range(20))
    assert printed.count("Plant 17") == printed.count("Plant 3 ") > 0
    assert "…" not in printed
    assert max(map(len, printed.splitlines())) <= width


def test_a_cell_that_is_not_in_the_table_marks_nothing() -> None:
    missing = CellReference(row=("Plant 99",), column=("Year 2012",), value="1")
    assert MARK not in drawn(wide_table(), 74, [missing])


def test_a_table_cannot_steer_the_terminal() -> None:
    table = Table.from_rows([["a\x1b[2J", "[red]b"], ["\x07x", "1"]], head_rows=1)
    printed = drawn(table, 60, [])
    assert "\x1b" not in printed
    assert "\x07" not in printed
    assert "[red]b" in printed


@pytest.mark.parametrize("width", range(40, 80))
def test_nothing_is_left_out_that_has_room(width: int) -> None:
    table = Table.from_html(
        "<table><thead><tr><th rowspan=2>Segment</th><th colspan=2>2025</th><th colspan=2>2024</th>"
        "</tr><tr><th>Revenue</th><th>Profit</th><th>Revenue</th><th>Profit</th></tr></thead>"
        "<tbody><tr><th>Corporate</th><td>6</td><td>9.4</td><td>(5.1)</td><td>8.6</td></tr>"
        "<tr><th>Group</th><td>385.8</td><td>52.6</td><td>343.4</td><td>38.8</td></tr></tbody>"
        "</table>"
    )
    cell = CellReference(row=("Group",), column=("2025", "Profit"), value="52.6")
    whole = max(map(len, drawn(table, 200, [cell], most_rows=7).splitlines()))
    printed = drawn(table, width, [cell], most_rows=7)
    assert ("…" in printed) == (width < whole)
    assert max(map(len, printed.splitlines())) <= width
    assert f"{MARK}52.6" in printed

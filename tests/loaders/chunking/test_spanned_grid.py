from __future__ import annotations

from loaders.chunking.spanned_grid import RawCell, place


def test_a_span_from_above_moves_what_follows_to_the_right() -> None:
    grid = place([[RawCell("a", rowspan=2), RawCell("b")], [RawCell("c")]])
    assert grid.rows() == [["a", "b"], ["", "c"]]
    assert [cell.text for cell in grid.row(1)] == ["a", "c"]
    owner = grid.at(1, 0)
    assert owner is not None
    assert owner.text == "a"


def test_spans_into_nothing_are_cut() -> None:
    grid = place([[RawCell("a", rowspan=9, colspan=9)], [RawCell("b")]])
    assert (grid.height, grid.width) == (2, 2)
    assert (grid.cells[0].rowspan, grid.cells[0].colspan) == (2, 1)


def test_a_span_stops_where_it_runs_into_one_from_above() -> None:
    top = [RawCell("a"), RawCell("b", rowspan=2), RawCell("c")]
    grid = place([top, [RawCell("d", colspan=3), RawCell("e")]])
    assert grid.rows() == [["a", "b", "c"], ["d", "", "e"]]
    assert grid.cells[3].colspan == 1


def test_a_column_that_nobody_starts_goes() -> None:
    grid = place([[RawCell("a", colspan=3), RawCell("b")], [RawCell("c", colspan=3), RawCell("d")]])
    assert grid.width == 2
    assert [cell.colspan for cell in grid.cells] == [1, 1, 1, 1]


def test_a_position_that_no_cell_covers_is_empty() -> None:
    grid = place([[RawCell("a"), RawCell("b")], [RawCell("c")]])
    assert grid.at(1, 1) is None
    assert grid.rows()[1] == ["c", ""]


def test_nothing_makes_no_grid() -> None:
    assert (place([]).height, place([[]]).width) == (0, 0)


def test_a_hostile_span_costs_no_more_than_its_own_length() -> None:
    rows = [[RawCell("x", rowspan=999_999, colspan=999_999)] for _ in range(50)]
    grid = place(rows)
    assert [cell.text for cell in grid.cells] == ["x"] * 50
    assert grid.width * grid.height <= 50 * 50


def test_a_row_with_too_many_cells_goes_on_in_another() -> None:
    grid = place([[RawCell(str(number)) for number in range(1200)]])
    assert grid.height == 3
    assert [cell.text for cell in grid.cells] == [str(number) for number in range(1200)]

from __future__ import annotations

import pytest

from loaders.chunking.header_detection import HeaderFinder, Headers, Kind, kind_of
from loaders.chunking.spanned_grid import RawCell, place


def found(*rows: str, head_rows: int = 0) -> Headers:
    """Rows whose cells are parted by bars."""
    grid = place([[RawCell(text.strip()) for text in row.split("|")] for row in rows])
    return HeaderFinder(grid).find(head_rows)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Net sales", Kind.TEXT),
        ("12 months ended", Kind.TEXT),
        ("2023", Kind.YEAR),
        ("2024 TEUR", Kind.YEAR),
        ("1,204.5", Kind.VALUE),
        ("(88)", Kind.VALUE),
        ("n/a", Kind.MISSING),
        ("$", Kind.MARK),
        ("%", Kind.MARK),
        ("  ", Kind.BLANK),
    ],
)
def test_what_a_text_looks_like(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


def test_names_over_values_are_a_header_and_the_first_column_names_the_rows() -> None:
    assert found("Site | Staff | Rent", "Leeds | 40 | 12", "Hull | 7 | 9") == Headers(1, 1)


def test_years_are_a_header_only_where_values_stand_beneath_them() -> None:
    assert found(" | 2023 | 2024", "Sales | 5 | 6", "Costs | 3 | 4").rows == 1
    assert found("Founded | 1998", "Leader | Ada Obi", "Seat | Hull").rows == 0


def test_a_group_below_the_header_is_no_header() -> None:
    rows = " | 2023 | 2024", "Assets | | ", "Cash | 5 | 6", "Ships | 3 | 4"
    assert found(*rows).rows == 1


def test_a_row_of_units_goes_on_with_the_header() -> None:
    rows = " | Staff | Rent", " | persons | € million", "Leeds | 40 | 12", "Hull | 7 | 9"
    assert found(*rows).rows == 2


def test_a_form_of_two_columns_has_no_header() -> None:
    rows = (
        "公司注册地址 | 上海",
        "公司办公地址 | 北京",
        "公司网址 | www.example.com",
        "公司邮箱 | a@b.c",
    )
    assert found(*rows).rows == 0


def test_what_stands_in_a_thead_is_the_header_whatever_it_holds() -> None:
    assert found("1 | 2", "Leeds | 40", "Hull | 7", head_rows=1).rows == 1


def test_labels_that_repeat_need_a_second_column_to_tell_rows_apart() -> None:
    rows = "Site | Kind | Staff", "Leeds | Office | 40", "Leeds | Yard | 3", "Hull | Yard | 7"
    assert found(*rows) == Headers(1, 2)


def test_a_first_column_of_measurements_names_no_rows() -> None:
    assert found("Depth | Pressure", "0.5 | 1.2", "1.5 | 2.2", "2.5 | 3.1").columns == 0


def test_a_row_with_nothing_but_a_name_is_a_group_and_one_with_a_value_is_none() -> None:
    rows = [["Site", "Staff", "Rent"], ["North", "", ""], ["Leeds", "40", "12"], ["", "", "12"]]
    finder = HeaderFinder(place([[RawCell(text) for text in row] for row in rows]))
    assert [finder.is_group_row(row) for row in range(4)] == [False, True, False, False]


@pytest.mark.parametrize("rows", [[], ["Site | Staff"]])
def test_one_row_alone_is_no_header(rows: list[str]) -> None:
    assert found(*rows).rows == 0

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.table_qa.aggregates import Item
from graph.table_qa.measure import CalculationError, MeasuredValue
from graph.table_qa.row_selection import Selection, select_rows, totals_among
from tests.passages import PROSE, evidence

SITES = """Sites
<table><thead><tr><th>Site</th><th>Country</th><th>Staff</th><th>Rent</th></tr></thead><tbody>
<tr><td>Leeds</td><td>United Kingdom</td><td>40</td><td>€ 12</td></tr>
<tr><td>Hull</td><td>United Kingdom</td><td>7</td><td>n/a</td></tr>
<tr><td>Galway</td><td>Ireland</td><td>53</td><td>€ 9</td></tr>
<tr><td>Total</td><td></td><td>100</td><td>€ 21</td></tr></tbody></table>"""


def selected(column: str, *where: str) -> Selection:
    sources = evidence("?", SITES).sources
    return select_rows(sources[0], sources, column, where)


def labels(column: str, *where: str) -> list[str]:
    return [item.label.split(" › ")[0] for item in selected(column, *where).items]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (["Country = United Kingdom"], ["Leeds", "Hull"]),
        (["Country ≠ United Kingdom", "row != Total"], ["Galway"]),
        (["Staff >= 40", "row != Total"], ["Leeds", "Galway"]),
        (["Staff < 40"], ["Hull"]),
        (["Country ~ kingdom"], ["Leeds", "Hull"]),
        (["Site = Galway"], ["Galway"]),
    ],
)
def test_rows_are_taken_that_meet_all_conditions(where: list[str], expected: list[str]) -> None:
    assert labels("Staff", *where) == expected


def test_the_values_of_a_column_come_with_their_units() -> None:
    values = [item.measure for item in selected("Rent", "row != Total").items if item.measure]
    assert [one.value for one in values] == [12, 9]
    assert {one.unit.currency for one in values} == {"EUR"}


def test_cells_without_a_number_are_left_out_and_counted() -> None:
    assert any("left out: 1" in note for note in selected("Rent", "row != Total").notes)


def test_rows_are_counted_by_a_column_of_words_too() -> None:
    found = selected("Country", "Country = United Kingdom").items
    assert [(item.measure, item.label.split(" › ")[0]) for item in found] == [
        (None, "Leeds"),
        (None, "Hull"),
    ]


def test_a_total_among_the_rows_is_told() -> None:
    assert any("“Total” equals the sum" in note for note in selected("Staff").notes)
    assert selected("Staff", "row != Total").notes == []


def test_without_a_column_rows_are_taken_alone() -> None:
    found = selected("", "Country = Ireland").items
    assert [item.measure for item in found] == [None]


def test_an_unknown_column_and_what_is_no_condition_are_refused() -> None:
    with pytest.raises(CalculationError, match=r"there are: .*Staff"):
        selected("Profit")
    with pytest.raises(CalculationError, match="is no condition"):
        selected("Staff", "in Ireland")
    sources = evidence("?", PROSE).sources
    with pytest.raises(CalculationError, match="has no table"):
        select_rows(sources[0], sources, "Staff", [])


def test_totals_are_sums_of_those_right_before_them_or_of_all() -> None:
    def items(*numbers: int) -> list[Item]:
        return [Item(MeasuredValue(Decimal(n)), f"{place}: {n}") for place, n in enumerate(numbers)]

    assert totals_among(items(1, 2, 3, 4, 5, 9, 12)) == ["2: 3", "5: 9", "6: 12"]
    assert totals_among(items(4, 4)) == []
    assert totals_among(items(0, 0, 0)) == []

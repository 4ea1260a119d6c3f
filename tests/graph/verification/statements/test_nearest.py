from __future__ import annotations

from graph.answer import CellReference
from graph.draft import Use
from graph.evidence.sources import number_sources
from graph.verification.statements.nearest import nearest
from tests.passages import PROSE, STATEMENT, chunk

TABLE, TEXT = number_sources([chunk(STATEMENT), chunk(PROSE.replace(". ", ".\n"))])


def test_the_cell_with_the_most_of_the_words_is_the_place() -> None:
    assert nearest(TABLE, "The gross profit of 2022 was high").cell == CellReference(
        row=("Gross profit",), column=("Year ended December 31,", "2022"), value="2,200"
    )


def test_a_place_with_a_value_of_the_answer_goes_before_all_others() -> None:
    found = nearest(TABLE, "The gross profit of 2022 was 1,600")
    assert found.cell is not None
    assert found.cell.value == "1,600"


def test_a_line_of_prose_is_quoted_as_it_stands() -> None:
    assert nearest(TEXT, "Its temperature is 0.6") == Use(
        marker=2, quote="Sampling uses a temperature of 0.6."
    )


def test_years_and_days_are_no_values() -> None:
    found = nearest(TABLE, "On 31 December 2021 net sales")
    assert found.cell is not None
    assert found.cell.row == ("Net sales",)


def test_an_answer_that_shares_nothing_has_no_place() -> None:
    assert nearest(TEXT, "乙") == Use(marker=2, quote="")

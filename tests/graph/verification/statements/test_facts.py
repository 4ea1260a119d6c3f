from __future__ import annotations

from decimal import Decimal

import pytest

from graph.verification.statements.facts import content_of, facts_of, periods_of, years_of
from tests.passages import PROSE, STATEMENT, evidence

[TABLE, TEXT] = evidence("?", STATEMENT, PROSE).sources


def test_a_table_is_told_cell_by_cell_with_what_heads_it() -> None:
    cells = {fact.heads: fact for fact in facts_of(TABLE) if fact.cell}
    fact = cells["Net sales › Year ended December 31, › 2022"]
    assert fact.periods == {"2022"}
    assert {"net", "sale"} <= {word[:4] for word in fact.words}
    [number] = fact.numbers
    assert fact.values(number) == {Decimal(5000)}
    said = fact.said(number)
    assert (said.scale, said.currency) == (Decimal(10) ** 6, "USD")


def test_a_negative_cell_has_its_value_without_the_sign() -> None:
    [fact] = [one for one in facts_of(TABLE) if one.cell and one.cell.text == "(600)"]
    assert fact.values(fact.numbers[0]) == {Decimal(600)}


def test_prose_is_told_sentence_by_sentence() -> None:
    told = [fact.text for fact in facts_of(TEXT) if "temperature" in fact.text]
    assert told == ["Sampling uses a temperature of 0.6."]


def test_a_sentence_measures_if_it_has_more_than_years_and_names() -> None:
    first, length = (
        next(fact for fact in facts_of(TEXT) if word in fact.text)
        for word in ("policy gradients", "maximum")
    )
    assert not first.is_figure
    assert length.is_figure


def test_facts_of_one_source_are_kept_and_those_of_an_equal_one_are_its_own() -> None:
    [again, _] = evidence("?", STATEMENT, PROSE).sources
    assert facts_of(TABLE) is facts_of(TABLE)
    assert facts_of(again)[0].source is again


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("in Q2 2022", {"q2", "2022"}),
        ("2023/24", {"2023", "2024"}),
        ("2019–21", {"2019", "2021"}),
        ("H1", {"h1"}),
        ("2,021 boats", set()),
        ("12345", set()),
    ],
)
def test_periods_are_years_and_quarters(text: str, periods: set[str]) -> None:
    assert periods_of(text) == periods
    assert years_of(periods_of(text)) == {one for one in periods if one.isdigit()}


def test_content_words_are_neither_stop_words_nor_numbers() -> None:
    assert content_of("The dues of 2023 were 5") == content_of("due")

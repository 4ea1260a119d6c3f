from __future__ import annotations

from decimal import Decimal

import pytest

from graph.verification.statements.statement import (
    is_period,
    plain_digits,
    without_list_numbers,
)
from loaders.text.quantities import numbers_in
from tests.passages import PROSE, STATEMENT, stated

OTHER = "Vesi sold 40 boats in 2021."


def texts(answer: str) -> list[str]:
    return [" ".join(one.text.split()) for one in stated(answer, "?", PROSE, OTHER)]


def test_sentences_are_cut_at_full_stops_and_not_after_what_they_cut_short() -> None:
    assert texts("It is No. 5 of J. Berg. On the 5. May it rose.\nAgain") == [
        "It is No. 5 of J. Berg.",
        "On the 5. May it rose.",
        "Again",
    ]


def test_a_sentence_is_held_against_what_it_cites_or_all_that_is_cited() -> None:
    cited, bare = stated("It is 40. [2] And 0.6.", "?", PROSE, OTHER)
    assert [source.number for source in cited.sources] == [2]
    assert [source.number for source in bare.sources] == [1, 2]
    assert "[2]" not in cited.text


def test_parts_that_cite_each_their_own_source_are_held_by_themselves() -> None:
    first, second = stated("It is 0.6 [1] and 40 [2].", "?", PROSE, OTHER)
    assert [one.sources[0].number for one in (first, second)] == [1, 2]
    assert first.whole == second.whole


def test_rows_of_a_markdown_table_say_what_heads_each_cell() -> None:
    answer = "| Year | Net sales |\n|---|---|\n| 2021 | 4,000 |"
    assert texts(answer) == ["year 2021; net sales 4,000"]


def test_numbers_of_a_list_are_no_numbers_of_the_answer() -> None:
    assert without_list_numbers("1. One\n2. Two\n3) Three") == " One\n Two\n Three"
    assert without_list_numbers("1. One, 2. Two; 3. Three") == " One,  Two;  Three"
    assert without_list_numbers("4. May\n7. June") == "4. May\n7. June"


def test_a_sentence_reads_numbers_as_its_language_writes_them() -> None:
    [english] = stated("Net sales were 13,437 and they rose again. [1]", "What were they?", PROSE)
    assert [one.readings for one in english.values] == [(Decimal(13437),)]
    [german] = stated("Der Umsatz betrug 13,437 und ist wieder gestiegen. [1]", "Umsatz?", PROSE)
    assert [one.readings for one in german.values] == [(Decimal("13.437"),)]


def test_years_and_digits_of_names_are_no_values() -> None:
    [one] = stated("In 2021 the L-7B had 4,000 tokens.", "?", PROSE)
    assert [number.text for number in one.values] == ["4,000"]
    assert is_period(numbers_in("in 2021")[0])
    assert not is_period(numbers_in("2,021")[0])


def test_periods_are_those_of_the_sentence_or_of_the_question() -> None:
    [own] = stated("It was 5 in 2021.", "What was it in 2022?", STATEMENT)
    [asked] = stated("It was 5.", "What was it in 2022?", STATEMENT)
    assert [own.periods, asked.periods] == [{"2021"}, {"2022"}]


def test_words_are_near_the_number_that_they_stand_beside() -> None:
    [one] = stated("Sales were 4,000 boats and profit 1,600.", "?", STATEMENT)
    first, second = one.values
    assert "sale" in {key[:4] for key in one.near(first)}
    assert "profit" in one.near(second)
    assert "profit" not in one.near(first) - one.near(second)
    assert one.clause(one.text.find("profit")) == one.text


@pytest.mark.parametrize(
    ("text", "plain"),
    [("١٢٫٥٪", "12.5%"), ("m² of 5", "m² of 5"), ("①", "1"), ("５", "5"), ("498²", "498²")],
)
def test_digits_of_every_script_are_read(text: str, plain: str) -> None:
    assert plain_digits(text) == plain

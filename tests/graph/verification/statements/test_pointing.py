from __future__ import annotations

from graph.verification.statements.facts import Fact
from graph.verification.statements.pointing import (
    Label,
    is_accounted_for,
    is_elsewhere,
    is_of_another,
    periods_told,
)
from graph.verification.statements.statement import Statement
from loaders.text.quantities import Mention
from tests.passages import STATEMENT, stated

TEXT = """Leeds sold 40 boats in 2021 and 55 boats in 2022. Cranes cost 900 euros a day. \
There are 312 sites. \
There are 9 employees. Anna Berg leads the yard of 70 people."""


def said(text: str, source: str = TEXT) -> tuple[Statement, Mention]:
    [one] = stated(text, "What is said?", source)
    return one, one.values[0]


def fact_with(statement: Statement, word: str) -> tuple[Fact, Mention]:
    return next(
        (fact, number) for fact in statement.facts for number in fact.numbers if number.text == word
    )


def elsewhere(text: str, number: str) -> bool:
    statement, mention = said(text)
    return is_elsewhere(statement, mention, [fact_with(statement, number)[0]])


def test_words_beside_a_number_point_to_their_own_sentence() -> None:
    assert elsewhere("Cranes for a day cost 70 euros.", "70")
    assert not elsewhere("Cranes for a day cost 900 euros.", "900")
    assert not elsewhere("It is 900.", "900")


def test_a_sentence_that_names_a_cells_row_points_there() -> None:
    statement, mention = said("The gross profit was 1,600.", STATEMENT)
    fact, _ = fact_with(statement, "1,600")
    assert not is_elsewhere(statement, mention, [fact])


def of_another(text: str, number: str) -> bool:
    statement, _ = said(text)
    mention = next(one for one in statement.values if one.text == number)
    return is_of_another(statement, mention, fact_with(statement, number))


def test_a_number_that_the_source_gives_to_another_year_is_told() -> None:
    assert of_another("Leeds sold 55 boats in 2021.", "55")
    assert not of_another("Leeds sold 55 boats in 2022.", "55")
    assert not of_another("Leeds sold 55 boats.", "55")


def test_numbers_and_years_are_paired_in_their_order() -> None:
    assert not of_another("In 2021 it was 40, in 2022 55 boats.", "55")
    assert of_another("In 2021 it was 55, in 2022 40 boats.", "55")


def test_the_source_must_have_a_word_of_the_sentence() -> None:
    statement, mention = said("The dividend rose to 900.")
    assert not is_accounted_for(statement, mention, [fact_with(statement, "900")[0]])
    statement, mention = said("A crane costs 900.")
    assert is_accounted_for(statement, mention, [fact_with(statement, "900")[0]])


def test_periods_have_their_places() -> None:
    assert periods_told("from 2021 to Q2 2022") == [
        Label("2021", 5),
        Label("q2", 13),
        Label("2022", 16),
    ]

from __future__ import annotations

import pytest

from graph.verification.checks.cell_check import is_value, wrong_cell_numbers
from graph.verification.statements.facts import facts_of
from loaders.text.quantities import numbers_in
from tests.passages import MODELS, PROSE, STATEMENT, evidence, stated

HOURS = """Hours
<table><tr><th>Yard</th><th>Open</th></tr><tr><td>North</td><td>10:00-17:00</td></tr>
<tr><td>South</td><td>9:00-16:30</td></tr></table>"""


def wrong(text: str, question: str = "What is said?", *tables: str) -> list[str]:
    [one] = stated(text, question, *(tables or (STATEMENT, MODELS)))
    return [number.text for number, _ in wrong_cell_numbers(one, one.values)]


@pytest.mark.parametrize(
    "text",
    [
        "Net sales were 5,000 in 2022.",
        "Net sales were 4,000 in 2021 and 5,000 in 2022.",
        "V3 scores 88.5 on QuizBench.",
    ],
)
def test_a_number_of_the_named_row_and_column_stands(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Net sales were 5,000 in 2021.", ["5,000"]),
        ("Gross profit was 5,000 in 2022.", ["5,000"]),
        ("Net sales were 5,000 in 2021 and 4,000 in 2022.", ["5,000", "4,000"]),
    ],
)
def test_a_number_of_another_row_or_column_is_told(text: str, numbers: list[str]) -> None:
    assert wrong(text) == numbers


def test_what_a_sentence_with_one_number_leaves_unsaid_the_question_says() -> None:
    assert wrong("They were 5,000.", "What were net sales in 2022?") == []
    assert wrong("They were 5,000.", "What were net sales in 2021?") == ["5,000"]


def test_without_a_table_there_is_nothing_to_hold_it_against() -> None:
    assert wrong("It was 5,000.", "?", PROSE) == []


def test_a_cell_of_several_numbers_must_be_given_whole() -> None:
    assert wrong("North is open 10:00-17:00.", "?", HOURS) == []
    assert wrong("South is open 10:00-17:00.", "?", HOURS) != []


def test_a_cell_holds_a_number_as_written_or_with_its_scale() -> None:
    cell = next(
        fact.cell
        for fact in facts_of(evidence("?", STATEMENT).sources[0])
        if fact.cell and fact.cell.text == "$ 5,000"
    )
    assert is_value(numbers_in("5,000")[0], cell)
    assert is_value(numbers_in("5 billion")[0], cell)
    assert not is_value(numbers_in("4,000")[0], cell)

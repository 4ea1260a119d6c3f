from __future__ import annotations

import pytest

from graph.query.query_cleaning import subject_of, without_instructions


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("What was revenue? Round to two decimals.", "What was revenue?"),
        ("What was revenue (in millions)?", "What was revenue ?"),
        ("Wie hoch war der Umsatz? Bitte runde auf ganze Euro.", "Wie hoch war der Umsatz?"),
        ("Quel est le résultat ? Veuillez arrondir.", "Quel est le résultat ?"),
        ("¿Cuál es el resultado? Redondea a enteros.", "¿Cuál es el resultado?"),
        ("营业收入是多少？请保留两位小数", "营业收入是多少？"),
        ("Give the revenue of Acme.", "Give the revenue of Acme."),  # nothing else asks
    ],
)
def test_what_tells_of_the_answers_form_is_no_part_of_the_question(
    question: str, kept: str
) -> None:
    assert squeezed(without_instructions(question)) == kept


def test_every_word_keeps_its_place() -> None:
    question = "What was revenue (in millions) in 2020?"
    bare = without_instructions(question)
    assert len(bare) == len(question)
    assert bare.index("2020") == question.index("2020")


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("How many people agreed in the 2019 household survey?", "How many people agreed ?"),
        ("What was capex according to the cash flow statement?", "What was capex ?"),
        ("Wie hoch war der Gewinn laut der Studie?", "Wie hoch war der Gewinn ?"),
        ("How many models score more than 40 on Quiz?", "How many models score on Quiz?"),
        ("Which events came after 2019?", "Which events came after 2019?"),
        ("2019年营业收入是多少", "2019 营业收入"),
        ("In the report?", "In the report?"),  # nothing would be left
    ],
)
def test_the_subject_says_neither_where_it_stands_nor_how_much(question: str, subject: str) -> None:
    assert squeezed(subject_of(question)) == subject

"""A sentence is quoted only if it says all that is asked, and is of the kind that is asked for."""

from __future__ import annotations

import pytest

from tests.passages import answer, drafted
from tests.reports import HANDBOOK, document


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many days of annual leave do employees have?",
         "Employees have 28 days of annual leave."),
        ("Who is the chief executive of Larkby?", "Anna Berg is chief executive of Larkby plc."),
        ("Who is the CEO of Larkby?", "Anna Berg is chief executive of Larkby plc."),
        ("Why was the pilot stopped?", "The pilot was stopped because the supplier went bankrupt."),
        ("Where is the head office of Larkby?", "The head office of Larkby plc is in Malmö."),
        ("How long is the notice period?", "The notice period is three months."),
        ("What is reimbursed in full?", "Travel by train is reimbursed in full."),
        ("Are taxis reimbursed?", "Taxis and private cars are not reimbursed."),
        ("Which cars are not reimbursed?", "Taxis and private cars are not reimbursed."),
    ],
    ids=[
        "a count", "a person", "a person by another name", "a reason", "a place",
        "a number in words", "what is said", "no to a yes or no", "what is denied",
    ],
)  # fmt: skip
def test_a_sentence_that_says_all_is_quoted(question: str, said: str) -> None:
    draft = drafted(question, *document("handbook.pdf", HANDBOOK))
    assert draft.kind == "quote"
    assert draft.text == f"{said} [1]"
    assert [use.quote for use in draft.uses] == [said]


@pytest.mark.parametrize(
    "question",
    [
        "How many days of annual leave do managers have?",
        "Who is the chief financial officer of Larkby?",
        "Who is the chief executive of Norvale?",
        "Why was the pilot started?",
        "How long was the pilot?",
        "Where is the warehouse of Larkby?",
        "Which cars are reimbursed?",
        "Which travel by train is not reimbursed?",
        "How many cars are reimbursed?",
        "How much was annual leave in 2024?",
    ],
    ids=[
        "others than are asked of", "another office", "another company", "the opposite",
        "no number in it", "another place", "what is denied for what is",
        "what is for what is denied",
        "no count in it", "a year that it does not say",
    ],
)  # fmt: skip
def test_a_sentence_that_says_less_is_not(question: str) -> None:
    assert drafted(question, *document("handbook.pdf", HANDBOOK)).abstained


def test_two_sentences_that_differ_are_not_quoted() -> None:
    other = "Employees have 30 days of annual leave."
    assert answer("How many days of annual leave do employees have?", HANDBOOK, other) == ""


def test_who_is_told_where_the_document_alone_accounts_for_the_rest() -> None:
    paper = document("Oyster beds.pdf", "This work was funded by the Arden Harbour Trust in 2014.")
    assert "Arden Harbour Trust" in drafted("Who funded the oyster study?", *paper).text


def test_a_count_of_something_else_is_not_told_of_a_document() -> None:
    handbook = document("Birch handbook.pdf", "The week of a full-time employee has 38.5 hours.")
    assert drafted("How many employees does Birch have?", *handbook).abstained


def test_an_amendment_is_quoted_before_what_it_amends() -> None:
    older = document("hosting.pdf", "Of 2 May 2022. Petra Hallin is Head of Service at Corvane.")
    newer = document("changes.pdf", "Of 3 June 2024. Jonas Weil is Head of Service at Corvane.")
    said = drafted("Who is Head of Service at Corvane?", *older, *newer).text
    assert said.index("changes.pdf") < said.index("hosting.pdf")
    assert "Petra Hallin" in said


BASE = (
    "In September 2024 a base was opened in Faro. It cost US$11.3 million and employs 140 people."
)


@pytest.mark.parametrize(
    "question", ["What were total costs in 2024?", "How much did the base in Faro cost per year?"]
)
def test_what_one_thing_cost_once_is_no_total_and_nothing_per_year(question: str) -> None:
    assert answer(question, BASE) == ""
    assert "11.3 million" in answer("How much did the base in Faro cost?", BASE)

"""Prose cut into sentences, and which terms of a question each accounts for."""

from __future__ import annotations

import pytest

from graph.offline.evidence_view import EvidenceView
from graph.offline.sentences import account, sentences_of
from loaders.reading.layout.charts import MARK
from tests.passages import evidence
from tests.reports import COUNTRIES, HANDBOOK


def test_tables_charts_and_contents_are_no_sentences() -> None:
    chart = f"Sales rose again.\n{MARK}\n- 2023: 317.5\n- 2024: 402.1"
    found = sentences_of(evidence("?", chart, COUNTRIES, "Introduction ............ 4").sources)
    assert [one.text for one in found] == ["Sales rose again.", "Revenue by country (€ million)"]


@pytest.mark.parametrize(
    ("question", "text", "numbers"),
    [
        ("How many days?", "Employees have 28 days.", ["28"]),
        ("Who has 28 days?", "Employees have 28 days.", []),
        ("What is R1?", "R1 has 671 experts.", ["671"]),
    ],
    ids=["a new number", "the question's own", "the number of a name"],
)
def test_the_numbers_that_a_sentence_adds(question: str, text: str, numbers: list[str]) -> None:
    [sentence] = sentences_of(evidence(question, text).sources)
    assert sentence.new_numbers(question) == numbers


def test_what_a_sentence_says_and_what_is_missing() -> None:
    view = EvidenceView(evidence("Is travel by taxis reimbursed in Orion in 2024?", HANDBOOK))
    sentence = next(one for one in sentences_of(view.sources) if one.text.startswith("Taxis"))
    found = account(sentence, view.analysis.every_term, view)
    assert [term.key for term in found.said] == ["taxis", "reimbursed"]
    assert [term.key for term in found.around] == ["orion"]
    assert [term.key for term in found.missing] == ["travel", "2024"]


def test_a_quoted_sentence_has_no_list_mark() -> None:
    [sentence] = sentences_of(evidence("?", "- Gloves have to be\nworn.").sources)
    assert sentence.shown() == "Gloves have to be worn."

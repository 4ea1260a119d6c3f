"""The evidence of a question: the words that documents have, and the names that none has."""

from __future__ import annotations

import pytest

from graph.evidence.sources import Evidence, number_sources
from graph.offline.evidence_view import EvidenceView
from tests.passages import evidence
from tests.reports import COUNTRIES, HANDBOOK, REPORT, SEGMENTS, document


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What was revenue in Finland?", ["Finland"]),
        ("What was revenue in Denmark?", []),
        ("Revenue?", []),
        ("Wie hoch war der Umsatz der Brauerei?", []),
        ("What does GPT-9 say?", ["GPT"]),
    ],
    ids=["a name", "a name that stands there", "the first word", "a German noun", "a mixed name"],
)
def test_the_names_that_stand_nowhere(question: str, names: list[str]) -> None:
    unknown = EvidenceView(evidence(question, *REPORT)).unknown
    assert unknown[: len(names)] == names
    assert bool(unknown) == bool(names)


def test_a_misspelt_word_is_led_back_to_one_that_a_document_has() -> None:
    view = EvidenceView(evidence("what is the revenue of bakry?", SEGMENTS))
    assert "bakery" in view.analysis.question


def test_the_table_that_says_most_comes_first() -> None:
    view = EvidenceView(evidence("What was revenue in Denmark in 2022?", SEGMENTS, COUNTRIES))
    first, second = view.matches()
    assert first.is_complete
    assert first.view.source.number == 2
    assert [term.key for term in second.missing] == ["@denmark", "2022"]
    assert list(view.complete()) == [first]


def test_words_that_stand_for_a_document_are_in_many_of_its_chunks() -> None:
    chunks = document("a.pdf", "Larkby plc makes tea.", "Larkby plc sells tea.", "The board met.")
    view = EvidenceView(Evidence("?", "en", number_sources(chunks)))
    assert "larkby" in view.of_document("a.pdf")
    assert "board" not in view.of_document("a.pdf")


def test_a_document_that_is_named() -> None:
    chunks = document("norvale.pdf", HANDBOOK) + document("halmstad.pdf", HANDBOOK)
    view = EvidenceView(Evidence("What does Norvale say?", "en", number_sources(chunks)))
    assert view.documents == ("norvale.pdf", "halmstad.pdf")
    assert view.named_documents == ("norvale.pdf",)

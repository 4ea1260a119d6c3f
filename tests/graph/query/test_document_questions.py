from __future__ import annotations

import pytest

from graph.query.document_questions import LONGEST, document_question, is_pointing

NAMES = ("larkmoor_2025.pdf", "staff-handbook.pdf")


def asked(question: str, *recent: str, language: str = "en") -> tuple[str, tuple[str, ...]] | None:
    found = document_question(question, language, NAMES, recent)
    return (found.kind, found.documents) if found else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many pages does larkmoor_2025.pdf have?", ("pages", NAMES[:1])),
        ("How many pages does the handbook have?", ("pages", NAMES[1:])),
        ("What is this document about?", ("summary", NAMES)),
        ("Who is the author of staff-handbook?", ("author", NAMES[1:])),
        ("Which documents do you have?", ("library", NAMES)),
    ],
)
def test_a_question_about_a_document_as_a_whole_is_told(
    question: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    assert asked(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "How many pages does the newspaper have?",
        "How many pages does larkmoor_2025.pdf have on dividends and how many on staff?",
        "What was revenue?",
        "x" * (LONGEST + 1),
    ],
)
def test_a_question_that_says_more_or_else_goes_the_ordinary_way(question: str) -> None:
    assert asked(question) is None


def test_the_document_talked_about_is_meant_by_it() -> None:
    assert asked("How many pages does it have?", NAMES[1]) == ("pages", NAMES[1:])
    assert asked("How many pages does it have?") == ("pages", NAMES)
    assert is_pointing("How many pages does it have?", "en")
    assert not is_pointing("How many pages does the document have?", "en")
    assert not is_pointing("What was revenue?", "en")


def test_what_documents_are_looked_for_is_kept_as_it_was_written() -> None:
    found = document_question("Which documents are about Larkmoor Ferries?", "en", NAMES)
    assert found is not None
    assert (found.kind, found.about) == ("library_about", "Larkmoor Ferries")


def test_a_question_in_another_language_is_told_too() -> None:
    found = document_question("Wie viele Seiten hat das Dokument?", "en", NAMES)
    assert found is not None
    assert (found.kind, found.language) == ("pages", "de")

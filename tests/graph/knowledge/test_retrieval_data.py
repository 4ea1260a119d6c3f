"""What the search knows of languages and of statements: nothing unread, nothing that means two."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from graph.knowledge.toml_data import joined, languages, load
from graph.query.query_expansion import related, statements
from graph.query.subject_terms import measures

LANGUAGES = languages("retrieval")
PATTERNS = [
    (section, line)
    for section in ("wants", "instructions", "place")
    for line in load("retrieval.en")[section]
]


def lines(language: str) -> dict[str, set[str]]:
    return {section: set(told) for section, told in load(f"retrieval.{language}").items()}


def concepts() -> list[dict[str, Any]]:
    return list(load("statements")["concepts"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_a_language_goes_unread(language: str) -> None:
    assert languages("intent") == LANGUAGES
    for section, told in lines(language).items():
        assert told <= lines("en")[section]


@pytest.mark.parametrize(("section", "line"), PATTERNS)
def test_patterns_compile_and_match_no_empty_text(section: str, line: str) -> None:
    assert re.compile(joined("retrieval", section, line)).search("") is None


def test_no_name_of_a_concept_is_anothers() -> None:
    names = Counter(name for one in concepts() for name in one["names"])
    assert [name for name, count in names.items() if count > 1] == []


def test_a_concept_says_what_to_look_for_and_nothing_else() -> None:
    titles = load("statements")["titles"]
    for one in concepts():
        assert set(one) <= {"names", "phrases", "statements"}
        assert one.get("phrases") or one.get("statements"), one["names"]
        assert set(one.get("statements", ())) <= set(titles)


def test_lines_of_statements_are_measures() -> None:
    lines = load("statements")["lines"]
    assert set(lines) == set(load("statements")["titles"])
    assert {name for told in lines.values() for name in told} <= measures()


def test_a_ratio_leads_to_its_lines_and_their_statement() -> None:
    question = "What was the current ratio of Acme in 2021?"
    assert "total current assets" in related(question)
    assert statements(question) == load("statements")["titles"]["balance"]
    assert statements("Why is the sky blue?") == []

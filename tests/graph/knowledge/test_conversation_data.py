"""Every language has the same keys, every word is folded, and every pattern compiles."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest

from graph.knowledge import toml_data
from graph.overview.imprint import line_of, opening
from graph.query.document_questions import document_question
from graph.query.grammar import PRONOUNS, grammar
from loaders.text.tokenizer import fold

LANGUAGES = ("de", "en", "es", "fr", "zh")


def shape(data: dict[str, Any]) -> dict[str, Any]:
    """The keys, and what kind of value each has."""
    return {
        key: shape(value) if isinstance(value, dict) else type(value).__name__
        for key, value in data.items()
    }


def words_in(data: dict[str, Any], *, but: set[str]) -> list[str]:
    found = []
    for key, value in data.items():
        if isinstance(value, dict):
            found += words_in(value, but=but)
        elif isinstance(value, list) and key not in but:
            found += value
    return found


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", ["conversation", "documents"])
def test_every_language_says_the_same_things(kind: str) -> None:
    assert toml_data.languages(kind) == LANGUAGES
    english = toml_data.load(f"{kind}.en")
    for language in LANGUAGES:
        data = toml_data.load(f"{kind}.{language}")
        assert shape(data) == shape(english), language
        replies = data.get("reply") or data["replies"]
        for key, template in (english.get("reply") or english["replies"]).items():
            assert fields_of(replies[key]) == fields_of(template), (language, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_folded(language: str) -> None:
    data = toml_data.load(f"conversation.{language}")
    for word in words_in(data, but={"empty", "sentence"}):
        assert word == fold(word).strip(), word
    assert set(PRONOUNS) <= set(grammar(language).pronouns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_patterns_compile(language: str) -> None:
    assert grammar(language).empty.search("") is None
    for pattern in toml_data.load(f"documents.{language}")["patterns"].values():
        assert all(re.compile(one.replace("{document}", "x")) for one in pattern)
    assert document_question("?", language, ["a.pdf"]) is None
    assert line_of("date", []) is line_of("author", []) is line_of("version", []) is opening([])


def test_a_language_without_a_file_is_spoken_to_in_english() -> None:
    assert grammar("pt").language == "en"

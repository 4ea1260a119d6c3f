"""The words of questions, messages, synonyms and formulas are whole in every language."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from typing import Any

import pytest

from graph.knowledge.toml_data import languages, load
from graph.query.formulas import formulas_in
from graph.query.intent_patterns import IntentPatterns, patterns_for
from graph.query.subject_terms import measures
from loaders.text.tokenizer import fold, keys

LANGUAGES = ("de", "en", "es", "fr", "zh")
NAMED_FREELY = {"counts"}
"""Their keys are words of the language."""
FORMULAS = load("formulas")
PHRASES: dict[str, list[str]] = load("synonyms")["phrases"]
MESSAGES = load("messages.en")["text"]


def keys_of(data: dict[str, Any]) -> dict[str, set[str]]:
    """The sections, and the keys of each."""
    return {name: set() if name in NAMED_FREELY else set(data[name]) for name in data}


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", ["intent", "messages"])
def test_every_language_has_a_file(kind: str) -> None:
    assert languages(kind) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sections_and_keys_of_intent(language: str) -> None:
    assert keys_of(load(f"intent.{language}")) == keys_of(load("intent.en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_compiles_and_nothing_matches_silence(language: str) -> None:
    known = patterns_for(language)
    assert isinstance(known, IntentPatterns)
    groups = (known.operation, known.order, known.asks, known.gives, known.bound)
    single = (known.decimals, known.whole)
    for pattern in (*single, *(one for group in groups for one in group.values())):
        assert pattern.search("") is None, pattern.pattern


@pytest.mark.parametrize("language", LANGUAGES)
def test_patterns_are_read_on_folded_questions(language: str) -> None:
    data = load(f"intent.{language}")
    for section in ("operation", "order", "asks", "gives", "bound"):
        for name, patterns in data[section].items():
            bare = [re.sub(r"\\.|\(\?P?<\w+>", "", one).replace("{number}", "") for one in patterns]
            assert bare == [fold(one) for one in bare], (section, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_are_numbers(language: str) -> None:
    data = load(f"intent.{language}")
    assert all(isinstance(value, int) for value in data["counts"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_messages_with_the_same_fields(language: str) -> None:
    data = load(f"messages.{language}")
    assert data["text"].keys() == MESSAGES.keys()
    for key, template in MESSAGES.items():
        assert fields_of(data["text"][key]) == fields_of(template), key
    for shape in data["sentence"]:
        groups = re.compile(shape["question"]).groups
        fields = fields_of(shape["answer"])
        assert "value" in fields
        assert all(name == "value" or int(name) <= groups for name in fields), shape


def test_no_phrase_stands_for_two_concepts() -> None:
    holders = defaultdict(set)
    for name, group in PHRASES.items():
        for phrase in group:
            holders[tuple(keys(phrase))].add(name)
    assert {phrase: names for phrase, names in holders.items() if len(names) > 1} == {}
    assert () not in holders


def test_every_measure_is_a_concept() -> None:
    assert measures() <= PHRASES.keys()


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_over_concepts_and_found_by_its_names(name: str) -> None:
    entry = FORMULAS[name]
    assert entry.keys() <= {"names", "formula", "instead", "percent"}
    written = [entry[key] for key in ("formula", "instead") if key in entry]
    for expression in written:
        lines = set(re.findall(r"[a-z]\w*", expression.replace("average of ", "")))
        assert lines <= PHRASES.keys()
    for spoken in entry["names"]:
        assert spoken == spoken.lower()
        found = dict.fromkeys(one.expression for one in formulas_in(f"X {spoken} Y"))
        assert list(found) == written, spoken


def test_no_two_formulas_have_one_name() -> None:
    every = [fold(name) for entry in FORMULAS.values() for name in entry["names"]]
    assert len(every) == len(set(every))


def test_a_language_without_a_file_is_understood_as_english() -> None:
    assert patterns_for("pt").operation.keys() == patterns_for("en").operation.keys()
    assert patterns_for("pt").words == patterns_for("en").words

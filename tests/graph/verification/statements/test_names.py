from __future__ import annotations

import pytest

from graph.verification.statements.names import name_words, names_in
from graph.verification.statements.vocabulary import vocabulary_of


def named(text: str, language: str = "en") -> dict[str, bool]:
    return {one.text: one.is_sure for one in names_in(text, vocabulary_of(text, language))}


def test_a_capital_within_a_sentence_is_a_name_and_at_its_start_perhaps() -> None:
    assert named("Kestrel runs plants in Hull") == {"Kestrel": False, "Hull": True}


def test_a_first_word_is_sure_where_a_name_or_a_possession_follows() -> None:
    assert named("Anna Berg leads")["Anna"]
    assert named("Norvale's dues rose")["Norvale's"]


@pytest.mark.parametrize("word", ["COVID-19", "iPhone", "GPT4", "UNESCO"])
def test_capitals_inside_or_throughout_name_in_any_place(word: str) -> None:
    assert named(f"{word} was named")[word]


@pytest.mark.parametrize("text", ["It was P400.00", "It cost EUR 5 Million", "The dues rose"])
def test_amounts_units_and_common_words_name_nothing(text: str) -> None:
    assert named(text) == {}


def test_a_german_noun_is_a_name_only_behind_a_preposition_or_another_name() -> None:
    found = named("Der Umsatz stieg in Kiel, sagt Paul Keller dem Hafen.", "de")
    assert found["Kiel"]
    assert found["Keller"]
    assert not found.get("Umsatz")


def test_names_are_compared_without_their_possessive() -> None:
    [name] = names_in("Hull and Norvale's", vocabulary_of("Hull and"))[1:]
    assert name.keys == frozenset({"norvale"})


def test_neighbours_are_one_name_in_its_place() -> None:
    assert list(name_words("Anna Berg met Ole in Hull")) == [("anna", 0), ("ole", 14), ("hull", 21)]

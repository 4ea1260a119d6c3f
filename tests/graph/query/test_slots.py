from __future__ import annotations

import pytest

from graph.query.grammar import grammar
from graph.query.slots import phrases_of, slots_of, tokens_of

EN, DE = grammar("en"), grammar("de")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.text, token.kind) for token in tokens_of(text, EN)]


def places(text: str, language: str = "en") -> list[tuple[str, str]]:
    found = slots_of(text, grammar(language))
    return [(slot.kind, text[slot.start : slot.end]) for slot in found]


def test_each_word_has_what_it_does_and_where_it_stands() -> None:
    text = "What was Norvale's revenue in 2023?"
    assert kinds(text) == [
        ("What", "choosing"),
        ("was", "verb"),
        ("Norvale's", "name"),
        ("revenue", "word"),
        ("in", "preposition"),
        ("2023", "year"),
        ("?", "mark"),
    ]
    assert all(text[one.start : one.end] == one.text for one in tokens_of(text, EN))


def test_the_capital_of_a_first_word_says_nothing_where_a_sentence_begins() -> None:
    assert tokens_of("Bakery", EN)[0].kind == "word"
    assert tokens_of("Bakery", EN, begins=False)[0].kind == "name"


def test_a_preposition_between_two_numbers_makes_one_of_them() -> None:
    assert dict(kinds("from 5 to 9 units"))["to"] == "light"
    assert dict(kinds("go to Norvale"))["to"] == "preposition"


def test_phrases_are_cut_at_prepositions_and_know_which() -> None:
    found = phrases_of(tokens_of("the revenue of the Bakery segment in 2023", EN))
    assert [(one.preposition, " ".join(t.text for t in one.core)) for one in found] == [
        ("", "revenue"),
        ("of", "Bakery segment"),
        ("in", ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "What was Norvale's operating profit in 2023?",
            [("name", "Norvale"), ("measure", "operating profit"), ("year", "2023")],
        ),
        (
            "What was the cost of sales in Belgium in Q2?",
            [("measure", "the cost of sales"), ("object", "sales"), ("object", "Belgium"),
             ("quarter", "Q2")],
        ),
        ("Which sites have under 8 employees?", [("measure", "sites"), ("number", "8")]),
    ],
)  # fmt: skip
def test_a_question_has_a_place_for_each_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert places(text) == expected


def test_a_name_that_is_said_of_a_noun_is_known_by_itself() -> None:
    text = "What was the margin of the Bakery segment?"
    [slot] = [one for one in slots_of(text, EN) if one.kind == "object"]
    assert text[slot.start : slot.end] == "the Bakery segment"
    assert text[slot.inner[0] : slot.inner[1]] == "Bakery"
    assert text[slot.outer :].startswith("of the")


def test_a_german_noun_with_an_article_is_no_name() -> None:
    assert ("measure", "der Umsatz") in places("Wie hoch war der Umsatz 2023?", "de")

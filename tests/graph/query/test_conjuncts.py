from __future__ import annotations

import pytest

from graph.query.conjuncts import and_words, joined


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Montant et durée de la tranche C ?", ["Montant", "durée"]),
        ("tranches A et B", ["A", "B"]),
        ("the cost and the term", ["cost", "term"]),
        ("Plan und Ist", ["Plan", "Ist"]),
        ("of the cost, and the term", []),
        ("and the term", []),
        ("the cost of the term", []),
    ],
)
def test_the_words_on_both_sides_are_joined(question: str, words: list[str]) -> None:
    assert [one.text for pair in joined(question) for one in pair] == words


def test_every_language_has_its_word() -> None:
    assert {"and", "und", "et", "y", "和"} == set(and_words())

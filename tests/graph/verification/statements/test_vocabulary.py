"""The words by which answers are checked are whole in every language."""

from __future__ import annotations

import tomllib
from fractions import Fraction

import pytest

from graph.knowledge.toml_data import FOLDER
from graph.verification.statements.measures import unit_of
from graph.verification.statements.place_names import places_in
from graph.verification.statements.vocabulary import language_in, phrases_in, vocabularies

_KEYS = {
    "direction": {"up", "down", "from", "to", "by", "negation", "exception", "loss"},
    "comparison": {"less", "more", "words"},
    "names": {"titles", "common", "before_a_name"},
    "text": {
        "about",
        "function",
        "pronouns",
        "joins",
        "shortened",
        "address",
        "amends",
        "year_before",
        "alternatives",
        "brackets",
    },
}
_MAY = {"names": {"articles", "subjects"}}


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "zh"])
def test_a_language_has_every_list_and_no_other(language: str) -> None:
    data = tomllib.loads((FOLDER / f"verification.{language}.toml").read_text(encoding="utf-8"))
    assert set(data) == {*_KEYS, "fractions", "multiples"}
    for section, keys in _KEYS.items():
        assert keys <= set(data[section]) <= keys | _MAY.get(section, set()), section
    for ratio in (*data["fractions"], *data["multiples"]):
        assert Fraction(ratio) > 0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The plants of the company", "en"),
        ("Die Werke der Firma", "de"),
        ("Les usines de la société", "fr"),
        ("Las plantas de los grupos", "es"),
        ("公司的工厂", "zh"),
        ("Lyra V3 88.5", ""),
    ],
)
def test_a_language_is_told_by_its_smallest_words(text: str, language: str) -> None:
    assert language_in(text) == language


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("milliseconds", "ms"), ("Millisekunden", "ms"), ("毫秒", "ms"), ("kΩ", "kΩ"),
        ("Ohm", "Ω"), ("tonnes", "t"), ("千欧", "kΩ"), ("basis points", "bp"), ("plants", ""),
    ],
)  # fmt: skip
def test_a_unit_is_one_in_every_language(written: str, unit: str) -> None:
    assert unit_of(written) == unit


def test_a_country_and_a_role_are_one_in_every_language() -> None:
    assert [place.code for place in places_in("Poland, Polen, Pologne, Polonia, 波兰")] == [
        "PL"
    ] * 5
    assert (
        phrases_in("roles", "Vorstandsvorsitzende")
        == phrases_in("roles", "the chief executive")
        == {"ceo"}
    )


def test_fractions_and_multiples_have_values() -> None:
    english = vocabularies()["en"]
    assert [float(one.value) for one in english.fractions("three quarters and half")] == [0.75, 0.5]
    assert [float(one.value) for one in english.multiples("it doubled")] == [2.0]

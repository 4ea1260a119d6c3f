from __future__ import annotations

import pytest

from graph.knowledge.toml_data import languages
from graph.query.intent_patterns import patterns_for


@pytest.mark.parametrize("language", languages("intent"))
def test_each_language_tells_which_end_a_word_leaves_open(language: str) -> None:
    known = patterns_for(language)
    assert {"own", "unsure", "highest", "lowest"} <= known.order.keys()
    assert {"at_least", "at_most", "above", "below"} == known.bound.keys()
    assert known.dimensions.keys() == {"age", "length", "distance", "weight"}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "which plant is best", ["highest", "unsure", "which"]),
        ("en", "which ship is longest", ["highest", "own", "which"]),
        ("de", "welches werk ist am altesten", ["unsure"]),
    ],
)
def test_what_a_text_says_of_an_order(language: str, text: str, names: list[str]) -> None:
    found = patterns_for(language).of("order", text)
    assert set(names) <= set(found)


def test_a_language_without_a_file_is_asked_in_english() -> None:
    assert patterns_for("it").order["highest"] is patterns_for("en").order["highest"] or (
        patterns_for("it").order["highest"].pattern == patterns_for("en").order["highest"].pattern
    )

from __future__ import annotations

import pytest

from graph.verification.checks.spelt_numbers import date_faults, spelt_faults
from tests.passages import stated

TEXT = """The company runs twelve plants and 34 sites. Half of the orders came late. Dues doubled. \
Vesi was bought on 2 May 2023. Cranes made 25% of sales. The first half was quiet."""


def spelt(text: str, *, is_computed: bool = False) -> list[str]:
    [one] = stated(text, "?", TEXT)
    return [fault.text for fault in spelt_faults(one, [], [], is_computed=is_computed)]


@pytest.mark.parametrize(
    "text",
    [
        "It runs twelve plants and thirty-four sites.",
        "Half of the orders were late.",
        "A quarter of sales came from cranes.",
        "Dues doubled.",
        "Of 40 boats a quarter, 10, are red.",
        "Twelve plants: 38,716 thousand.",
        "It runs 34 sites per million.",
        "It runs 34 sites, more than twice as many as the 12 plants.",
    ],
)
def test_what_a_source_says_in_words_or_digits_stands(text: str) -> None:
    assert spelt(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It runs eleven plants.", "eleven"),
        ("A third of the orders were late.", "third"),
        ("Dues tripled.", "tripled"),
    ],
)
def test_what_no_source_says_is_told_in_its_own_words(text: str, words: str) -> None:
    [found] = spelt(text)
    assert words in found


def test_a_result_may_be_said_in_its_own_way() -> None:
    assert spelt("It tripled.", is_computed=True) == []


def dated(text: str) -> list[str]:
    [one] = stated(text, "?", TEXT)
    return [fault.text for fault in date_faults(one)]


@pytest.mark.parametrize("text", ["On May 2, 2023 it was bought", "on 2023-05-02", "in May 2023"])
def test_a_date_in_another_form_is_known(text: str) -> None:
    assert dated(text) == []


@pytest.mark.parametrize("text", ["on 3 May 2023", "on 2 June 2023", "in May 2022"])
def test_another_day_or_month_is_told(text: str) -> None:
    found = dated(text)
    assert found
    assert all(part in text for part in found)

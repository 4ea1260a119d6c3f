from __future__ import annotations

import pytest

from graph.offline.spare_words import (
    is_month,
    is_of_date,
    is_of_whole,
    is_spare,
    is_unit,
    is_version,
)
from graph.query.subject_terms import tokens_of


def spare(label: str) -> list[str]:
    tokens = tokens_of(label)
    return [token.text for token in tokens if is_spare(token, tokens)]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Total berths", ["Total"]),
        ("Output MWh", ["MWh"]),
        ("December 31, 2021", ["December", "31"]),
        ("2023/24", []),
        ("24 December 2023", ["24", "December"]),
        ("December sales", []),
        ("Net sales", []),
    ],
)
def test_totals_units_and_days_of_a_years_end_need_not_be_said(
    label: str, words: list[str]
) -> None:
    assert spare(label) == words


def test_a_number_behind_a_hyphened_name_only_dates_it() -> None:
    *_, last = tokens = tokens_of("Claude-3.5-Sonnet-1022")
    assert is_version(last)
    assert is_spare(last, tokens)
    assert not any(is_version(one) for one in tokens_of("Room 1022"))


def test_months_and_units_are_known_in_every_language() -> None:
    assert [is_month(tokens_of(word)[0]) for word in ("December", "Dezember", "Dues")] == [
        True,
        True,
        False,
    ]
    assert [is_unit(word) for word in ("million", "kg", "EUR", "ships")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_day_is_of_a_date_whose_year_stands_near() -> None:
    terms = tokens_of("profit December 31 2021")
    assert [is_of_date(terms, place) for place in range(len(terms))] == [False, True, True, False]
    alone = tokens_of("profit 31 ships")
    assert not any(is_of_date(alone, place) for place in range(len(alone)))


def test_a_word_for_the_whole_names_no_part() -> None:
    assert is_of_whole(tokens_of("total")[0])
    assert not is_of_whole(tokens_of("sales")[0])

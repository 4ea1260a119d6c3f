"""The table of prices: dated, and known to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from loaders.estimate import Estimate
from loaders.reading.rate_limiting.prices import (
    FREE,
    Price,
    Tier,
    answered_by,
    change_of,
    price_of,
    source_of,
    usd_of,
)

BEFORE, DECEMBER, JANUARY = date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("model", "day", "price"),
    [
        ("gemini-3.8-flash", date(2026, 12, 31), Price(0.75, 3.75)),
        ("gemini-3.8-flash", JANUARY, Price(1.50, 7.50)),
        ("google_genai:gemini-3.5-flash-lite", JANUARY, Price(0.30, 2.50)),
        ("models/gemini-4-argon", BEFORE, Price(2.00, 10.00)),
        ("gemini-4-argon", DECEMBER, Price(4.00, 20.00)),
        ("gemini-2.5-flash", DECEMBER, Price(0.30, 2.50)),
        ("gemini-2.5-pro", BEFORE, Price(1.25, 10.00)),
        ("gemini-2.5-pro", DECEMBER, Price(0.75, 3.75)),
        ("gemini-2.5-pro", JANUARY, Price(1.50, 7.50)),
        ("ollama:qwen3:8b", JANUARY, FREE),
        ("local", JANUARY, FREE),
        ("openai:gemini-3.8-flash", JANUARY, None),
        ("gemini-99", JANUARY, None),
    ],
)
def test_a_price_holds_on_its_days(model: str, day: date, price: Price | None) -> None:
    assert price_of(model, day) == price


@pytest.mark.parametrize(
    ("model", "tier", "price"),
    [
        ("gemini-3.8-flash", "flex", Price(0.375, 1.875)),
        ("gemini-3.8-flash", "batch", Price(0.375, 1.875)),
        ("gemini-4-argon", "batch", Price(1.00, 5.00)),
        ("gemini-4-argon", "flex", None),  # nobody has said that it is taken
        ("gemini-99", "batch", None),
        ("local", "flex", FREE),
    ],
)
def test_a_tier_has_its_own_price(model: str, tier: Tier, price: Price | None) -> None:
    assert price_of(model, BEFORE, tier) == price


def test_a_call_of_a_tier_without_a_known_price_counts_as_an_ordinary_one() -> None:
    assert usd_of("gemini-4-argon", 1000, 1000, "flex") == usd_of("gemini-4-argon", 1000, 1000) > 0


def test_a_change_is_known_before_its_day() -> None:
    assert change_of("gemini-3.8-flash", BEFORE) == JANUARY
    assert change_of("gemini-3.8-flash", JANUARY) is None
    assert change_of("gemini-2.5-flash", BEFORE) == DECEMBER
    assert answered_by("gemini-2.5-flash", DECEMBER) == "gemini-3.5-flash-lite"
    assert answered_by("gemini-2.5-flash", BEFORE) == "gemini-2.5-flash"


def test_every_price_says_where_and_when_it_was_read() -> None:
    url, read_on = source_of("gemini-4-argon")
    assert url.startswith("https://")
    assert read_on == date(2026, 11, 28)


FLASH = Estimate(
    document="report.pdf",
    reader="gemini-3.8-flash",
    pages=1,
    in_ledger=0,
    images=1,
    tokens_in=2000,
    tokens_out=1000,
    usd=0.00525,
    minutes=0.2,
    price_changes="2027-01-01",
    usd_then=0.0105,
)


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({}, "from 2027-01-01 gemini-3.8-flash costs 1.50 in and 7.50 out a million"),
        (
            {"reader": "gemini-2.5-flash", "price_changes": "2026-12-01"},
            "from 2026-12-01 gemini-3.5-flash-lite answers for gemini-2.5-flash, at 0.30 in",
        ),
        ({"reader": "ollama:qwen3-vl:8b"}, "nothing: the model runs on a machine of your own"),
        ({"reader": "gemini-99", "usd": None}, "price unknown: gemini-99"),
    ],
)
def test_an_estimate_tells_a_price_that_will_change(changed: dict[str, str], note: str) -> None:
    assert note in replace(FLASH, **changed).price_note  # type: ignore[arg-type]

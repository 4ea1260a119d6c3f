"""What a model's tokens cost: one dated table. A model that is not in it has no known price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

SOURCE = "https://ai.google.dev/gemini-api/docs/pricing"
AS_OF = date(2026, 10, 7)
"""The day on which the page was read; standard paid tier, prompts up to 200k tokens."""

_ALWAYS = date.max


@dataclass(frozen=True, slots=True)
class Price:
    """USD for a million tokens; tokens of reasoning are output."""

    tokens_in: float
    tokens_out: float

    def usd(self, tokens_in: int, tokens_out: int) -> float:
        return (self.tokens_in * tokens_in + self.tokens_out * tokens_out) / 1_000_000


_PRICES: dict[str, tuple[tuple[date, Price], ...]] = {
    # model: the last day on which each price holds
    "gemini-3.8-flash": (
        (date(2026, 12, 31), Price(0.75, 3.75)),
        (_ALWAYS, Price(1.50, 7.50)),
    ),
    "gemini-3.5-flash": ((_ALWAYS, Price(1.50, 9.00)),),
    "gemini-3.5-flash-lite": ((_ALWAYS, Price(0.30, 2.50)),),
    "gemini-3.1-pro-preview": ((_ALWAYS, Price(2.00, 12.00)),),
    "gemini-3.1-flash-lite": ((_ALWAYS, Price(0.25, 1.50)),),
    "gemini-2.5-pro": ((_ALWAYS, Price(1.25, 10.00)),),
    "gemini-2.5-flash": ((_ALWAYS, Price(0.30, 2.50)),),
    "gemini-2.5-flash-lite": ((_ALWAYS, Price(0.10, 0.40)),),
    "gemini-embedding-2": ((_ALWAYS, Price(0.20, 0.0)),),
    "gemini-embedding-001": ((_ALWAYS, Price(0.15, 0.0)),),
}


def price_of(model: str, day: date | None = None) -> Price | None:
    """Return a model's price on that day, today if None; None if the table does not know it."""
    day = day or datetime.now(UTC).date()
    rows = _PRICES.get(model.rpartition(":")[2].removeprefix("models/"), ())
    return next((price for last_day, price in rows if day <= last_day), None)


def usd_of(model: str, tokens_in: int, tokens_out: int) -> float:
    """Return what a call cost; 0 for a model without a known price."""
    price = price_of(model)
    return price.usd(tokens_in, tokens_out) if price else 0.0

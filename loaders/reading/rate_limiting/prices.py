"""What a model's tokens cost, by the dated table `prices.toml`; the price of others is unknown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

Tier = Literal["", "flex", "batch"]
"""How a call is sent: as all are, to be answered or shed within minutes, or within a day."""
_GEMINI = "google_genai"


@dataclass(frozen=True, slots=True)
class Price:
    """USD for a million tokens; tokens of reasoning are output."""

    tokens_in: float
    tokens_out: float

    def usd(self, tokens_in: int, tokens_out: int) -> float:
        return (self.tokens_in * tokens_in + self.tokens_out * tokens_out) / 1_000_000


FREE = Price(0.0, 0.0)


def price_of(model: str, day: date | None = None, tier: Tier = "") -> Price | None:
    """A model's price on that day, today if None; None if the table does not know it.

    `model` is a provider string; a name without a provider is Gemini's.
    """
    provider, name = _parted(model)
    if provider in _table()["free"]["providers"]:
        return FREE
    row = _row(name, day or _today()) if provider == _GEMINI else None
    share = _share(name, tier)
    if row is None or share is None:
        return None
    answered_by = row.get("answered_by")
    if answered_by:
        return price_of(answered_by, day, tier)
    return Price(share * row["in"], share * row["out"])


def change_of(model: str, day: date | None = None) -> date | None:
    """The next day, after that day, from which the model has another price."""
    provider, name = _parted(model)
    starts = [row["from"] for row in _rows(name) if "from" in row] if provider == _GEMINI else []
    return min((start for start in starts if start > (day or _today())), default=None)


def answered_by(model: str, day: date) -> str:
    """The model that the service puts in this one's place by then; itself as a rule."""
    name = _parted(model)[1]
    row = _row(name, day) or {}
    return str(row.get("answered_by", name))


def usd_of(model: str, tokens_in: int, tokens_out: int, tier: Tier = "") -> float:
    """What a call costs today; 0 for a model without a known price.

    Where the tier's is not known it is counted as the ordinary one: never too little.
    """
    price = price_of(model, tier=tier) or price_of(model)
    return price.usd(tokens_in, tokens_out) if price else 0.0


def source_of(model: str) -> tuple[str, date]:
    """Where its price stands, and the day on which that was read."""
    source = _table()["source"]
    known = _table()["models"].get(_parted(model)[1], {})
    return source["url"], known.get("read_on", source["read_on"])


def _parted(model: str) -> tuple[str, str]:
    if model in _table()["free"]["providers"]:
        return model, ""
    provider, name = model.split(":", 1) if ":" in model else (_GEMINI, model)
    return provider, name.removeprefix("models/")


def _share(name: str, tier: Tier) -> float | None:
    """Of the ordinary price; None where a tier does not take the model."""
    if not tier:
        return 1.0
    known = _table()["tiers"][tier]
    return float(known["share"]) if name in known.get("models", [name]) else None


def _row(name: str, day: date) -> Mapping[str, Any] | None:
    held = [row for row in _rows(name) if row.get("from", date.min) <= day]
    return held[-1] if held else None


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _table()["models"].get(name, {}).get("rows", [])
    return rows


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _today() -> date:
    return datetime.now(UTC).date()

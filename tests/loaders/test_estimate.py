"""What a run will take, told before anything is spent."""

from __future__ import annotations

from pathlib import Path

from loaders.estimate import estimate
from loaders.loader import PageLoader
from loaders.storing.truth.ledger import Ledger
from tests.gemini_emulator import (
    GeminiEmulator,
)
from tests.loaders.conftest import Make


def test_an_estimate_spends_nothing(
    pdf: Path, make: Make, ledger: Ledger, gemini: GeminiEmulator
) -> None:
    fresh = estimate(pdf, make(), ledger=ledger)
    assert (fresh.pages, fresh.images, fresh.in_ledger) == (4, 3, 0)
    assert fresh.usd is not None
    assert 0 < fresh.usd < 0.1
    assert fresh.minutes >= 0.2
    assert not gemini.generations
    list(PageLoader(pdf, make(), ledger=ledger).readings())
    again = estimate(pdf, make(), ledger=ledger)
    assert (again.images, again.in_ledger, again.usd) == (0, 4, 0.0)


def test_an_unknown_model_has_no_price(pdf: Path, make: Make) -> None:
    unknown = estimate(pdf, make(name="gemini-99"))
    assert unknown.usd is None
    assert "price unknown" in unknown.price_note

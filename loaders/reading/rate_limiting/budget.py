"""Money that may be spent, counted before a call goes out and corrected when its bill is known."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from math import inf

from loaders.errors import ModelError


class BudgetSpent(ModelError):
    """The budget does not allow one more call."""


class Budget:
    """A sum in USD that several threads spend."""

    def __init__(self, usd: float = inf) -> None:
        self.usd = usd
        self.spent = 0.0
        self._reserved = 0.0
        self._turn = threading.Lock()

    def reserve(self, usd: float) -> None:
        """Set the likely price of a call aside, or refuse the call."""
        with self._turn:
            if self.spent + self._reserved + usd > self.usd:
                limit = f"{Decimal(str(self.usd)):f}"  # as it was given: 0.005, not 0.01 or 5e-3
                raise BudgetSpent(
                    f"the budget of {limit} USD allows no further call ({self.spent:.4f} "
                    "USD spent); run it again with a larger --budget: what was read is kept"
                )
            self._reserved += usd

    def commit(self, usd: float) -> None:
        """Set aside what an earlier run has bought already: no refusal would take it back."""
        with self._turn:
            self._reserved += usd

    def settle(self, reserved: float, usd: float) -> None:
        """Replace what was set aside by what the call cost."""
        with self._turn:
            self._reserved = max(0.0, self._reserved - reserved)
            self.spent += usd

    @contextmanager
    def paying(self, usd: float) -> Iterator[None]:
        """A call whose price is known before; one that fails costs nothing."""
        self.reserve(usd)
        paid = 0.0
        try:
            yield
            paid = usd
        finally:
            self.settle(usd, paid)

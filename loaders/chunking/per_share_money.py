"""Money per share: its sign stands in the first row that gives some, and is meant in all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.text.quantities import Quantity, parse_quantity
from loaders.text.units import LabelKind

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class PerShareMoney:
    """Which columns of a table have a currency beside numbers, and what heads all of them.

    Of rows that are not per share nothing tells whether they are money: between the dollars of a
    revenue and of a profit may stand a number of subscribers.
    """

    currencies: Mapping[int, str]
    heads: Sequence[tuple[str, ...]]

    @classmethod
    def read(
        cls, texts: Iterable[tuple[int, str]], heads: Sequence[tuple[str, ...]]
    ) -> PerShareMoney:
        """From the cells of the body, each with its column."""
        read = [(column, parse_quantity(text)) for column, text in texts if not text.isdigit()]
        return cls({at: one.currency for at, one in read if one and one.currency}, heads)

    def told(self, found: Quantity, column: int, kind: LabelKind) -> Quantity:
        """A number per share without a unit, in the one currency of its table."""
        known = set(self.currencies.values())
        if found.currency or found.unit or kind != "per_share" or len(known) != 1:
            return found
        return replace(found, currency=known.pop()) if self._is_of_money(column) else found

    def _is_of_money(self, column: int) -> bool:
        """Its own numbers have the sign, or it is a year beside one whose have."""
        is_dated = self._is_dated(column) and any(map(self._is_dated, self.currencies))
        return column in self.currencies or is_dated

    def _is_dated(self, column: int) -> bool:
        return _YEAR.search(" ".join(self.heads[column])) is not None

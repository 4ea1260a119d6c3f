"""Money in statements: its sign stands in the first and the last rows, and is meant in all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.text.quantities import Quantity, parse_quantity
from loaders.text.units import LabelKind

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class StatementMoney:
    """Which columns of a table have a currency beside numbers, and what heads all of them."""

    currencies: Mapping[int, str]
    rows: range
    """From the first row that has the sign to the last; what follows may be no money."""
    heads: Sequence[tuple[str, ...]]

    @classmethod
    def read(
        cls, texts: Iterable[tuple[int, int, str]], heads: Sequence[tuple[str, ...]]
    ) -> StatementMoney:
        """From the cells of the body, each with its row and column."""
        read = [(row, at, parse_quantity(text)) for row, at, text in texts if not text.isdigit()]
        signed = [(row, column, one.currency) for row, column, one in read if one and one.currency]
        rows = [row for row, _, _ in signed] or [0]
        found = {column: currency for _, column, currency in signed}
        return cls(found, range(min(rows), max(rows) + 1), heads)

    def told(self, found: Quantity, row: int, column: int, kind: LabelKind) -> Quantity:
        """A scaled or per-share number without a unit, in the one currency of its table."""
        is_amount = found.scale != 1 if kind == "" else kind == "per_share"
        known = set(self.currencies.values())
        if found.currency or found.unit or not is_amount or len(known) != 1:
            return found
        is_money = self._is_of_money(column) and (kind != "" or self._is_in_its_rows(row, column))
        return replace(found, currency=known.pop()) if is_money else found

    def _is_in_its_rows(self, row: int, column: int) -> bool:
        """Of a year each row tells another thing; the rows of `Fees` are all fees."""
        return row in self.rows or (bool(self.heads[column]) and not self._is_dated(column))

    def _is_of_money(self, column: int) -> bool:
        """Its own numbers have the sign, or it is a year beside one whose have."""
        is_dated = self._is_dated(column) and any(map(self._is_dated, self.currencies))
        return column in self.currencies or is_dated

    def _is_dated(self, column: int) -> bool:
        return _YEAR.search(" ".join(self.heads[column])) is not None

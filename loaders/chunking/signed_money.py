"""Money whose sign stands in few rows and is meant in more: per share, and in what is added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from loaders.text.quantities import Quantity
from loaders.text.unit_words import LabelKind

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST_PARTS = 12
_Place = tuple[int, int]


@dataclass(frozen=True)
class SignedMoney:
    """Which columns of a table have a currency beside numbers, what heads them, what is a sum.

    Of a row without a sign nothing tells whether it is money: between the dollars of a revenue
    and of a profit may stand a number of subscribers. But what is added up with dollars is
    dollars, and figures per share are in the one currency of their table.
    """

    currencies: Mapping[int, str]
    heads: Sequence[tuple[str, ...]]
    added: frozenset[_Place]
    """The cells without a sign that are parts or sums of others with one."""

    @classmethod
    def read(
        cls, cells: Iterable[tuple[_Place, Quantity]], heads: Sequence[tuple[str, ...]]
    ) -> SignedMoney:
        """From the numbers of the body in order, each with its row and column."""
        columns: dict[int, list[tuple[_Place, Quantity]]] = {}
        for place, found in cells:
            columns.setdefault(place[1], []).append((place, found))
        signed = {
            column: [one for _, one in found if one.currency] for column, found in columns.items()
        }
        known = {column: found[-1].currency for column, found in signed.items() if found}
        added = [place for column in known for place in _added(columns[column])]
        return cls(known, heads, frozenset(added))

    def told(self, found: Quantity, place: _Place, kind: LabelKind) -> Quantity:
        """A number without a unit, in the currency that is meant."""
        if found.currency or found.unit:
            return found
        if not kind and place in self.added:
            return replace(found, currency=self.currencies[place[1]])
        known = set(self.currencies.values())
        is_told = kind == "per_share" and len(known) == 1 and self._is_of_money(place[1])
        return replace(found, currency=known.pop()) if is_told else found

    def _is_of_money(self, column: int) -> bool:
        """Its own numbers have the sign, or it is a year beside one whose have."""
        is_dated = self._is_dated(column) and any(map(self._is_dated, self.currencies))
        return column in self.currencies or is_dated

    def _is_dated(self, column: int) -> bool:
        return _YEAR.search(" ".join(self.heads[column])) is not None


def _added(column: Sequence[tuple[_Place, Quantity]]) -> set[_Place]:
    """What sums tie to the cells of a column that have its currency, also by way of other sums."""
    values = [(place, one.amount) for place, one in column if not one.unit]
    money = {place for place, one in column if one.currency}
    sums = [
        [*values[first:last], values[last]] for first, last in _sums([one for _, one in values])
    ]
    groups = [{place for place, _ in group} for group in sums]
    while joined := [group for group in groups if group & money and not group <= money]:
        money = money.union(*joined)
    return money


def _sums(values: Sequence[Decimal]) -> Iterable[tuple[int, int]]:
    """Where the rows right above a value add up to it, or leave it of their first."""
    for last, value in enumerate(values):
        for first in range(max(0, last - _MOST_PARTS), last - 1):
            parts = values[first:last]
            is_filled = sum(map(bool, parts)) > 1 and value
            if is_filled and value in {sum(parts), 2 * parts[0] - sum(parts)}:
                yield first, last

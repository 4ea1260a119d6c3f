"""Which rows and columns of a table add up others, and which rows are one of a kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from graph.offline.ended_periods import PERIODS
from graph.offline.spare_words import is_of_whole, spoken
from graph.offline.table_headings import Heading
from loaders.text import label_units
from loaders.text.dates import months_in
from loaders.text.label_units import is_part_of
from loaders.text.quantities import Quantity
from loaders.text.tokenizer import fold

MEANS = frozenset({"@average", "@median"})
_PICKS: Mapping[str, Callable[[Iterable[Decimal]], Decimal]] = {"@minimum": min, "@maximum": max}
LEAST_PARTS = 2
SUM_TOLERANCE = Decimal("0.006")
FIGURES_OF_A_SUM = 4
"""Digits that sums must share with what they add up: one in ten thousand does so by chance.

One is enough where the label speaks of all: `All halls`, `Year 2024`.
"""
FIGURES_OF_A_DOUBT = 3
_ROUNDED = 2
"""Digits that are shared where a sum is off by a rounding."""


def is_total(heading: Heading) -> bool:
    """Whether it is headed as the whole of others."""
    said = any(token.key == "@total" for token in heading.leaf)
    is_whole = bool(heading.leaf) and all(map(is_of_whole, heading.leaf))
    return said or is_whole or label_units.is_total(heading.label)  # `Total revenue` is one term


def is_mean(heading: Heading) -> bool:
    """Whether it is headed as the mean of others, whichever of them."""
    is_bare = bool(heading.leaf) and heading.leaf_keys <= spoken("average")
    return is_bare or not MEANS.isdisjoint(heading.leaf_keys)


@dataclass(frozen=True)
class Totals:
    """The sums of a table, by their names or because the numbers say so, and what they add up."""

    headings: Sequence[Heading]
    """Of its rows."""
    heads: Sequence[Heading]
    """Of its columns."""
    values: Sequence[Heading]
    """The columns that hold numbers."""
    numbers: Mapping[tuple[int, int], Quantity]
    """By row and column."""

    @cached_property
    def rows(self) -> frozenset[int]:
        return self._named | {row.index for row in self._listed[-1:] if self._is_sum(row)}

    @cached_property
    def columns(self) -> frozenset[int]:
        named = {column.index for column in self.heads if is_total(column)}
        *parts, last = self.values or [Heading(-1, ())]
        lines = [row.index for row in self.headings]
        own = [one.index for one in parts]
        told = _figures(own, last.index, lines, lambda one, row: self.numbers.get((row, one)))
        is_sum = _is_proved(told, 1 if _spans(last, parts) else FIGURES_OF_A_SUM)
        return frozenset(named | ({last.index} if is_sum else set()))

    @cached_property
    def members(self) -> list[Heading]:
        """The rows that sum up no others: no totals, no means, no year among things of a kind."""
        kept = [row for row in self._listed if row.index not in self.rows]
        things = [row for row in kept if not _is_year(row)]
        return things if 2 * len(things) > len(kept) else kept

    @cached_property
    def member_rows(self) -> frozenset[int]:
        """Where the members stand."""
        return frozenset(row.index for row in self.members)

    @cached_property
    def doubted(self) -> frozenset[int]:
        """Members that may be none: sums by their numbers alone, and what stands below a total.

        A last row of few digits may be the sum of the others by chance, or in some columns.
        """
        ends = {row.index for row in self._listed[-1:] if any(self._told(row))}
        ends |= {row.index for row in self._listed if _says_all(row)}
        inner = {
            row.index
            for row in self._near_sums
            if all(told := self._told(row)) and sum(told) >= FIGURES_OF_A_DOUBT
        }
        sums = {row.index for row in self.headings if self._sums_up(row)} | self.rows | inner
        last = max((one for one in sums if self._parts(one)), default=None)
        below = {row.index for row in self._listed if last is not None and row.index > last}
        return frozenset((ends | inner | below) - self.rows - self._called_alike)

    @cached_property
    def _called_alike(self) -> frozenset[int]:
        """The members, if all are called by one word or by their months: none of them is a sum."""
        own = [row.leaf_keys for row in self.members]
        are_months = all(months_in(row.label) for row in self.members)
        is_alike = are_months or (own and frozenset.intersection(*own))
        return frozenset(row.index for row in self.members) if is_alike else frozenset()

    @cached_property
    def _listed(self) -> list[Heading]:
        return [row for row in self.headings if not self._sums_up(row)]

    @cached_property
    def _near_sums(self) -> list[Heading]:
        """The rows before the last that come near to what is above them in some column.

        Looked at once from top to bottom: a table may have thousands of rows.
        """
        found: list[Heading] = []
        above: dict[int, Decimal] = defaultdict(Decimal)
        for row in self._listed[:-1]:
            own = {
                column.index: one.amount
                for column in self.values
                if (one := self.numbers.get((row.index, column.index)))
            }
            if any(amount and _is_near(above[at], amount) for at, amount in own.items()):
                found.append(row)
            if self._is_part(row):
                for at, amount in own.items():
                    above[at] += amount
        return found

    def _is_part(self, row: Heading) -> bool:
        """Whether it is added up below: no subtotal, and not `of which`."""
        return row.index not in self._named and not is_part_of(row.label)

    def _sums_up(self, row: Heading) -> bool:
        """Whether it is the mean or an extreme of others; a tariff may be called `Max`."""
        end = _PICKS.get(row.leaf[0].key) if len(row.leaf) == 1 else None
        return is_mean(row) or (end is not None and self._leads(row, end))

    def _leads(self, row: Heading, end: Callable[[Iterable[Decimal]], Decimal]) -> bool:
        others = [one.index for one in self.headings if one.leaf_keys.isdisjoint(_PICKS)]
        found = []
        for column in self.values:
            known = [one.amount for at in others if (one := self.numbers.get((at, column.index)))]
            mine = self.numbers.get((row.index, column.index))
            found += [mine.amount == end(known)] if mine and known else []
        return all(found) and bool(found)

    @cached_property
    def _named(self) -> frozenset[int]:
        return frozenset(row.index for row in self.headings if is_total(row))

    def _parts(self, row: int) -> list[int]:
        return [one.index for one in self._listed if one.index < row and self._is_part(one)]

    def _told(self, row: Heading) -> list[int]:
        lines = [column.index for column in self.values]
        parts = self._parts(row.index)
        return _figures(parts, row.index, lines, lambda one, line: self.numbers.get((one, line)))

    def _is_sum(self, row: Heading) -> bool:
        return _is_proved(self._told(row), 1 if _is_of_all(row) else FIGURES_OF_A_SUM)


def _is_proved(told: Sequence[int], least: int = FIGURES_OF_A_SUM) -> bool:
    return all(told) and sum(told) >= least


def _figures(
    parts: Sequence[int],
    whole: int,
    lines: Iterable[int],
    number: Callable[[int, int], Quantity | None],
) -> list[int]:
    """How many digits show in each line that the whole is a sum of the parts; 0 where it is none.

    Lines of rates are left out, which a total does not add up, and so is what adds up nothing.
    """
    sums = [(line, one) for line in lines if (one := number(whole, line)) and one.amount]
    sums = [(line, one) for line, one in sums if not one.is_rate] or sums
    found = []
    for line, total in sums:
        added = [one for part in parts if (one := number(part, line))]
        if len(added) >= LEAST_PARTS:
            found.append(_shared(added, total))
    return found if len(found) == len(sums) else []


def _shared(added: Sequence[Quantity], total: Quantity) -> int:
    """The digits of a total that its parts make up, without the zeros at the end of them all."""
    if len({one.currency for one in (*added, total)} - {""}) > 1:
        return 0
    together = sum((one.amount for one in added), Decimal())
    if not _is_near(together, total.amount):
        return 0
    least = min(_last_place(one.amount) for one in (*added, total) if one.amount)
    digits = total.amount.adjusted() - least + 1
    return digits if together == total.amount else min(digits, _ROUNDED)


def _is_near(amount: Decimal, total: Decimal) -> bool:
    return abs(amount - total) <= SUM_TOLERANCE * abs(total)


def _last_place(amount: Decimal) -> int:
    """The power of ten of the last digit that is no zero."""
    return int(amount.normalize().as_tuple().exponent)


def _spans(whole: Heading, parts: Sequence[Heading]) -> bool:
    """Whether it is headed as a longer time than the others: the quarter of three months."""
    is_of_months = bool(whole.leaf) and whole.leaf_keys <= PERIODS
    if is_of_months and all(months_in(one.label) for one in parts):
        return True
    return _is_year(whole) and not any(one.years for one in parts)


def _is_of_all(row: Heading) -> bool:
    return _is_year(row) or _says_all(row)


def _says_all(row: Heading) -> bool:
    return not spoken("all").isdisjoint(fold(row.label).split())


def _is_year(row: Heading) -> bool:
    """Whether a label says a year and nothing else: `Year 2024`."""
    names = spoken("year") | {"@full_year"}
    return bool(row.leaf) and all(one.is_year or one.key in names for one in row.leaf)

"""Columns of units: what one is known by, and for which values of its row each speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loaders.pages.runs import runs
from loaders.text.languages import words_of
from loaders.text.units import measure_of

NUMBER = re.compile(r"[-+−(]?\s?\W?\s?\d[\d.,'’\s]*\)?")


def names_units(label: str) -> bool:
    """Whether a head says that units stand below it."""
    folded = label.strip(" .:：").lower()
    return folded in {word.lower() for word in words_of("unit_lines", "names")}


def is_unit(text: str) -> bool:
    """Whether a cell of a Unit column is a unit, or begins with one: `% of VREF`."""
    return (measure_of(text) or measure_of(text.partition(" ")[0])) is not None


def say_units(texts: Iterable[str]) -> bool:
    """Whether at least half of some cells are units, and none is a number."""
    told = {*texts} - {""}
    units = sum(map(is_unit, told))
    return bool(told) and not any(map(NUMBER.fullmatch, told)) and units * 2 >= len(told)


def side_by_side(columns: Iterable[int]) -> list[list[int]]:
    """The columns in groups, between which values stand; one empty group if there are none."""
    return runs(sorted(columns), lambda group, column: column > group[-1] + 1) or [[]]


def group_of(column: int, groups: Sequence[Sequence[int]], first_value: int) -> int:
    """Number of the group that speaks for a column: all stand before their values, or behind.

    They stand before them if the first values follow the first Unit column.
    """
    if len(groups) == 1:
        return 0
    if groups[0][0] <= first_value:
        return max(0, sum(group[0] < column for group in groups) - 1)
    return min(len(groups) - 1, sum(group[-1] < column for group in groups))

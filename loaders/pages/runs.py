"""Things in a row, parted into runs: lines, cells, columns, whatever stands closer than others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from loaders.pages.word import Box

Item = TypeVar("Item")


def runs(items: Iterable[Item], begins: Callable[[list[Item], Item], bool]) -> list[list[Item]]:
    """The items in their order; one that `begins` another run does not go on with the last."""
    found: list[list[Item]] = []
    for item in items:
        if found and not begins(found[-1], item):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def apart(values: Iterable[float], least: float) -> list[float]:
    """From small to large; what is as near as this to the first of some is one with it."""
    together = runs(sorted(values), lambda run, value: value - run[0] > least)
    return [run[0] for run in together]


def ranges(numbers: Iterable[int]) -> list[range]:
    """Whole numbers that follow each other, together."""
    together = runs(sorted(numbers), lambda run, number: number > run[-1] + 1)
    return [range(run[0], run[-1] + 1) for run in together]


def between_white(
    items: Iterable[Item], box_of: Callable[[Item], Box], *, axis: int, gap: float
) -> list[list[Item]]:
    """The items along an axis (0: x, 1: y), parted by white wider than the gap."""
    reach = float("-inf")

    def begins(run: list[Item], item: Item) -> bool:
        nonlocal reach
        reach = max(reach, box_of(run[-1])[axis + 2])
        return box_of(item)[axis] - reach > gap

    return runs(sorted(items, key=lambda item: box_of(item)[axis]), begins)

"""The labels that head a row or a column, one below the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from loaders.chunking.header_detection import Kind, kind_of
from loaders.pages.runs import ranges
from loaders.text.units import is_unit_line, measure_of

_MARK = re.compile(
    r"(?<=[^\W\d_]{3})[⁰¹²³⁴-⁹ᵃ-ᶻ*†‡]{1,3}$|(?<=\d{4})[⁰¹²³⁴-⁹ᵃ-ᶻ*†‡]{1,3}$|\s?\[\^\w{1,3}\]$"
)


def without_mark(label: str) -> str:
    """A label without the footnote mark behind it: `Free cash flow²`, but `m²`."""
    return _MARK.sub("", label).rstrip()


def label_path(texts: Sequence[str]) -> tuple[str, ...]:
    """Without blanks, and without a text that repeats the one before it."""
    path: list[str] = []
    for text in map(without_mark, texts):
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def is_unit_title(text: str) -> bool:
    """In brackets, or "in millions": it is said of figures, and names none."""
    return text.lstrip().startswith(("(", "（", "[")) or is_unit_line(text)


def labels_told(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The labels of rows below each other, blanks filled by the names that hold for them.

    Two rows of a parameter may have one unit: that tells nothing apart.
    """
    told = [list(row) for row in rows]

    def tell(places: Sequence[int], column: int) -> None:
        if column + 1 < len(rows[places[0]]):
            names = [rows[n][column] for n in places]
            beside = (filter(None, rows[n][column + 1 :]) for n in places)
            marks = [" ".join(one for one in row if measure_of(one) is None) for row in beside]
            for place, name in zip(places, reaching(names, marks), strict=True):
                told[place][column] = name
            for _, part in groupby(places, lambda n: told[n][column]):
                tell([*part], column + 1)

    if rows:
        tell(range(len(rows)), 0)
    return told


def reaching(names: Sequence[str], marks: Sequence[str]) -> list[str]:
    """The name that holds for each place, where `marks` say what else heads it.

    Where the marks come again, or are years, a name holds for the run that it stands in. Else a
    blank belongs to the name before it; but not where that is disproved: a blank before the first
    name, or two places alike, show that names stand in the middle of what they span.
    """
    told = list(names)
    heads = [n for n, name in enumerate(names) if name]
    runs = next((r for r in (runs_of(marks), years_in(marks)) if are_named(r, names, marks)), [])
    for run in runs:
        name = next(names[n] for n in run if names[n])
        told[run.start : run.stop] = [name] * len(run)
    if not heads or any(not names[run.start] for run in runs):
        return told
    if not runs and any(marks[: heads[0]]):
        return told
    for place in range(heads[0], len(names)):
        told[place] = told[place] or told[place - 1]
    pairs = [pair for pair in zip(told, marks, strict=True) if all(pair)]
    return told if len(set(pairs)) == len(pairs) else list(names)


def are_named(runs: Sequence[range], names: Sequence[str], marks: Sequence[str]) -> bool:
    """One name stands in each run, and what has none is of another kind than they are."""
    inside = {n for run in runs for n in run}
    said = {marks[n] for n in inside}
    loose = any(marks[n] in said for n in range(len(names)) if not names[n] and n not in inside)
    return (
        bool(runs) and not loose and all(sum(map(bool, names[r.start : r.stop])) == 1 for r in runs)
    )


def runs_of(marks: Sequence[str]) -> list[range]:
    """The places of marks that come again in the same order, two at least."""
    counts = Counter(marks)
    first = next((n for n, mark in enumerate(marks) if mark and counts[mark] > 1), len(marks))
    starts = [n for n in range(first, len(marks)) if marks[n] == marks[first]]
    length = min((after - before for before, after in pairwise(starts)), default=0)
    run = list(marks[first : first + length])
    is_run = length > 1 and all(run) and len(set(run)) == length
    if not is_run or any(list(marks[n : n + length]) != run for n in starts):
        return []
    return [range(n, n + length) for n in starts]


def years_in(marks: Sequence[str]) -> list[range]:
    """The places of years side by side, each once."""
    places = [n for n, mark in enumerate(marks) if kind_of(mark) is Kind.YEAR]
    found = [run for run in ranges(places) if len(run) > 1]
    return found if all(len({marks[n] for n in run}) == len(run) for run in found) else []

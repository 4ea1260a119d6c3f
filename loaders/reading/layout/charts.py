"""What a chart says in words: its numbers with their names, where places and colours prove both.

Whose a number is, is proven by the slot of its group and, if there are several series, by the
colour of the bar or point that it stands at. What is not proven is said as words apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from loaders.pages.geometry import enclosing, inside, middle, overlap
from loaders.pages.page_layout import Fill, Token
from loaders.pages.runs import runs
from loaders.reading.auditing.axis_ticks import axis_ticks
from loaders.reading.auditing.numerals import numerals
from loaders.reading.tables.cell_phrases import Phrase, TableLine, table_lines

MARK = "Read from the chart:"
SWATCH = 30.0
"""Points; a patch of colour in a legend is smaller."""
FEWEST_TICKS = 3


class Read(NamedTuple):
    """What could be joined: a line of text for each group or label, and the words in them."""

    pairs: list[str]
    said: list[Token]


Group = TableLine
"""Bars that stand together: the lines of their name."""


@dataclass(frozen=True, slots=True)
class Series:
    """A name in the legend and the patch of colour beside it; that of one may be hatched."""

    name: Phrase
    patch: Fill | None

    @property
    def colour(self) -> str:
        return self.patch.colour if self.patch else ""


def chart_text(tokens: Sequence[Token], fills: Sequence[Fill]) -> list[str]:
    """Lines of text about the chart, or its words if they cannot be joined; no word is lost."""
    upright = upright_lines(tokens)
    turned = {id(token) for line in upright for token in line}
    level = [token for token in tokens if id(token) not in turned]
    lines = table_lines(level)
    names = [" ".join(token.text for token in line) for line in upright]
    ticks = ticks_of(level)
    legend = legend_of(lines, fills)
    found = labelled(lines, ticks, legend) or grouped(lines, ticks, legend, fills)
    if found is None and not ticks:
        return [line.text for line in lines] + names
    marks = " ".join(tick.text for tick in ticks)
    axis = ": ".join(filter(None, [" · ".join(names), marks]))
    said = {id(token) for token in (*(found.said if found else ()), *ticks)}
    return [
        *([MARK, *(f"- {pair}" for pair in found.pairs)] if found else []),
        *([f"Axis: {axis}"] if axis else []),
        *words_apart(lines, said),
    ]


def words_apart(lines: Sequence[TableLine], said: set[int]) -> Iterable[str]:
    """What is left of the lines; names and numbers of one height need not belong together."""
    for line in lines:
        rest = [phrase for phrase in line.phrases if not said & set(map(id, phrase.tokens))]
        if any(map(is_value, rest)) and not all(map(is_value, rest)):
            yield from (phrase.text for phrase in rest)
        elif rest:
            yield " ".join(phrase.text for phrase in rest)


def upright_lines(tokens: Sequence[Token]) -> list[list[Token]]:
    """The words that run up or down the page, like the names of axes, in the layer's order."""
    lines: dict[int, list[Token]] = {}
    for token in tokens:
        lines.setdefault(token.line, []).append(token)
    return [line for line in lines.values() if is_upright(line)]


def is_upright(line: Sequence[Token]) -> bool:
    """Words of one line stand above each other, or a word is high and narrow."""
    x0, y0, x1, y1 = enclosing(token.box for token in line)
    is_long = any(len(token.text) > 1 for token in line)
    return is_long and y1 - y0 > 1.5 * line[0].size and y1 - y0 > x1 - x0


def ticks_of(tokens: Sequence[Token]) -> list[Token]:
    """The numbers of the axes, each axis from its least on.

    Numbers that count 1, 2, 3 are as well a list: an axis of such steps has its zero.
    """
    axes: list[dict[int, Token]] = []
    for run in axis_ticks(tokens, FEWEST_TICKS):
        own = {id(tick): tick for tick in run}
        apart = [axis for axis in axes if not axis.keys() & own.keys()]
        for axis in axes:
            own |= axis if axis.keys() & own.keys() else {}
        axes = [*apart, own]
    ordered = [along(list(axis.values())) for axis in axes]
    return [tick for axis in ordered if not is_count(axis) for tick in axis]


def along(ticks: Sequence[Token]) -> list[Token]:
    """From left to right, or upwards."""
    x0, y0, x1, y1 = enclosing(tick.box for tick in ticks)
    is_level = x1 - x0 > y1 - y0
    return sorted(ticks, key=lambda tick: tick.box[0] if is_level else -tick.box[1])


def is_count(ticks: Sequence[Token]) -> bool:
    """Whole numbers in steps of one, none of them zero."""
    texts = [tick.text.strip(".)") for tick in ticks]
    if not all(map(str.isdecimal, texts)):
        return False
    values = sorted(map(int, texts))
    return values[0] > 0 and values[-1] - values[0] == len(values) - 1


def legend_of(lines: Sequence[TableLine], fills: Sequence[Fill]) -> list[Series]:
    """Names of series, each right behind a patch of a colour of its own, or each right before it.

    One on a line with others may have no patch. Nothing if two names have one colour: then these
    are no patches of a legend.
    """
    patches = [
        fill for fill in fills if max(fill.box[2] - fill.box[0], fill.box[3] - fill.box[1]) < SWATCH
    ]
    for is_before in (True, False):
        found: list[Series] = []
        for line in lines:
            names = [phrase for phrase in line.phrases if not is_value(phrase)]
            own = [Series(name, patch_at(name, patches, is_before=is_before)) for name in names]
            patched = [series for series in own if series.patch]
            found += own if len(own) - 1 == len(patched) > 1 else patched
        colours = [series.colour for series in found]
        if len(found) > 1:
            return found if len(set(colours)) == len(colours) else []
    return []


def patch_at(phrase: Phrase, patches: Sequence[Fill], *, is_before: bool) -> Fill | None:
    """The patch of colour right before the name or right after it, if there is one."""
    y = middle(phrase.box)[1]
    near = [
        patch
        for patch in patches
        if patch.box[1] - 3 <= y <= patch.box[3] + 3
        and -1
        <= (phrase.box[0] - patch.box[2] if is_before else patch.box[0] - phrase.box[2])
        < 1.5 * phrase.size
    ]
    return near[-1] if near else None


def is_value(phrase: Phrase) -> bool:
    """A number, neither a dash for one nor a year."""
    has_digit = any(char.isdigit() for char in phrase.text)
    return phrase.is_figure and has_digit and not phrase.is_year


def labelled(
    lines: Sequence[TableLine], ticks: Sequence[Token], legend: Sequence[Series]
) -> Read | None:
    """A label and one number on each line: bars that lie, or a list of shares.

    Not if there is a number more, or another series: then a line may mix what is apart.
    """
    found = [
        line.phrases
        for line in lines
        if len(line.phrases) == 2 and not is_value(line.phrases[0]) and is_value(line.phrases[1])
    ]
    own = [token for both in found for phrase in both for token in phrase.tokens]
    if len(found) < 3 or len(legend) > 1 or values_of(lines, [*own, *ticks]):
        return None
    return Read([f"{label.text}: {value.text}" for label, value in found], own)


def values_of(lines: Sequence[TableLine], but: Sequence[Token]) -> list[Phrase]:
    """The numbers among the words that are left, each by itself however close they stand."""
    known = set(map(id, but))
    found: list[Phrase] = []
    for phrase in (phrase for line in lines for phrase in line.phrases if is_value(phrase)):
        if not known & set(map(id, phrase.tokens)):
            is_one = len(numerals(phrase.text)) == 1
            found += [phrase] if is_one else [Phrase([token]) for token in phrase.tokens]
    return found


def grouped(
    lines: Sequence[TableLine],
    ticks: Sequence[Token],
    legend: Sequence[Series],
    fills: Sequence[Fill],
) -> Read | None:
    """Groups of bars or points, in columns over their names or in rows beside them."""
    values = values_of(lines, ticks)
    colours = {series.colour for series in legend}
    patches = [series.patch for series in legend]
    bars = [fill for fill in fills if fill.colour in colours and fill not in patches]
    named = {id(series.name) for series in legend}
    rest = [
        TableLine(kept)
        for line in lines
        if (kept := [p for p in line.phrases if not (id(p) in named or is_value(p))])
    ]
    for groups, axis in ((names_below(rest), 0), (names_beside(rest, bars), 1)):
        if len(groups) > 1 and values:
            found = read_groups(groups, axis, values, legend, bars)
            if found:
                return found
    return None


def read_groups(
    groups: Sequence[Group],
    axis: int,
    values: Sequence[Phrase],
    legend: Sequence[Series],
    bars: Sequence[Fill],
) -> Read | None:
    """Each group with its numbers; one whose numbers have no proven names is left out."""
    members: list[list[Phrase]] = [[] for _ in groups]
    for value in values:
        slot = slot_of(value, groups, axis)
        if slot is None:
            return None
        members[slot].append(value)
    if len(legend) < 2:
        if any(len(own) != 1 for own in members):
            return None
        told = [own[0].text for own in members]
    else:
        told = [described(own, axis, legend, bars) for own in members]
    if not any(told):
        return None
    said = [
        *(p for group, text in zip(groups, told, strict=True) if text for p in group.phrases),
        *(value for own, text in zip(members, told, strict=True) if text for value in own),
        *(series.name for series in legend),
    ]
    return Read(
        [f"{group.text}: {text}" for group, text in zip(groups, told, strict=True) if text],
        [token for phrase in said for token in phrase.tokens],
    )


def slot_of(value: Phrase, groups: Sequence[Group], axis: int) -> int | None:
    """The group in whose part of the axis the number stands: half of the way to its neighbours."""
    places = [middle(group.box)[axis] for group in groups]
    place = middle(value.box)[axis]
    widest = max(abs(after - before) for before, after in pairwise(places))
    nearest = min(range(len(groups)), key=lambda n: abs(places[n] - place))
    is_over = axis == 1 or value.box[3] < groups[nearest].box[1] + 2
    is_near = abs(places[nearest] - place) <= 0.55 * widest
    return nearest if is_over and is_near else None


def names_below(lines: Sequence[TableLine]) -> list[Group]:
    """The lowest line of names, and what stands right below or above it in the same columns."""
    rows = [line for line in lines if len(line.phrases) > 1]
    if not rows:
        return []
    last = rows[-1]
    first = last
    for above, below in reversed(list(pairwise(rows))):
        close = below.box[1] - above.box[3] < 0.8 * below.phrases[0].size
        if below is not first or not close or len(above.phrases) != len(last.phrases):
            break
        first = above
    stack = [line for line in rows if first.box[1] <= line.box[1] <= last.box[1]]
    return [
        Group(
            [
                other
                for line in stack
                for other in line.phrases
                if overlap(phrase.box[0], phrase.box[2], other.box[0], other.box[2]) > 0
            ]
        )
        for phrase in first.phrases
    ]


def names_beside(lines: Sequence[TableLine], bars: Sequence[Fill]) -> list[Group]:
    """The names to the left of all bars, at the height of these; lines close together are one."""
    if not bars:
        return []
    x0, y0, _, y1 = enclosing(bar.box for bar in bars)
    names = (
        phrase
        for phrase in (phrase for line in lines for phrase in line.phrases)
        if phrase.box[2] <= x0 + 2 and y0 - 2 < middle(phrase.box)[1] < y1 + 2
    )

    def begins(name: list[Phrase], phrase: Phrase) -> bool:
        return phrase.box[1] - max(p.box[3] for p in name) >= 0.5 * phrase.size

    return [Group(name) for name in runs(names, begins)]


def described(
    values: Sequence[Phrase], axis: int, legend: Sequence[Series], bars: Sequence[Fill]
) -> str:
    """The numbers of a group with the names of their series, in the legend's order.

    Nothing if two have bars of one colour, or if more than one has none: whose they are is unsure.
    The one without is that of the name without a patch, where every other name has its number.
    """
    by_colour: dict[str, Phrase] = {}
    for value in values:
        colours = {bar.colour for bar in bars_at(value, axis, bars)} or {""}
        if len(colours) != 1 or colours & by_colour.keys():
            return ""
        by_colour[colours.pop()] = value
    known = {series.colour: series.name.text for series in legend}
    if not by_colour.keys() <= known.keys() or ("" in by_colour and len(values) < len(legend)):
        return ""
    return ", ".join(
        f"{name} {by_colour[colour].text}" for colour, name in known.items() if colour in by_colour
    )


def bars_at(value: Phrase, axis: int, bars: Sequence[Fill]) -> list[Fill]:
    """The bar in which the number stands, or those that end right at it."""
    x, y = middle(value.box)
    around = [bar for bar in bars if inside((x, y, x, y), bar.box)]
    if around:
        return around[-1:]
    reach = 1.5 * value.size
    if axis == 0:
        return [
            bar
            for bar in bars
            if bar.box[0] - 1 <= x <= bar.box[2] + 1
            and value.box[3] - 6 <= bar.box[1] <= value.box[3] + reach
        ]
    return [
        bar
        for bar in bars
        if bar.box[1] - 1 <= y <= bar.box[3] + 1
        and value.box[0] - reach <= bar.box[2] <= value.box[0] + 6
    ]

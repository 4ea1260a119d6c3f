"""What a chart says in words: its numbers with their names, where places allow to join them.

A number stands over a bar or beside its label; the names of the groups stand below the bars, and
those of the series beside patches of the bars' colours, in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from loaders.pages.geometry import enclosing, middle, overlap
from loaders.pages.page_layout import Fill, Token
from loaders.pages.word import Box
from loaders.reading.tables.cell_phrases import Phrase, TableLine, table_lines

MARK = "Read from the chart:"
SWATCH = 30.0
"""Points; a patch of colour in a legend is smaller."""


class Read(NamedTuple):
    """What could be joined: a line of text for each group or label, and the words in them."""

    pairs: list[str]
    said: list[Token]
    ticks: list[Token]
    """The numbers of the axes."""


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that stand together: the lines of their name."""

    phrases: list[Phrase]

    @property
    def text(self) -> str:
        return " ".join(phrase.text for phrase in self.phrases)

    @property
    def box(self) -> Box:
        return enclosing(phrase.box for phrase in self.phrases)


def chart_text(tokens: Sequence[Token], fills: Sequence[Fill]) -> list[str]:
    """Lines of text about the chart, or its words if they cannot be joined; no word is lost."""
    upright = upright_lines(tokens)
    turned = {id(token) for line in upright for token in line}
    lines = table_lines(token for token in tokens if id(token) not in turned)
    names = [" ".join(token.text for token in line) for line in upright]
    found = bars(lines, fills) or labelled(lines)
    if found is None:
        return [line.text for line in lines] + names
    marks = " ".join(tick.text for tick in found.ticks)
    axis = ": ".join(filter(None, [" · ".join(names), marks]))
    said = {id(token) for token in (*found.said, *found.ticks)}
    rest = [
        " ".join(phrase.text for phrase in line.phrases if not said & set(map(id, phrase.tokens)))
        for line in lines
    ]
    return [
        MARK,
        *(f"- {pair}" for pair in found.pairs),
        *([f"Axis: {axis}"] if axis else []),
        *filter(None, rest),
    ]


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


def labelled(lines: Sequence[TableLine]) -> Read | None:
    """A label and one number on each line: bars that lie, or a list of shares."""
    found = [
        line.phrases
        for line in lines
        if len(line.phrases) == 2 and not line.phrases[0].is_figure and is_value(line.phrases[1])
    ]
    if len(found) < 3 or len(found) * 2 < len(lines):
        return None
    pairs = [f"{label.text}: {value.text}" for label, value in found]
    return Read(pairs, [token for both in found for phrase in both for token in phrase.tokens], [])


def is_value(phrase: Phrase) -> bool:
    """A number, not a dash for one."""
    return phrase.is_figure and any(char.isdigit() for char in phrase.text)


def bars(lines: Sequence[TableLine], fills: Sequence[Fill]) -> Read | None:
    """Groups of bars: under each group its name, over each bar its number."""
    groups = group_names(lines)
    if len(groups) < 2:
        return None
    top = min(group.box[1] for group in groups)
    numbers = [
        token
        for line in lines
        for phrase in line.phrases
        if is_value(phrase) and not phrase.is_year and phrase.box[3] < top + 2
        for token in phrase.tokens
    ]
    ticks = axis_ticks(numbers, enclosing(group.box for group in groups))
    values = [number for number in numbers if number not in ticks]
    members: list[list[Token]] = [[] for _ in groups]
    for value in values:
        x = middle(value.box)[0]
        nearest = min(range(len(groups)), key=lambda n: abs(middle(groups[n].box)[0] - x))
        members[nearest].append(value)
    if len(values) < len(groups) or sum(map(bool, members)) * 2 < len(groups):
        return None
    series = series_names(lines, fills, top)
    told = [
        described(sorted(own, key=lambda value: value.box[0]), series, fills) for own in members
    ]
    if not any(told):
        return None
    values = [value for own, text in zip(members, told, strict=True) if text for value in own]
    members = [own if text else [] for own, text in zip(members, told, strict=True)]
    named = [
        *(p for group, own in zip(groups, members, strict=True) if own for p in group.phrases),
        *(name for name, _ in series if any(name.text in text for text in told)),
    ]
    return Read(
        [f"{group.text}: {text}" for group, text in zip(groups, told, strict=True) if text],
        [*values, *(token for phrase in named for token in phrase.tokens)],
        ticks,
    )


def group_names(lines: Sequence[TableLine]) -> list[Group]:
    """The lowest line of names, and what stands right below or above it in the same columns."""
    rows = [
        line
        for line in lines
        if len(line.phrases) > 1 and not any(is_value(p) and not p.is_year for p in line.phrases)
    ]
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


def axis_ticks(numbers: Sequence[Token], groups: Box) -> list[Token]:
    """The numbers of the axes: even steps under each other, left or right of all groups."""
    found: list[Token] = []
    for is_right in (False, True):
        beside = [
            n for n in numbers if (n.box[0] > groups[2] if is_right else n.box[0] < groups[0])
        ]
        edges = Counter(round(number.box[side]) for number in beside for side in (0, 2))
        for edge, count in edges.most_common(3):
            ticks = [n for n in beside if min(abs(n.box[0] - edge), abs(n.box[2] - edge)) <= 1.5]
            heights = sorted(middle(tick.box)[1] for tick in ticks)
            steps = [after - before for before, after in pairwise(heights)]
            if count >= 3 and steps and max(steps) - min(steps) < 0.1 * max(steps):
                found += sorted(ticks, key=lambda tick: -tick.box[1])
                break
    return found


def series_names(
    lines: Sequence[TableLine], fills: Sequence[Fill], top: float
) -> list[tuple[Phrase, str]]:
    """Names and colours of the series: the line with patches of colour before its names."""
    swatches = [
        fill for fill in fills if max(fill.box[2] - fill.box[0], fill.box[3] - fill.box[1]) < SWATCH
    ]
    for line in lines:
        if any(is_value(phrase) for phrase in line.phrases) or len(line.phrases) < 2:
            continue
        found = [(phrase, colour_before(phrase, swatches)) for phrase in line.phrases]
        if sum(bool(colour) for _, colour in found) * 2 >= len(found):
            return found
    return []


def colour_before(phrase: Phrase, swatches: Sequence[Fill]) -> str:
    """The colour of the patch right before the name, if there is one."""
    y = middle(phrase.box)[1]
    near = [
        swatch
        for swatch in swatches
        if swatch.box[1] - 3 <= y <= swatch.box[3] + 3
        and -1 <= phrase.box[0] - swatch.box[2] < 1.5 * phrase.size
    ]
    return near[-1].colour if near else ""


def described(
    values: Sequence[Token], series: Sequence[tuple[Phrase, str]], fills: Sequence[Fill]
) -> str:
    """The numbers of a group, with the names of their series where order or colour tells them.

    Nothing if there are several and one has no name: whose they are is not sure.
    """
    by_colour = {colour: name.text for name, colour in series if colour}
    names = [by_colour.get(bar_colour(value, fills), "") for value in values]
    if len(values) == len(series):
        in_order = [name.text for name, _ in series]
        if all(name in ("", expected) for name, expected in zip(names, in_order, strict=True)):
            names = in_order
    if len(values) > 1 and not all(names):
        return ""
    return ", ".join(
        f"{name} {value.text}".strip() for name, value in zip(names, values, strict=True)
    )


def bar_colour(value: Token, fills: Sequence[Fill]) -> str:
    """The colour of the bar that ends right below the number."""
    x = middle(value.box)[0]
    under = [
        fill
        for fill in fills
        if fill.box[0] - 1 <= x <= fill.box[2] + 1
        and fill.box[2] - fill.box[0] < 8 * value.size
        and value.box[3] - 6 <= fill.box[1] <= value.box[3] + 1.5 * value.size
    ]
    return under[-1].colour if under else ""

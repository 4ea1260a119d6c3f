"""What a chart says in words: its numbers with their names, where places allow to join them.

A number stands over a bar or beside its label; the names of the groups stand below the bars, and
those of the series beside patches of the bars' colours, in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from loaders.reading.layout.geometry import enclosing, middle, overlap
from loaders.reading.page import Box
from loaders.reading.sheet import Fill, Token
from loaders.reading.tables.phrases import Phrase, TableLine, table_lines

MARK = "Read from the chart:"
SWATCH = 30.0
"""Points; a patch of colour in a legend is smaller."""


def chart_text(tokens: Sequence[Token], fills: Sequence[Fill]) -> list[str]:
    """Lines of text about the chart, or its words if they cannot be joined."""
    level = [token for token in tokens if not is_upright(token)]
    if not level:
        return [token.text for token in tokens]
    lines = table_lines(level)
    pairs = bars(lines, fills) or labelled(lines)
    if pairs:
        axis = " ".join(token.text for token in sorted(tokens, key=bottom_up) if is_upright(token))
        return [MARK, *([f"- Axis: {axis}"] if axis else []), *(f"- {pair}" for pair in pairs)]
    return [line.text for line in lines]


def is_upright(token: Token) -> bool:
    """The word runs up or down the page, like the name of an axis."""
    width, height = token.box[2] - token.box[0], token.box[3] - token.box[1]
    return len(token.text) > 1 and height > 1.5 * token.size and height > width


def bottom_up(token: Token) -> float:
    """Words that run up are read from the bottom."""
    return -token.box[3]


def labelled(lines: Sequence[TableLine]) -> list[str]:
    """A label and one number on each line: bars that lie, or a list of shares."""
    pairs = [
        f"{line.phrases[0].text}: {line.phrases[1].text}"
        for line in lines
        if len(line.phrases) == 2 and not line.phrases[0].is_figure and is_value(line.phrases[1])
    ]
    return pairs if len(pairs) >= 3 and len(pairs) * 2 >= len(lines) else []


def is_value(phrase: Phrase) -> bool:
    """A number, not a dash for one."""
    return phrase.is_figure and any(char.isdigit() for char in phrase.text)


def bars(lines: Sequence[TableLine], fills: Sequence[Fill]) -> list[str]:
    """Groups of bars: under each group its name, over each bar its number."""
    groups = group_names(lines)
    if len(groups) < 2:
        return []
    top = min(box[1] for _, box in groups)
    left = min(box[0] for _, box in groups)
    numbers = [
        token
        for line in lines
        for phrase in line.phrases
        if is_value(phrase) and phrase.box[3] < top + 2
        for token in phrase.tokens
    ]
    values = without_ticks(numbers, left)
    if len(values) < len(groups):
        return []
    members: dict[str, list[Token]] = {name: [] for name, _ in groups}
    for value in values:
        x = middle(value.box)[0]
        name, _ = min(groups, key=lambda group: abs(middle(group[1])[0] - x))
        members[name].append(value)
    series = series_names(lines, fills, top)
    return [
        f"{name}: {described(sorted(found, key=lambda value: value.box[0]), series, fills)}"
        for name, found in members.items()
        if found
    ]


def group_names(lines: Sequence[TableLine]) -> list[tuple[str, Box]]:
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
    names: list[tuple[str, Box]] = []
    for phrase in first.phrases:
        column = [
            other
            for line in stack
            for other in line.phrases
            if overlap(phrase.box[0], phrase.box[2], other.box[0], other.box[2]) > 0
        ]
        text = " ".join(other.text for other in column)
        names.append((text, enclosing(other.box for other in column)))
    return names


def without_ticks(numbers: Sequence[Token], left: float) -> list[Token]:
    """The numbers without those of the axis: even steps under each other at the left edge."""
    edges = Counter(round(number.box[2]) for number in numbers if number.box[0] < left)
    for edge, count in edges.most_common(3):
        ticks = [number for number in numbers if abs(number.box[2] - edge) <= 1.5]
        heights = sorted(middle(tick.box)[1] for tick in ticks)
        steps = [after - before for before, after in pairwise(heights)]
        if count >= 3 and steps and max(steps) - min(steps) < 0.1 * max(steps):
            return [number for number in numbers if number not in ticks]
    return list(numbers)


def series_names(
    lines: Sequence[TableLine], fills: Sequence[Fill], top: float
) -> list[tuple[str, str]]:
    """Names and colours of the series: the line with patches of colour before its names."""
    swatches = [
        fill for fill in fills if max(fill.box[2] - fill.box[0], fill.box[3] - fill.box[1]) < SWATCH
    ]
    for line in lines:
        if any(is_value(phrase) for phrase in line.phrases) or len(line.phrases) < 2:
            continue
        found = [(phrase.text, colour_before(phrase, swatches)) for phrase in line.phrases]
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
    values: Sequence[Token], series: Sequence[tuple[str, str]], fills: Sequence[Fill]
) -> str:
    """The numbers of a group, with the names of their series where order or colour tells them."""
    by_colour = {colour: name for name, colour in series if colour}
    names = [by_colour.get(bar_colour(value, fills), "") for value in values]
    if len(values) == len(series):
        in_order = [name for name, _ in series]
        if all(name in ("", expected) for name, expected in zip(names, in_order, strict=True)):
            names = in_order
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

"""Figures in large print with their names in small print over or under them, several in a row.

Reports open with such tiles. Read line by line, every figure would stand beside another's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.pages.geometry import area, inside, middle
from loaders.pages.page_layout import Field, Fill, Token
from loaders.pages.word import Box
from loaders.reading.text_layer.line_joining import line_box

LARGER = 1.3
"""Times the size of its name: print of a figure that is to be seen first."""
NEAR = 0.9
"""Times the size of the figure: white between it and its name, at most."""
ALIGNED = 3.0
"""Points by which edges or middles may miss each other."""
WORDS, LINES = 8, 3
"""Of a name or a remark, at most."""

Phrase = list[Token]


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with what stands over and under it, the nearest first."""

    value: Phrase
    above: list[Phrase]
    below: list[Phrase]


def key_figures(lines: Sequence[Sequence[Phrase]], fills: Sequence[Fill]) -> list[Field]:
    """The pairs of names and figures on a page, from the phrases of its lines."""
    phrases = [phrase for line in lines for phrase in line]
    rows = [
        [tile_of(value, phrases, fills) for value in row]
        for line in lines
        for row in of_one_size(line)
    ]
    tiles = [tile for row in rows for tile in row if tile.above or tile.below]
    return [field for row in rows for field in named([with_its_own(one, tiles) for one in row])]


def with_its_own(tile: Tile, tiles: Sequence[Tile]) -> Tile:
    """Without what stands closer to the figure of another row."""
    is_others_name = any(is_closer(one, one.below, tile, tile.above) for one in tiles)
    is_others_remark = any(is_closer(one, one.above, tile, tile.below) for one in tiles)
    return Tile(
        tile.value,
        [] if is_others_name else tile.above,
        [] if is_others_remark else tile.below,
    )


def is_closer(other: Tile, its: Sequence[Phrase], tile: Tile, mine: Sequence[Phrase]) -> bool:
    """Whether another figure shares some of these phrases, and its own begin closer to it."""
    shared = {id(phrase) for phrase in its} & {id(phrase) for phrase in mine}
    return bool(shared) and white(other.value, its[0]) < white(tile.value, mine[0])


def white(one: Phrase, other: Phrase) -> float:
    """Between two that stand over each other."""
    return max(line_box(one)[1] - line_box(other)[3], line_box(other)[1] - line_box(one)[3])


def is_figure(phrase: Phrase) -> bool:
    """A few words with a number near their beginning."""
    return len(phrase) <= 4 and any(c.isdigit() for token in phrase[:2] for c in token.text)


def of_one_size(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """The figures of a line that are set alike; in a table's row a label is set as they are."""
    rows: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        rows.setdefault(round(max(token.size for token in phrase)), []).append(phrase)
    figures = [list(filter(is_figure, row)) for row in rows.values() if is_figure(row[0])]
    return [row for row in figures if len(row) > 1]


def tile_of(value: Phrase, phrases: Sequence[Phrase], fills: Sequence[Fill]) -> Tile:
    """The figure with the small print in line with it, as far as it follows closely."""
    grounds = [fill.box for fill in fills if inside(line_box(value), fill.box)]
    ground = min(grounds, key=area, default=None)
    small = [phrase for phrase in phrases if is_small(phrase, value, ground)]
    over = [phrase for phrase in small if middle(line_box(phrase))[1] < middle(line_box(value))[1]]
    under = [phrase for phrase in small if phrase not in over]
    over.sort(key=lambda phrase: -line_box(phrase)[3])
    under.sort(key=lambda phrase: line_box(phrase)[1])
    return Tile(value, following(value, over), following(value, under))


def is_small(phrase: Phrase, value: Phrase, ground: Box | None) -> bool:
    """Small print of a few words, in line with the figure and on the same painted ground."""
    one, other = line_box(phrase), line_box(value)
    return (
        max(token.size for token in phrase) * LARGER <= max(token.size for token in value)
        and len(phrase) <= WORDS
        and (ground is None or inside(one, ground))
        and min(
            abs(one[0] - other[0]), abs(one[2] - other[2]), abs(middle(one)[0] - middle(other)[0])
        )
        < ALIGNED
    )


def following(value: Phrase, ordered: Sequence[Phrase]) -> list[Phrase]:
    """Those that stand close to the figure or to each other."""
    found: list[Phrase] = []
    last, far = line_box(value), NEAR * max(token.size for token in value)
    for phrase in ordered[:LINES]:
        box = line_box(phrase)
        if max(box[1] - last[3], last[1] - box[3]) > far:
            break
        found.append(phrase)
        last = box
    return found


def named(tiles: Sequence[Tile]) -> list[Field]:
    """A pair for each if all have their name on the same side; over them, if both would do."""
    if all(tile.above for tile in tiles):
        return [pair(tile.above[::-1], tile.value, tile.below) for tile in tiles]
    if all(tile.below for tile in tiles):
        return [pair(tile.below[:1], tile.value, tile.below[1:]) for tile in tiles]
    return []


def pair(names: Sequence[Phrase], value: Phrase, remarks: Sequence[Phrase]) -> Field:
    """The name, and the figure with what is remarked on it."""
    return Field(words_of(names), value, words_of(remarks))


def words_of(phrases: Sequence[Phrase]) -> list[Token]:
    """All their words."""
    return [token for phrase in phrases for token in phrase]

"""The pictures of a page: which may hold text, and what the layout makes of their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from loaders.pages.geometry import area, enclosing, inside
from loaders.pages.page_layout import ReadPicture, Region, Sheet
from loaders.pages.word import Box

STAMP = 6_000.0
"""Square points: a smaller picture is a logo, an icon, a signature."""
FEW_WORDS = 12
"""Of no more words the layout model has nothing to say."""
NARROW = 15.0
"""Points: what is thinner is a rule or a border."""

Drawn = Callable[[Box, float], tuple[bytes, int, int, int]]
"""Draws a part of the page in grey, so many pixels a point: samples, width, height, row bytes."""


def to_read(sheet: Sheet) -> list[Box]:
    """The pictures that may hold text: larger than a stamp, and no ground of the whole print."""
    return [
        box
        for box in sheet.pictures
        if area(box) > STAMP and min(box[2] - box[0], box[3] - box[1]) > NARROW
    ]


def with_pictures(sheet: Sheet, seen: Callable[[Sheet], list[Region]]) -> list[Region]:
    """The regions of the page, those in a picture that was read found by its own words alone.

    `seen` tells what the layout model sees. A picture that is neither prose nor a table is one.
    """
    kept = sheet.regions
    for picture in sheet.read_pictures:
        box = picture.box
        kept = [region for region in kept if not inside(region.box, box)]
        own = replace(
            sheet,
            tokens=[token for token in sheet.tokens if inside(token.box, box)],
            rules=[rule for rule in sheet.rules if inside(rule.box, box)],
            fills=[],
        )
        found = seen(own) if len(own.tokens) > FEW_WORDS else []
        if picture.is_prose or is_table(own, found):
            kept = kept + found
        else:
            set_apart(sheet, picture)
            kept = [*kept, Region("picture", box, is_read=True)]
    return kept


def set_apart(sheet: Sheet, drawing: ReadPicture) -> None:
    """Without the words of a drawing that may be its strokes: told, they put no page in doubt."""
    doubtful = {id(token) for token in drawing.doubtful}
    sheet.tokens = [token for token in sheet.tokens if id(token) not in doubtful]
    left = Counter(sheet.unsure) - Counter(token.text for token in drawing.doubtful)
    sheet.unsure = list(left.elements())
    told = [token.text for token in drawing.doubtful if token.text.strip("-")]
    if told:
        sheet.notes.append(f"not surely read in a drawing: {' '.join(told)}")


def is_table(sheet: Sheet, found: Sequence[Region]) -> bool:
    """Most words stand in tables, and rules or figures bear that out: a map has neither."""
    tables = [region.box for region in found if region.kind == "table"]
    held = sum(any(inside(token.box, box) for box in tables) for token in sheet.tokens)
    figures = sum(any(char.isdigit() for char in token.text) for token in sheet.tokens)
    is_borne_out = len(sheet.rules) > 2 or 4 * figures > len(sheet.tokens)
    return held > 0.7 * len(sheet.tokens) and is_borne_out


def joined_strips(boxes: Sequence[Box]) -> list[Box]:
    """Pictures that touch along a whole side are one: scanners write pages in strips."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        match = next((n for n, other in enumerate(found) if go_on(other, box)), None)
        if match is None:
            found.append(box)
        else:
            found[match] = enclosing((found[match], box))
    return found


def go_on(one: Box, other: Box) -> bool:
    """The second stands right under or beside the first, and is as wide or as high."""
    under = abs(other[1] - one[3]) < 2 and abs(other[0] - one[0]) < 2 > abs(other[2] - one[2])
    beside = abs(other[0] - one[2]) < 2 and abs(other[1] - one[1]) < 2 > abs(other[3] - one[3])
    return under or beside

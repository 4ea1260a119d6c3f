# mypy: allow-untyped-calls
"""A font that has no sign at all: it prints a box for each, as browsers do for want of a font."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

Polygon = Sequence[tuple[int, int]]
EM, ADVANCE = 1000, 620


def frame(x0: int, y0: int, x1: int, y1: int, pen: int) -> list[Polygon]:
    """A rectangle's sides, drawn with so thick a pen."""
    inner = [(x0 + pen, y0 + pen), (x1 - pen, y0 + pen), (x1 - pen, y1 - pen), (x0 + pen, y1 - pen)]
    return [[(x0, y0), (x0, y1), (x1, y1), (x1, y0)], inner]


def stroke(x0: int, y0: int, x1: int, y1: int, pen: int) -> Polygon:
    """A slanted line."""
    return [(x0, y0), (x1, y1), (x1 + pen, y1), (x0 + pen, y0)]


LOOKS: dict[str, list[Polygon]] = {
    "hollow": frame(60, 0, 560, 720, 50),
    "thin": frame(40, -150, 440, 760, 25),
    "crossed": [
        *frame(60, 0, 560, 720, 50),
        stroke(70, 10, 500, 710, 50),
        stroke(500, 10, 70, 710, 50),
    ],
    "touching": frame(0, 0, 620, 720, 40),
    "double": [*frame(60, 0, 560, 720, 40), *frame(160, 100, 460, 620, 40)],
}
"""What fonts print where they have nothing."""


def box_font(look: str) -> bytes:
    """A TrueType font whose glyph 0 is a box; its only other glyph is a space."""
    glyph = outline(LOOKS[look])
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12)
        + struct.pack(">HHHHHHH", 4, 32, 0, 4, 4, 1, 0)
        + struct.pack(">HHHHHhhHH", 32, 0xFFFF, 0, 32, 0xFFFF, 1 - 32, 1, 0, 0),
        b"glyf": glyph,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0),
            *(0, -200, EM, 800, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(">IhhhHhhhhhh4hhH", 0x10000, 800, -200, 0, ADVANCE, *[0] * 11, 2),
        b"hmtx": struct.pack(">HhHh", ADVANCE, 0, 300, 0),
        b"loca": struct.pack(">III", 0, len(glyph), len(glyph)),
        b"maxp": struct.pack(">IHHH", 0x10000, 2, 64, 8) + bytes(22),
    }
    start = 12 + 16 * len(tables)
    index, body = b"", b""
    for name, table in sorted(tables.items()):
        index += struct.pack(">4sIII", name, 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 48) + index + body


def outline(polygons: Sequence[Polygon]) -> bytes:
    """The polygons as a glyph."""
    points = [point for polygon in polygons for point in polygon]
    ends = [sum(map(len, polygons[: number + 1])) - 1 for number in range(len(polygons))]
    xs, ys = zip(*points, strict=True)
    steps = [
        value - before
        for values in (xs, ys)
        for value, before in zip(values, (0, *values), strict=False)
    ]
    made = struct.pack(">hhhhh", len(polygons), min(xs), min(ys), max(xs), max(ys))
    made += struct.pack(f">{len(ends)}HH", *ends, 0) + b"\x01" * len(points)
    made += struct.pack(f">{len(steps)}h", *steps)
    return made + bytes(-len(made) % 4)


def box_at(page: Any, x: float, y: float, count: int, look: str, size: float = 10) -> int:
    """Print so many boxes from a place on; the number of the font's object."""
    xref = int(page.insert_font(fontname=f"box{look}", fontbuffer=box_font(look)))
    page.insert_text((x, y), "\u0e01" * count, fontname=f"box{look}", fontsize=size)
    return xref

"""Watermarks: print over or under other print, at another angle, size or shade.

They are set apart before lines are found: one large letter would join all rows that it lies on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from loaders.pages.geometry import middle
from loaders.reading.text_layer.word_boxes import Glyph

HITS = 2
"""Letters of other lines that must stand in a line for it to lie over them."""
LARGE = 1.6
"""Times the size of what it lies over."""
PALE = 0.3
"""Paler than what it lies over by this part of the way from black to white."""
HUGE = 2.0
"""Times the size of the page's print: so large, a slanted line is a watermark wherever it lies."""
MOST_LINES = 400
"""Slanted, pale or large lines that are looked at: a page of more is a drawing."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line of print: how it runs and looks."""

    number: int
    text: str
    start: tuple[float, float]
    end: tuple[float, float]
    direction: tuple[float, ...]
    size: float
    paleness: float = 0.0

    @property
    def is_slanted(self) -> bool:
        return min(abs(part) for part in self.direction) > 0.05

    def covers(self, point: tuple[float, float]) -> bool:
        """The point lies where the line's letters stand."""
        dx, dy = self.direction
        x, y = point[0] - self.start[0], point[1] - self.start[1]
        length = (self.end[0] - self.start[0]) * dx + (self.end[1] - self.start[1]) * dy
        above = x * dy - y * dx
        return 0 <= x * dx + y * dy <= length and -0.1 * self.size <= above <= 0.7 * self.size


def watermarks(lines: Sequence[Stretch], glyphs: Sequence[Glyph]) -> list[Stretch]:
    """The lines that lie over others and do not look like them."""
    usual = median([glyph.size for glyph in glyphs] or [10.0])
    suspects = [line for line in lines if line.text and stands_out(line, usual)][:MOST_LINES]
    if not suspects:
        return []
    looks = {line.number: line for line in lines}
    strange = {line.number for line in suspects}
    plain = [glyph for glyph in glyphs if glyph.line not in strange and not glyph.char.isspace()]
    found = [line for line in suspects if lies_over(line, plain, looks, usual)]
    alike = {(line.text, round(line.size)) for line in found}
    return [line for line in suspects if (line.text, round(line.size)) in alike]


def stands_out(line: Stretch, usual: float) -> bool:
    """It is slanted, large or pale."""
    return line.is_slanted or line.size > LARGE * usual or line.paleness > PALE


def lies_over(
    line: Stretch, glyphs: Iterable[Glyph], looks: dict[int, Stretch], usual: float
) -> bool:
    """Letters of other lines stand where its own do, and it is larger, paler or slanted.

    A slanted line that is pale or very large is one wherever it lies: names of axes are neither.
    """
    if line.is_slanted and (line.size > HUGE * usual or line.paleness > PALE):
        return True
    under = [glyph for glyph in glyphs if line.covers(middle(glyph.box))]
    texts = {looks[glyph.line].text for glyph in under} - {line.text}
    if len(under) < HITS or not texts:
        return False
    size = median(glyph.size for glyph in under)
    shade = median(looks[glyph.line].paleness for glyph in under)
    return line.is_slanted or line.size > LARGE * size or line.paleness > shade + PALE


def told(found: Sequence[Stretch]) -> str:
    """What was set apart, for the audit."""
    texts = dict.fromkeys(line.text for line in found)
    return f"watermark set apart: {'; '.join(texts)[:200]}" if texts else ""

"""A bar chart drawn with vectors, its values written above the bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from samples.typeset import AMBER, CAPTION, FAINT, INK, MIST, TEAL, Sheet, Style, break_lines, plain

LABEL = Style(font="helv", size=8, leading=10, align="centre", colour=FAINT)


@dataclass(frozen=True)
class BarChart:
    """Labels with their values; the last bar is the one to look at."""

    caption: str
    summary: str
    """What the chart shows, in words; stands in the truth only."""
    bars: Sequence[tuple[str, float]]
    top: int
    step: int
    """The highest grid line and the distance between two."""

    def draw(self, sheet: Sheet, box: tuple[float, float, float, float]) -> float:
        """Draw into the box, caption below, and return the height after it."""
        left, ceiling, right, floor = box
        scale = (floor - ceiling) / self.top
        for line in range(0, self.top + 1, self.step):
            height = floor - line * scale
            sheet.rule(left + 28, height, right, 0.5, FAINT if line == 0 else MIST)
            sheet.label(str(line), left + 22, height + 2.8, replace(LABEL, align="right"))
        room = (right - left - 28) / len(self.bars)
        for number, (name, value) in enumerate(self.bars):
            middle = left + 28 + room * (number + 0.5)
            last = number == len(self.bars) - 1
            top = floor - value * scale
            sheet.fill((middle - 24, top, middle + 24, floor), AMBER if last else TEAL)
            ink = replace(LABEL, font="hebo", colour=INK)
            sheet.label(f"{value:.1f}", middle, top - 4, ink)
            sheet.label(name, middle, floor + 12, LABEL)
        end = floor + 24
        lines = break_lines(self.caption, CAPTION, right - left)
        end = sheet.lines(lines, left, end, right - left, CAPTION)
        values = [[name, f"{value:.1f}"] for name, value in self.bars]
        caption = plain(self.caption)
        sheet.note("figure", (left, ceiling, right, floor + 16), caption=caption, values=values,
                   text=self.summary)  # fmt: skip
        return end + 10

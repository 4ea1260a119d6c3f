# mypy: allow-untyped-calls
"""A cell that says its value by a colour is read; ornaments and legends are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.printer import Printer
from tests.read_back import read_back

RED, AMBER, GREEN = (0.85, 0.1, 0.1), (1.0, 0.65, 0.0), (0.1, 0.65, 0.2)
LIGHTS = [("Quay", GREEN, RED), ("Crane", AMBER, GREEN), ("Shed", RED, GREEN)]
NAMES = {RED: "red", AMBER: "amber", GREEN: "green"}


@pytest.mark.parametrize("shape", ["circle", "square"])
def test_lights_are_written_as_their_colours(tmp_path: Path, shape: str) -> None:
    printer = Printer()
    top = printer.prose(80)
    rows = [("Work", "Cost", "Time")] + [(name, "", "") for name, *_ in LIGHTS]
    printer.table(top, rows, (64, 250, 350), right=(), ruled=True)
    for row, (_, *colours) in enumerate(LIGHTS, 1):
        for x, colour in zip((258, 358), colours, strict=True):
            y = top + 18 * row - 3
            if shape == "circle":
                printer.page.draw_circle((x, y), 5, color=None, fill=colour)
            else:
                printer.page.draw_rect((x - 5, y - 5, x + 5, y + 5), color=None, fill=colour)
    printer.prose(top + 110)
    (page,) = read_back(printer.save(tmp_path / "lights.pdf"))
    for name, cost, time in LIGHTS:
        assert page.cell(name, "Cost") == NAMES[cost]
        assert page.cell(name, "Time") == NAMES[time]
    assert page.audit.notes == ["colours written as words: in 6 cells"]


def test_banded_rows_and_a_legend_are_no_values(tmp_path: Path) -> None:
    printer = Printer()
    top = printer.prose(80)
    for row in (0, 2):
        printer.page.draw_rect(
            (60, top + 18 * row - 12, 420, top + 18 * row + 6), fill=(0.85, 0.9, 1)
        )
    printer.table(
        top, [("Work", "Cost"), ("Quay", "12"), ("Crane", "31"), ("Shed", "5")], (64, 300)
    )
    for number, colour in enumerate((RED, AMBER, GREEN)):
        y = top + 120 + 14 * number
        printer.page.draw_rect((300, y - 8, 308, y), color=None, fill=colour)
        printer.text(314, y, ["North", "South", "West"][number])
    (page,) = read_back(printer.save(tmp_path / "bands.pdf"))
    assert page.audit.notes == []
    assert not any(name in page.text.split() for name in ("red", "green", "amber", "blue"))

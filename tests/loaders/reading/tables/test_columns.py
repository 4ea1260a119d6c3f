"""Columns: white space, drawn lines, and names over nothing."""

from __future__ import annotations

from pathlib import Path

from samples.printer import Printer
from tests.read_back import read_back


def test_heads_that_stand_close_to_their_rule_are_two_cells(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(60)
    heads = ("Kind of guest", "Price of a dinner", "Fewest dinners a month")
    xs = [60.0]
    for head in heads:
        xs.append(xs[-1] + printer.width_of(head, 9, "hebo") + 3.5)
    rows = [heads, ("Child", "2.50", "8"), ("Pupil", "3.75", "10"), ("Grown-up", "6.20", "12")]
    for number, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            printer.text(x + 1.7, y + 16 * number, text, 9, "hebo" if number == 0 else "helv")
    for number in range(len(rows) + 1):
        printer.rule(60, y + 16 * number - 11, xs[-1], y + 16 * number - 11)
    for x in xs:
        printer.rule(x, y - 11, x, y + 16 * len(rows) - 11)
    printer.prose(y + 100)
    (page,) = read_back(printer.save(tmp_path / "close.pdf"))
    assert page.tables[0] == [list(row) for row in rows]

"""Numbers of lines are set apart; lists, tables and numbered paragraphs keep theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.printer import PROSE, Printer
from tests.read_back import read_back


@pytest.mark.parametrize(("step", "first"), [(1, 1), (1, 47), (5, 5)])
@pytest.mark.parametrize("x", [30, 560])
def test_numbers_of_lines_are_no_part_of_the_text(
    tmp_path: Path, step: int, first: int, x: float
) -> None:
    printer = Printer()
    lines = [*PROSE] * 8
    for number, line in enumerate(lines):
        y = 80 + 20 * number
        printer.text(80, y, line)
        if (number + 1) % step == 0:
            printer.text(x, y, str(first + number - step + 1 if step > 1 else first + number), 8)
    (page,) = read_back(printer.save(tmp_path / "numbered.pdf"))
    assert " ".join([*PROSE] * 2) in page.text
    assert any(note.startswith("line numbers set apart") for note in page.audit.notes)
    assert page.audit.missing_numbers == []


def test_the_first_column_of_a_table_stays(tmp_path: Path) -> None:
    printer = Printer()
    rows = [("No.", "Harbour", "Vessels")]
    rows += [(str(n), f"Harbour {'ABCDEFGHIJ'[n]}", str(40 + 7 * n)) for n in range(1, 10)]
    printer.table(printer.prose(80), rows, (64, 120, 400), right=(2,))
    (page,) = read_back(printer.save(tmp_path / "table.pdf"))
    assert page.tables[0] == [list(row) for row in rows]


def test_a_numbered_list_stays(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(80)
    for number in range(1, 9):
        printer.text(60, y + 14 * number, str(number))
        printer.text(80, y + 14 * number, f"Check valve {'ABCDEFGHI'[number]} by hand")
    (page,) = read_back(printer.save(tmp_path / "list.pdf"))
    assert "8 Check valve I" in page.text.replace("- ", "")
    assert page.audit.notes == []


def test_the_days_before_rows_of_figures_stay(tmp_path: Path) -> None:
    printer = Printer()
    rows = [("Day", "Time", "Height", "Time", "Height")]
    rows += [(str(n), f"0{n}:49", f"1.{n}", f"1{n}:08", f"5.{n}") for n in range(1, 9)]
    printer.table(printer.prose(80), rows, (64, 88, 115, 136, 163), right=())
    (page,) = read_back(printer.save(tmp_path / "days.pdf"))
    assert "8 08:49" in page.text
    assert page.audit.notes == []

"""Values as accountants write them stand whole in their cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.printer import Printer
from tests.read_back import read_back

VALUES = [
    ("4.310,00-", "275,40-", "1.112,08"),
    ("1,204.50 CR", "318.00 DR", "77.15 CR"),
    ("(1,234)-", "(88)", "(6,410)"),
    ("3'219.75", "18'004.10", "212'655.00"),
    ("1,23,45,678.00", "3,10,250.75", "(12,500.00)"),
    ("18 437,60", "2 310,05", "912,00"),
    ("12 400 S", "318 H", "77 S"),
    ("EUR 1,204", "EUR 318", "EUR (77)"),
    ("1,204 £", "318 £", "-77 £"),
    ("+12.5 %", "-3.1 %", "0.0 %"),
]


@pytest.mark.parametrize("values", VALUES, ids=[value for value, *_ in VALUES])
def test_values_stand_whole_in_their_cells(tmp_path: Path, values: tuple[str, ...]) -> None:
    printer = Printer()
    y = printer.prose(80)
    rows = [("Item", "2024", "2025")]
    names = ["Freight", "Ferries", "Towage"]
    rows += [
        (name, value, values[(n + 1) % 3])
        for n, (name, value) in enumerate(zip(names, values, strict=True))
    ]
    printer.prose(printer.table(y, rows))
    (page,) = read_back(printer.save(tmp_path / "values.pdf"))
    assert page.tables[0] == [list(row) for row in rows]

from __future__ import annotations

from pathlib import Path

from samples.printer import Printer
from tests.read_back import ReadPage, read_back

FIELDS = (
    (("a  Number", "771-20-4418"), ("1  Wages", "54,318.20"), ("2  Tax withheld", "7,904.11")),
    (("b  Employer", "Holm Boatyard"), ("3  Medical wages", "55,900.00"), ("4  Tips", "")),
)


def form(path: Path, name_size: float) -> ReadPage:
    """Boxes side by side, in each a name over what was filled in."""
    printer = Printer()
    y = printer.prose(60)
    for row, fields in enumerate(FIELDS):
        for column, (name, value) in enumerate(fields):
            x, top = 60 + 160 * column, y + 34 * row
            printer.page.draw_rect((x, top, x + 160, top + 34), width=0.6)
            printer.text(x + 3, top + 11, name, name_size)
            printer.text(x + 8 if column == 0 else x + 90, top + 27, value, 10)
    printer.prose(y + 120)
    (page,) = read_back(printer.save(path))
    return page


def test_a_box_with_small_print_over_larger_is_a_name_and_its_value(tmp_path: Path) -> None:
    """Read as a table, the boatyard's wages would be what stands under the first row's name."""
    page = form(tmp_path / "form.pdf", 6.5)
    for name, value in (field for row in FIELDS for field in row if field[1]):
        assert f"{' '.join(name.split())}: {value}" in page.text
    assert "4 Tips" in page.text
    assert page.tables == []


def test_cells_of_one_size_are_a_table(tmp_path: Path) -> None:
    page = form(tmp_path / "table.pdf", 10)
    assert "Wages: 54,318.20" not in page.text


def test_a_row_with_a_label_of_its_own_is_a_tables(tmp_path: Path) -> None:
    """Taken as fields, every price would be `from`, and the table would be left without."""
    printer = Printer()
    y = printer.prose(60)
    rows = (("Room", "Winter", "Summer"), ("Single", "49", "79"), ("Double", "69", "109"))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            x, top = 60 + 120 * column, y + 34 * row
            printer.page.draw_rect((x, top, x + 120, top + 34), width=0.6)
            if row and column:
                printer.text(x + 5, top + 11, "from", 6.5)
            printer.text(x + 5, top + 27, cell, 10)
    printer.prose(y + 140)
    (page,) = read_back(printer.save(tmp_path / "prices.pdf"))
    assert "from: " not in page.text
    assert len(page.tables) == 1

"""What tells rows from heads and from further lines of a row, on printed pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.reading.tables.cell_phrases import TableLine
from loaders.reading.tables.header_rows import first_row, head_length, is_headless
from samples.printer import Printer
from tests.drawn_words import level, phrase, table_line
from tests.read_back import ReadPage, read_here

PLACES = (60.0, 300.0, 400.0, 500.0)


def printed(path: Path, rows: list[tuple[float, list[str]]], *, ruled: bool = False) -> ReadPage:
    """Rows at so many points below the one above; text ends at its place but for the first."""
    printer = Printer()
    y = printer.prose(60)
    for step, row in rows:
        y += step
        for column, text in enumerate(row):
            shift = printer.width_of(text, 9) if column else 0
            printer.text(PLACES[column] - shift, y, text, 9)
        if ruled:
            printer.rule(56, y + 5, 504, y + 5)
    printer.prose(y + 40)
    (page,) = read_here(printer.save(path))
    return page


def test_lines_of_a_label_stand_closer_than_rows_whatever_they_begin_with(tmp_path: Path) -> None:
    rows = [
        (0.0, ["Posten", "2024", "2023"]),
        (16.0, ["Lotsendienst", "70.282", "48.335"]),
        (16.0, ["Fees of ships that stay longer than", "851", "139"]),
        (11.0, ["Three nights at one of the"]),
        (11.0, ["Inner berths"]),
        (16.0, ["Crane hire", "4.017", "11.484"]),
        (16.0, ["North quay"]),
        (16.0, ["Mooring", "395", "7.346"]),
    ]
    page = printed(tmp_path / "a.pdf", rows)
    assert [row[0] for row in page.tables[0]] == [
        "Posten",
        "Lotsendienst",
        "Fees of ships that stay longer than Three nights at one of the Inner berths",
        "Crane hire",
        "North quay",
        "Mooring",
    ]


def test_a_bracket_that_had_no_room_goes_on_with_its_label(tmp_path: Path) -> None:
    rows = [
        (0.0, ["Item", "2024", "2023"]),
        (13.0, ["Harbour dues of the inner berths at night", "851", "139"]),
        (13.0, ["(Deshielo)"]),
        (13.0, ["Crane hire", "4,017", "11,484"]),
        (13.0, ["Mooring", "395", "7,346"]),
    ]
    page = printed(tmp_path / "a.pdf", rows)
    assert [row[0] for row in page.tables[0]][1:] == [
        "Harbour dues of the inner berths at night (Deshielo)",
        "Crane hire",
        "Mooring",
    ]


def test_a_group_right_under_the_head_of_a_ruled_table_is_no_head(tmp_path: Path) -> None:
    rows = [
        (0.0, ["Item", "Volume", "Income"]),
        (18.0, ["North quay"]),
        (18.0, ["Pilotage", "1,234", "88"]),
        (18.0, ["Mooring", "40", "912"]),
        (18.0, ["South quay"]),
        (18.0, ["Cranes", "7,001", "365"]),
    ]
    page = printed(tmp_path / "a.pdf", rows, ruled=True)
    (table,) = [block.table for block in page.blocks if block.table]
    assert (table.header_rows, table.rows[1][0]) == (1, "North quay")


def test_a_name_over_an_empty_column_has_a_column(tmp_path: Path) -> None:
    rows = [(0.0, ["Item", "Volume", "Income", "Share"])]
    rows += [(16.0, [name, "1,234", "88"]) for name in ("Pilotage", "Mooring", "Cranes", "Ice")]
    page = printed(tmp_path / "a.pdf", rows)
    assert page.tables[0][:2] == [
        ["Item", "Volume", "Income", "Share"],
        ["Pilotage", "1,234", "88", ""],
    ]


def test_the_second_line_of_a_name_ends_where_the_first_does(tmp_path: Path) -> None:
    rows = [
        (0.0, ["Item", "Volume", "Income", "Share"]),
        (12.0, ["", "", "(million EUR)"]),
        *((16.0, [name, "1,234", "88", "912"]) for name in ("Pilotage", "Mooring", "Cranes")),
    ]
    page = printed(tmp_path / "a.pdf", rows)
    assert page.tables[0][0] == ["Item", "Volume", "Income (million EUR)", "Share"]


@pytest.mark.parametrize("nothing", ["Nil", "n/a", "–"])
def test_a_first_row_of_the_kind_of_all_rows_names_no_columns(tmp_path: Path, nothing: str) -> None:
    rows = [
        (0.0, ["Prof. A. Holt", "35,000", nothing, nothing]),
        *((16.0, [name, "28,500", "1,200", nothing]) for name in ("B. Lund", "C. Voss", "D. Ems")),
    ]
    page = printed(tmp_path / "a.pdf", rows)
    (table,) = [block.table for block in page.blocks if block.table]
    assert (table.header_rows, table.height) == (0, 4)


def test_a_row_that_says_none_makes_no_heads_of_the_rows_above_it(tmp_path: Path) -> None:
    rows = [(0.0, ["Name", "Chr. Voss"]), (16.0, ["Nationality", "Danish"])]
    rows += [(16.0, ["Other residence", "Sweden"]), (16.0, ["Other offices", "None"])]
    page = printed(tmp_path / "a.pdf", rows)
    assert all(block.table is None or block.table.header_rows <= 1 for block in page.blocks)


def test_the_first_line_of_a_centred_cell_below_the_heads_is_of_its_row(tmp_path: Path) -> None:
    rows = [
        (0.0, ["No.", "Crew", "Races", "Points"]),
        (21.0, ["", "Blue", "", ""]),
        (6.5, ["1", "", "12", "41"]),
        (6.5, ["", "Heron", "", ""]),
        *((21.0, [str(n), name, "11", f"{40 - n}"]) for n, name in ((2, "Tern"), (3, "Plover"))),
    ]
    page = printed(tmp_path / "a.pdf", rows)
    assert page.tables[0][:2] == [
        ["No.", "Crew", "Races", "Points"],
        ["1", "Blue Heron", "12", "41"],
    ]


def test_figures_without_label_in_whose_middles_names_stand_are_names() -> None:
    rows = [
        table_line(100, (60, "Profile"), (174, "E"), (274, "P")),
        table_line(114, (150, "90 %"), (185, "80 %"), (250, "90 %"), (285, "80 %")),
        *(
            table_line(
                128 + 14 * n, (60, "Fast"), (150, "620"), (185, "450"), (250, "9"), (285, "7")
            )
            for n in range(3)
        ),
    ]
    columns = [120.0, 178.0, 220.0, 278.0]
    assert first_row(rows, columns) == 2
    askew = table_line(100, (60, "Profile"), (150, "E"), (250, "P"))
    assert first_row([askew, *rows[1:]], columns) == 1
    without_label = [*rows, table_line(170, (150, "620"), (185, "450"))]
    assert first_row(without_label, columns) == 1


def test_bold_labels_beside_plain_values_have_no_head() -> None:
    facts = [("Built", "1911"), ("Height", "84 m"), ("Steps", "412")]
    lines = [
        TableLine([phrase(60, name, 100 + 14 * n, bold=True), phrase(160, said, 100 + 14 * n)])
        for n, (name, said) in enumerate(facts)
    ]
    assert is_headless(lines, [140.0])
    named = TableLine([phrase(60, "Fact", 86, bold=True), phrase(160, "Value", 86, bold=True)])
    assert not is_headless([named, *lines], [140.0])


def test_a_label_alone_below_the_rule_of_the_head_names_rows_though_rules_part_all() -> None:
    columns = [150.0, 250.0]
    lines = [
        table_line(100, (200, "Scope 1, kt"), (300, "Output,")),
        table_line(110, (50, "Site"), (230, "CO2e"), (310, "kt")),
        table_line(126, (50, "Board mills")),
        table_line(142, (50, "Lindehult"), (230, "98.4"), (310, "412")),
        table_line(152, (50, "(Sweden)")),
        table_line(168, (50, "Torrevalle"), (230, "87.9"), (310, "376")),
        table_line(178, (50, "(Spain)")),
    ]
    rules = [level(y, 48, 360) for y in (114, 130, 156)]
    assert head_length(lines, columns, rules) == 2

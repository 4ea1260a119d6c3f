from __future__ import annotations

from graph.evidence.table_grid import table_grid
from loaders.chunking.table import Table
from tests.passages import MODELS, QUARTERS, STATEMENT


def grid(html: str, caption: str = "") -> list[str]:
    return table_grid(Table.from_html(html, caption)).splitlines()


def test_heads_of_several_levels_become_one_row() -> None:
    assert grid(MODELS)[:2] == [
        "| Benchmark | Orion › L-7B | Orion › L-7B-Chat | Lyra › V3 | Lyra › V3-mini |",
        "| QuizBench (EM) | 61.2 | 64.0 | 88.5 | - |",
    ]


def test_what_heads_every_column_is_said_once() -> None:
    assert grid(STATEMENT)[:3] == [
        "Year ended December 31,",
        "|  | 2021 | 2022 |",
        "| Net sales | $ 4,000 | $ 5,000 |",
    ]


def test_a_group_stands_above_its_rows() -> None:
    assert grid(QUARTERS)[:3] == [
        "|  | Low | High |",
        "2022:",
        "| First quarter | $ 5.99 | $ 8.40 |",
    ]


def test_rows_with_two_labels_say_both() -> None:
    rows = [["Field", "Programme", "2025"], ["Metering", "Meter", "11.6"], ["", "Prepaid", "4.2"]]
    table = Table.from_rows(rows, head_rows=1)
    lines = table_grid(table).splitlines()
    assert lines[0] == "| Field › Programme | 2025 |"
    assert lines[2].endswith("Prepaid | 4.2 |")


def test_the_units_of_rows_are_shown() -> None:
    rows = [
        ["Parameter", "Typ", "Max", "Unit"],
        ["Supply", "24", "30", "V"],
        ["Time", "4", "5", "ms"],
    ]
    lines = table_grid(Table.from_rows(rows, head_rows=1)).splitlines()
    assert lines == [
        "| Parameter | Typ | Max | Unit |",
        "| Supply | 24 | 30 | V |",
        "| Time | 4 | 5 | ms |",
    ]


def test_signs_beside_values_are_no_columns() -> None:
    rows = [["", "2024", ""], ["Sales", "$", "5"], ["Costs", "$", "3"]]
    assert "| Sales | $5 |" in table_grid(Table.from_rows(rows, head_rows=1))


def test_a_cell_cannot_close_its_cell() -> None:
    rows = [["Name", "Value"], ["a | b", "1"], ["c", "2"]]
    assert "| a ¦ b | 1 |" in table_grid(Table.from_rows(rows, head_rows=1))


def test_the_grid_is_much_shorter_than_a_line_for_every_cell() -> None:
    table = Table.from_html(MODELS)
    assert len(table_grid(table)) * 2 < len("\n".join(table.to_lines()))

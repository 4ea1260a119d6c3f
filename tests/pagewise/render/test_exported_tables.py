from __future__ import annotations

from decimal import Decimal

import pytest

from loaders.chunking.table import Table
from pagewise.library import Library
from pagewise.render.exported_tables import ExportedTable, number_of, tables_of, unit_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", Decimal("1234.50")),
        ("(7.0)", Decimal("-7.0")),
        ("12.5%", Decimal("12.5")),
        ("€ 4.20", Decimal("4.20")),
        ("10-Q", None),
        ("12-bit", None),
        ("007", None),
        ("< 5", None),
        ("3 - 5", None),
        ("12345678901234567890", None),
        ("ships", None),
    ],
)
def test_a_cell_is_a_number_only_if_nothing_is_lost_by_it(
    text: str, number: Decimal | None
) -> None:
    table = Table.from_rows([["Site", "2024"], ["Leeds", text], ["Hull", "5"]], head_rows=1)
    assert number_of(next(table.cells())) == number


def test_currency_and_unit_are_told_together_and_the_scale_apart() -> None:
    rows = [["EUR million", "2024"], ["Dues", "5"], ["Cranes", "7"]]
    [cell, _] = Table.from_rows(rows, head_rows=1).cells()
    assert cell.quantity is not None
    assert unit_of(cell.quantity) == "EUR"


def test_a_table_tells_where_each_value_stands(sample_library: Library) -> None:
    [table, *others] = tables_of(sample_library.store, "larkmoor.pdf")
    assert [one.table for one in (table, *others)] == list(range(1, len(others) + 2))
    told = table.model_dump(mode="json")
    assert len({len(row) for row in told["rows"]}) == 1
    assert "document" not in told
    assert "cell" not in told["values"][0]
    for value in told["values"]:
        row, column = value["at"]
        assert told["rows"][row][column] == value["text"]
        assert value["page"] >= 1
    assert any(value["box"] for value in told["values"])


def test_what_each_field_means_is_told_to_programs() -> None:
    described = ExportedTable.model_json_schema(mode="serialization")["$defs"]["TableValue"][
        "properties"
    ]
    assert "from 0" in described["at"]["description"]
    assert "before its scale" in described["value"]["description"]

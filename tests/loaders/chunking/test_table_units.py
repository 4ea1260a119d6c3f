"""Tables of many layouts, each with what its cells are worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from loaders.chunking.table import Table

TABLES = Path(__file__).with_name("unit_tables.txt")


@dataclass
class Case:
    name: str
    caption: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    wanted: list[tuple[int, int, str]] = field(default_factory=list)


def cases() -> Iterator[Case]:
    case = None
    for line in TABLES.read_text(encoding="utf-8").splitlines():
        mark, rest = line[:1], line[1:].strip(" ")
        if line.startswith("== "):
            if case:
                yield case
            case = Case(line[3:])
        elif case and mark == ">":
            case.caption.append(rest)
        elif case and mark == "|":
            case.rows.append([cell.strip() for cell in line[1:].split("|")])
        elif case and mark and mark != "#":
            place, _, worth = line.partition(" = ")
            row, column = map(int, place.split(","))
            case.wanted.append((row, column, worth))
    if case:
        yield case


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in cases()])
def test_cells_carry_scale_currency_and_unit(case: Case) -> None:
    table = Table.from_rows(case.rows, caption="\n".join(case.caption))
    found = {(cell.row, cell.column): cell.quantity for cell in table.cells()}
    for row, column, worth in case.wanted:
        quantity = found.get((row, column))
        assert quantity is not None, (row, column)
        power = quantity.scale.adjusted()
        said = f"{quantity.value} {power} {quantity.currency or '-'} {quantity.unit or '-'}"
        assert said == worth, (row, column)
        assert quantity.percent == (quantity.unit.split(" ")[0] in {"%", "pp"})


def test_bands_have_the_unit_that_stands_above_them() -> None:
    html = """<table><thead><tr><th></th><th colspan="2">Quantity (kg)</th></tr>
<tr><th></th><th>up to 5</th><th>over 5</th></tr></thead><tbody>
<tr><td>Lids</td><td>41.20</td><td>38.60</td></tr></tbody></table>"""
    assert [cell.quantity.unit for cell in Table.from_html(html).cells() if cell.quantity] == [
        "",
        "",
    ]


def test_each_unit_column_speaks_for_the_values_on_its_side() -> None:
    behind = ["Analyte|SI|Unit|Usual|Unit", "Glucose|4.2|mmol/L|75|mg/dL", "Height|180|cm|71|in"]
    before = ["Item|Unit|2023|Unit|Index", "Steel|t|120|%|98", "Gas|m³|88|%|103"]
    assert values_of(behind) == ["4.2 mmol/L", "75 mg/dL", "180 cm", "71 in"]
    assert values_of(before) == ["120 t", "98 %", "88 m³", "103 %"]


def test_a_word_for_how_many_is_no_unit() -> None:
    rows = [["Item", "Unit", "2023"], ["Members", "no.", "120"], ["Steel", "t", "4"]]
    cells = Table.from_rows(rows, head_rows=1).cells()
    assert [cell.quantity.unit for cell in cells if cell.quantity] == ["", "t"]


def values_of(rows: list[str]) -> list[str]:
    """What the cells of a table of one head say, units and all."""
    table = Table.from_rows([row.split("|") for row in rows], head_rows=1)
    return [cell.line.partition(" = ")[2] for cell in table.cells()]


def test_letters_that_touch_some_numbers_of_a_column_are_no_units() -> None:
    rows = [["Order", "Marking", "Fuse"], ["QR", "4810", "10A"], ["AQR", "4810A", "16A"]]
    table = Table.from_rows([*rows, ["QR-Q1", "4810Q", "20A"]])
    markings = [cell for cell in table.cells() if cell.column == 1]
    fuses = [cell.quantity for cell in table.cells() if cell.column == 2]
    assert [cell.text for cell in markings] == ["4810", "4810A", "4810Q"]
    assert not any(cell.quantity for cell in markings)
    assert [one.unit for one in fuses if one] == ["A", "A", "A"]


def test_a_unit_column_says_nothing_of_cells_without_numbers() -> None:
    rows = [["Test", "Result", "Unit", "Flag", "Range"], ["Potassium", "5.6", "mmol/L", "H", "3.5"]]
    table = Table.from_rows([*rows, ["LDL", "2.9", "mmol/L", "", "below 3.0"]])
    lines = {cell.line for cell in table.cells()}
    assert "Potassium › Flag = H" in lines
    assert "LDL › Range = below 3.0 mmol/L" in lines


def test_headings_of_rows_over_all_columns_are_no_units() -> None:
    groups = "".join(
        f"<tr><th colspan='3'>{name}</th></tr><tr><th>{row}</th><td>{unit}</td><td>412</td></tr>"
        for name, row, unit in (
            ("Into supply", "River", "Ml"),
            ("Deliveries", "Households", "Ml"),
            ("Losses", "Leakage", "%"),
            ("Network", "Mains", "km"),
        )
    )
    head = "<thead><tr><th>Indicator</th><th>Unit</th><th>2024</th></tr></thead>"
    html = f"<table>{head}<tbody>{groups}</tbody></table>"
    quantities = [cell.quantity for cell in Table.from_html(html).cells()]
    assert [one.unit for one in quantities if one] == ["Ml", "Ml", "%", "km"]


def test_a_head_of_all_months_beside_bands_of_months_measures_nothing() -> None:
    html = """<table><caption>Allowance (EUR)</caption><thead>
<tr><th></th><th>Single</th><th>Per child</th><th>Notice</th></tr>
<tr><th></th><th>months 1–6</th><th>all months</th><th>length, months</th></tr></thead><tbody>
<tr><td>Zone 1</td><td>950</td><td>210</td><td>3</td></tr></tbody></table>"""
    cells = Table.from_html(html, "Allowance (EUR)").cells()
    said = [one.quantity and (one.quantity.currency, one.quantity.unit) for one in cells]
    assert said == [("EUR", ""), ("EUR", ""), ("", "month")]


@pytest.mark.parametrize(
    ("caption", "unit"),
    [("Table 3: Flow in l/min over pressure (water, 20 °C)", "l/min"), ("Table 3: Flow", "")],
)
def test_a_unit_below_a_name_in_the_corner_is_that_of_the_labels(caption: str, unit: str) -> None:
    html = """<table><thead><tr><th>Pressure</th><th colspan="2">Size 12</th></tr>
<tr><th>bar</th><th>725 rpm</th><th>1,450 rpm</th></tr></thead><tbody>
<tr><td>2</td><td>9.0</td><td>17.5</td></tr><tr><td>4</td><td>8.7</td><td>17.1</td></tr>
</tbody></table>"""
    cells = replace(Table.from_html(html), caption=caption).cells()
    assert {cell.quantity.unit for cell in cells if cell.quantity} == {unit}


def test_the_unit_of_numbered_labels_is_theirs_though_one_row_is_named() -> None:
    rows = [["Speed [rpm]", "A"], ["2,000", "31.4"], ["3,500", "40.2"], ["Background", "18.2"]]
    cells = Table.from_rows(rows, caption="Sound pressure level [dB(A)]").cells()
    assert {cell.quantity.unit for cell in cells if cell.column and cell.quantity} == {"dB(A)"}

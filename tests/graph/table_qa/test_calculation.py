from __future__ import annotations

from typing import Any

import pytest

from graph.answer import Computed
from graph.evidence.sources import Evidence
from graph.table_qa.calculation import Calculation, calculate
from graph.table_qa.cell_lookup import Value
from graph.table_qa.measure import CalculationError
from tests.passages import BALANCE, MODELS, PROSE, QUARTERS, STATEMENT, evidence

INCIDENTS = """Incidents in 2025
<table><thead><tr><th>Number</th><th>Site</th><th>Severity</th><th>Days open</th></tr></thead>
<tbody><tr><td>I-1</td><td>Leeds</td><td>high</td><td>4</td></tr>
<tr><td>I-2</td><td>York</td><td>low</td><td>11</td></tr>
<tr><td>I-3</td><td>Leeds</td><td>low</td><td>7</td></tr>
<tr><td>I-4</td><td>Leeds</td><td>high</td><td>–</td></tr></tbody></table>"""

SITES = """Employees by site
<table><thead><tr><th>Site</th><th>Employees</th></tr></thead><tbody>
<tr><td>Galway</td><td>412</td></tr><tr><td>Kassel</td><td>286</td></tr>
<tr><td>Porto</td><td>203</td></tr><tr><td>Group</td><td>901</td></tr></tbody></table>"""

PLANT = """Key figures of the plant (in € thousand, staff in heads)
<table><thead><tr><th>Measure</th><th>2025</th></tr></thead><tbody>
<tr><td>Revenue</td><td>61,482</td></tr><tr><td>Staff</td><td>286</td></tr></tbody></table>"""

WINES = """Price list
<table><thead><tr><th>Qty</th><th>Wine</th><th>Colour</th><th>Price</th></tr></thead><tbody>
<tr><td>36</td><td>Le Berceau</td><td>White</td><td>$ 61</td></tr>
<tr><td>120</td><td>La Roche</td><td>White</td><td>$ 85</td></tr></tbody></table>"""

CASES = "Aktuell sind 23 574 Fälle bestätigt, 785 mehr als am Vortag. Full: P500.00 a month."


def cell(name: str, row: str, column: str, value: str, unit: str = "", source: int = 1) -> Value:
    return Value(name=name, source=source, row=row, column=column, value=value, unit=unit)


def said(name: str, value: str, words: str = "") -> Value:
    return Value(name=name, source=1, value=value, words=words)


def rows(name: str, column: str, *where: str) -> Value:
    return Value(name=name, source=1, row="*", column=column, where=[*where])


def asked(formula: str, *operands: Value, **more: Any) -> Calculation:
    return Calculation(formula=formula, operands=[*operands], **more)


def computed(formula: str, *operands: Value, of: Evidence, **more: Any) -> Computed:
    return calculate(asked(formula, *operands, **more), of).computed


DEBTS = """Debts
<table><thead><tr><th>in T€</th><th>2023</th><th>2024</th></tr></thead><tbody>
<tr><td>City</td><td>11.470</td><td>12.150</td></tr>
<tr><td>per inhabitant (in €)</td><td>490</td><td>519</td></tr>
<tr><td>kWh per inhabitant</td><td>940</td><td>902</td></tr></tbody></table>"""

STATEMENTS = evidence("?", STATEMENT, BALANCE)
A = cell("a", "Net sales", "2021", "$ 4,000")
B = cell("b", "Net sales", "2022", "5,000")


@pytest.mark.parametrize(
    ("calculation", "result"),
    [
        pytest.param(asked("b - a", A, B), "1000 million USD", id="the unit of its cells"),
        pytest.param(
            asked("(b - a) / a * 100", A, B, unit="%", decimals=1), "25.0%", id="a percentage"
        ),
        pytest.param(asked("(b - a) / a", A, B, unit="%"), "25.0%", id="a ratio said in percent"),
        pytest.param(
            asked("b - a", A, B, unit="$ billion"), "1.00 billion USD", id="another scale"
        ),
        pytest.param(asked("b / a", A, B, decimals=3), "1.250", id="decimals as asked"),
    ],
)
def test_a_result_has_its_unit_and_decimals(calculation: Calculation, result: str) -> None:
    assert calculate(calculation, STATEMENTS).computed.result == result


def test_the_operands_are_kept_with_their_cells() -> None:
    other = cell("c", "Total assets", "December 31, 2022", "7,900", source=2)
    found = computed("b / c", B, other, of=STATEMENTS, unit="%", decimals=1)
    assert (found.expression, found.result, found.operands) == (
        "(5000 / 7900) × 100",
        "63.3%",
        (1, 2),
    )
    assert [(one.row, one.value) for one in found.cells] == [
        (("Net sales",), "$ 5,000"),
        (("Total assets",), "7,900"),
    ]


def test_how_a_bracketed_value_was_taken_is_said() -> None:
    loss = cell("a", "Net income (loss)", "2021", "(600)")
    gain = cell("b", "Net income (loss)", "2022", "790")
    found = computed("b - a", loss, gain, of=STATEMENTS)
    assert (found.expression, found.result) == ("790 - (-600)", "1390 million")
    assert found.note == "(600) was taken as -600."


@pytest.mark.parametrize(
    ("operand", "why"),
    [
        (cell("a", "Net sales", "2022", "4,000"), r"there stands Net sales › .*2022 = \$ 5,000"),
        (cell("a", "Net sales", "2022", "500"), "no value 500"),
        (cell("a", "Gross profit", "2022", "5,000"), "there stands Gross profit › .* 2,200"),
        (cell("a", "Total assets", "", "7,900"), r"stands in \[2\]"),
        (cell("a", "Net sales", "2022", "5,000", unit="EUR"), "not in EUR"),
        (cell("a", "Net sales", "2022", "5,000", unit="$ billion"), "does not say"),
        (cell("a", "", "", "5,000"), "no value 5,000"),
        (cell("a b", "Net sales", "2022", "5,000"), "no name"),
        (cell("a", "Net sales", "2022", "5,000", source=9), "no source 9"),
    ],
)
def test_a_value_is_one_whole_cell_of_its_source_or_none(operand: Value, why: str) -> None:
    with pytest.raises(CalculationError, match=why):
        calculate(asked("a", operand), STATEMENTS)


def test_a_name_that_fits_several_cells_is_asked_for_in_full() -> None:
    quarters = evidence("?", QUARTERS.replace("$ 4.79", "$ 5.99"))
    with pytest.raises(CalculationError, match=r"several cells.*First quarter.*Second quarter"):
        calculate(asked("a", cell("a", "2022", "Low", "5.99")), quarters)


def test_row_and_column_may_be_named_the_other_way_round() -> None:
    swapped = cell("a", "Lyra › V3", "QuizBench (EM)", "88.5")
    assert computed("a", swapped, of=evidence("?", MODELS)).result == "88.5"


@pytest.mark.parametrize(
    ("operand", "result"),
    [
        (said("a", "32,768", "maximum generation length"), "32768"),
        (said("a", "0.6", "temperature"), "0.6"),
    ],
)
def test_a_value_of_prose_is_found_by_its_sentence(operand: Value, result: str) -> None:
    assert computed("a", operand, of=evidence("?", PROSE)).result == result


@pytest.mark.parametrize(
    "operand",
    [said("a", "32,768", "weather"), said("a", "32", "length"), said("a", "768", "length")],
)
def test_a_piece_of_a_number_or_another_sentence_is_no_value(operand: Value) -> None:
    with pytest.raises(CalculationError, match="no value"):
        calculate(asked("a", operand), evidence("?", PROSE))


def test_numbers_are_found_as_the_page_spells_them() -> None:
    text = evidence("?", CASES)
    before = computed("a - b", said("a", "23 574", "Fälle"), said("b", "785", "Vortag"), of=text)
    assert before.result == "22789"
    assert computed("a * 12", said("a", "P500.00", "month"), of=text).result == "6000.00"


def test_a_row_may_be_named_by_any_of_its_words() -> None:
    price = cell("a", "La Roche", "Price", "$ 85")
    assert computed("2 * a", price, of=evidence("?", WINES)).result == "170 USD"


def test_heads_in_a_table_of_money_are_heads() -> None:
    revenue = cell("a", "Revenue", "2025", "61,482", unit="€ thousand")
    staff = cell("b", "Staff", "2025", "286", unit="heads")
    found = computed("a / b", revenue, staff, of=evidence("?", PLANT), unit="€ thousand")
    assert found.result == "214.97 thousand EUR"


@pytest.mark.parametrize(
    ("formula", "operand", "result"),
    [
        ("count(x)", rows("x", "", "Site = Leeds"), "3"),
        ("count(x)", rows("x", "", "Site = Leeds", "Severity = high"), "2"),
        ("count(x)", rows("x", "Number"), "4"),
        ("count(x)", rows("x", "", "Site != Leeds"), "1"),
        ("count(x)", rows("x", "", "Days open > 4"), "2"),
        ("count(x)", rows("x", "", "row ~ I-1"), "1"),
        ("sum(x)", rows("x", "Days open", "Site = Leeds"), "11"),
        ("max(x)", rows("x", "Days open"), "I-2 = 11"),
    ],
)
def test_rows_are_counted_filtered_and_ranked(formula: str, operand: Value, result: str) -> None:
    assert computed(formula, operand, of=evidence("?", INCIDENTS)).result == result


def test_what_is_left_out_of_many_rows_is_said() -> None:
    found = computed("sum(x)", rows("x", "Days open"), of=evidence("?", INCIDENTS))
    assert found.note == "cells without a number that were left out: 1."


def test_a_total_among_the_rows_is_pointed_out() -> None:
    sites = evidence("?", SITES)
    found = computed("sum(x)", rows("x", "Employees"), of=sites)
    assert "“Group” equals the sum of rows before it" in found.note
    without = computed("sum(x)", rows("x", "Employees", "row != Group"), of=sites)
    assert (without.result, without.note) == ("901", "")


@pytest.mark.parametrize(
    ("operand", "why"),
    [
        (rows("x", "Cost"), "there are: Number; Site; Severity; Days open"),
        (rows("x", "Days open", "Site is Leeds"), "no condition"),
        (rows("x", "Days open", "Town = Leeds"), "there are: Number; Site"),
    ],
)
def test_a_column_or_condition_that_is_not_there_is_refused(operand: Value, why: str) -> None:
    with pytest.raises(CalculationError, match=why):
        calculate(asked("sum(x)", operand), evidence("?", INCIDENTS))


def test_a_row_calculates_in_its_own_unit() -> None:
    a = cell("a", "per inhabitant (in €)", "2023", "490")
    b = cell("b", "per inhabitant (in €)", "2024", "519")
    assert computed("b - a", a, b, of=evidence("?", DEBTS)).result == "29 EUR"
    other = cell("c", "kWh per inhabitant", "2023", "940")
    with pytest.raises(CalculationError, match="kWh/inhabitant"):
        computed("a + c", a, other, of=evidence("?", DEBTS))

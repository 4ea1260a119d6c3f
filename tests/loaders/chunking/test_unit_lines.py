"""A unit line comes to its table from wherever it stands on the page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loaders.chunking.chunks import make_chunks
from loaders.chunking.table import Table
from loaders.pages.page import Outcome, Reading

TABLE = (
    "<table><tr><th></th><th>2024</th></tr><tr><td>Revenue</td><td>12.5</td></tr>"
    "<tr><td>Cost</td><td>7.5</td></tr></table>"
)


@pytest.mark.parametrize(
    "markup",
    [
        f"<chunk># Income statement\n\n(in € million)\n\n{TABLE}</chunk>",
        f"<chunk># Income statement (in € million)\n\nIt is short.\n\n{TABLE}</chunk>",
        f"<chunk>in millions of euros\n\n# Result</chunk><chunk>Table 4: Sales\n\n{TABLE}</chunk>",
        f"<chunk>Table 4: Sales\n\nEUR million\n\n{TABLE}</chunk>",
        f"<chunk>Table 4: Sales\n(€m)\n\n{TABLE}</chunk>",
        f"<chunk>€ million, year to 31 December\n\nTable 4: Sales\n\n{TABLE}</chunk>",
        f"<chunk>Table 4: Sales\n€ million, at 30 June 2024\n\n{TABLE}</chunk>",
        f"<chunk>The table shows revenue in € million:\n\n{TABLE}</chunk>",
        f"<chunk>Some prose. It ends.\nMio. €\n\n{TABLE}</chunk>",
        f"<chunk>Table 4: Sales\n\n**€ million**\n\n{TABLE}</chunk>",
    ],
)
def test_the_cells_are_in_millions_of_euros(markup: str) -> None:
    reading = Reading(page=0, outcome=Outcome.OK, markup=markup, reader="test")
    [chunk] = [one for one in make_chunks("a.pdf", [reading]) if one.metadata["kind"] == "table"]
    table = Table.from_html(chunk.page_content, chunk.metadata["caption"])
    [first, _] = [cell.quantity for cell in table.cells()]
    assert first is not None
    assert (first.scale, first.currency) == (Decimal(10**6), "EUR")


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("# Annual use (kWh)", "kWh"),
        ("# Use from 1 April 2025 (gross, kWh)", "kWh"),
        ("Use from 1 April 2025 (gross, kWh)", "kWh"),
        ("All torques in Nm, threads oiled; tolerance ±10 %", "Nm"),
        ("# Annual use (m)", ""),
        ("Meters (see page 14)", ""),
    ],
)
def test_the_bracket_of_the_line_right_above_is_what_cells_count(line: str, unit: str) -> None:
    assert _units(f"<chunk>{line}\n\n{TABLE}</chunk>") == [unit]


def test_tables_right_below_one_another_share_a_unit_line() -> None:
    below = TABLE.replace("Revenue", "Wages")
    assert _units(f"<chunk># Fund\n\n(in MWh)\n\n{TABLE}\n\n{below}</chunk>") == ["MWh", "MWh"]
    between = "So much for the fund. The next table is about its members."
    parted = f"<chunk># Fund\n\n(in MWh)\n\n{TABLE}\n\n{between}\n\n{below}</chunk>"
    assert _units(parted) == ["MWh", ""]


TRADED = "The fund is traded in CHF. It has 12 members."
RATES = "Rates per person and night in CHF, half board included. Children up to 5 stay free."


@pytest.mark.parametrize(
    ("markup", "currency"),
    [
        (f"<chunk># Hotel\n\n{RATES}\n\n{TABLE}</chunk>", "CHF"),
        (f"<chunk># Spa\n\n{TABLE}\n\nSpa prices in CHF. A deposit is due.</chunk>", "CHF"),
        (f"<chunk># Spa\n\n{TABLE}\n\nA deposit is due. Prices are in CHF.</chunk>", ""),
        (f"<chunk># Mail\n\nIt is old.\n\n{TRADED}\n\n{TABLE}</chunk>", ""),
        (f"<chunk># Hotel\n\nRates begin at CHF 15 a night.\n\n{TABLE}</chunk>", ""),
        (f"<chunk># Hotel\n\n{RATES}\n\n{TABLE.replace('2024', '2024 (kg)')}</chunk>", ""),
    ],
)
def test_a_sentence_beside_a_table_says_the_currency_of_its_figures(
    markup: str, currency: str
) -> None:
    reading = Reading(page=0, outcome=Outcome.OK, markup=markup, reader="test")
    [chunk] = [c for c in make_chunks("a.pdf", [reading]) if c.metadata["kind"] == "table"]
    table = Table.from_html(chunk.page_content, chunk.metadata["caption"])
    found = next(iter(table.cells())).quantity
    assert found is not None
    assert found.currency == currency


def _units(markup: str) -> list[str]:
    """What the first cell of each table counts."""
    reading = Reading(page=0, outcome=Outcome.OK, markup=markup, reader="test")
    chunks = [c for c in make_chunks("a.pdf", [reading]) if c.metadata["kind"] == "table"]
    tables = [Table.from_html(c.page_content, c.metadata["caption"]) for c in chunks]
    found = [next(iter(table.cells())).quantity for table in tables]
    return [one.unit for one in found if one]


def test_a_heading_holds_no_longer_than_its_section() -> None:
    markup = (
        f"<chunk># Sales (€ million)\n\n{TABLE}</chunk>"
        f"<chunk># Scores\n\nSome text.\n\nTable 2: Points\n\n{TABLE}</chunk>"
    )
    reading = Reading(page=0, outcome=Outcome.OK, markup=markup, reader="test")
    captions = [
        chunk.metadata["caption"]
        for chunk in make_chunks("a.pdf", [reading])
        if chunk.metadata["kind"] == "table"
    ]
    assert captions == ["(€ million)", "Table 2: Points"]

"""Tables that nobody tuned on: made by chance with a known seed, typeset, and read cell by cell."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.chunking.block import Block
from loaders.chunking.markup import parse_markup
from loaders.reading.document import open_document
from samples.report import LEFT, MEASURE, TOP, Report
from samples.tables import Cell, Row, Table, row, set_table

PROSE = (
    "The company continued to invest in its network and completed the purchase of two regional "
    "operators. Demand from industrial customers was stable while deliveries to households "
    "declined because of the mild winter. Competition remained strong in all markets."
)
ITEMS = [
    "Cash and cash equivalents",
    "Marketable securities",
    "Inventories",
    "Goodwill",
    "Accounts payable",
    "Prepaid expenses and other current assets",
    "Deferred income taxes",
    "Long-term debt",
    "Pension obligations",
    "Retained earnings",
    "Treasury stock, at cost",
    "Accrued liabilities",
]
NAMES = [
    "North America",
    "Europe",
    "Asia Pacific",
    "Latin America",
    "Industrial",
    "Consumer",
    "Healthcare",
]
MEASURES = ["Revenue", "Cost", "Margin", "Orders", "Backlog", "Units"]

Made = Callable[[random.Random], Table]


def figure(chance: random.Random) -> str:
    """A number as statements have it: grouped, in brackets when negative, a dash for none."""
    value = chance.randint(1, 10 ** chance.randint(1, 5))
    return chance.choice(["–", f"({value:,})", *[f"{value:,}"] * 6])


def statement(chance: random.Random) -> Table:
    """Years as columns, sections, totals under a thin rule."""
    count = chance.choice([2, 3])
    years = [str(2024 - number) for number in range(count)]
    rows: list[Row] = [row("(in millions)", *years, kind="head")]
    for name in chance.sample(["Current assets", "Liabilities", "Equity"], 2):
        rows.append(row(name, *[""] * count, kind="section"))
        rows += [
            row(item, *(figure(chance) for _ in years))
            for item in chance.sample(ITEMS, chance.randint(2, 5))
        ]
        total = f"Total {name.lower()}"
        rows.append(row(total, *(figure(chance) for _ in years), kind="sum"))
    return Table("Table 1 | Balance", [230] + [70] * count, "l" + "r" * count, rows)


def two_levels(chance: random.Random) -> Table:
    """The same measures under two or three names."""
    measures = chance.sample(MEASURES, 2)
    tops = chance.sample(["2024", "2023", "Domestic", "Abroad"], chance.choice([2, 3]))
    count = 2 * len(tops)
    over = (Cell(top, columns=2, align="centre") for top in tops)
    rows = [row(Cell("Segment", rows=2), *over, kind="head")]
    rows.append(row(*measures * len(tops), kind="head"))
    rows += [
        row(name, *(figure(chance) for _ in range(count)))
        for name in chance.sample(NAMES, chance.randint(3, 6))
    ]
    return Table("Table 2 | Segments", [110] + [58] * count, "l" + "r" * count, rows)


def groups(chance: random.Random) -> Table:
    """A label in the middle of the rows that it stands for."""
    rows = [row("Region", "Segment", *MEASURES[:3], kind="head")]
    for name in chance.sample(NAMES[:4], 3):
        members = chance.sample(NAMES[4:], chance.choice([2, 3]))
        for number, member in enumerate(members):
            label = [Cell(name, rows=len(members))] if number == 0 else []
            rows.append(row(*label, member, *(figure(chance) for _ in range(3))))
    return Table("Table 3 | Regions", [110, 130, 70, 70, 70], "llrrr", rows)


def ruled(chance: random.Random) -> Table:
    """Lines around every cell."""
    table = two_levels(chance)
    return Table(table.caption, table.widths, table.aligns, table.rows, ruled=True)


CASES = [(make, seed) for make in (statement, two_levels, groups, ruled) for seed in (11, 12)]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Table, list[Block]]]:
    """Each table that was made, and the tables that were read on its page."""
    report = Report()
    made = [make(random.Random(seed)) for make, seed in CASES]
    for table in made:
        sheet = report.sheet("Notes")
        y = sheet.paragraph(PROSE, LEFT, TOP, MEASURE)
        y = set_table(sheet, table, LEFT, y + 8)
        sheet.paragraph(PROSE, LEFT, y + 8, MEASURE)
        sheet.finish()
    path: Path = tmp_path_factory.mktemp("random") / "tables.pdf"
    document: Any = report.document
    document.save(path)
    with open_document(path) as opened:
        read = [list(parse_markup(page.markup)) for page in opened.pages()]
    found = [[block for block in blocks if block.table] for blocks in read]
    return list(zip(made, found, strict=True))


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=[f"{make.__name__}-{seed}" for make, seed in CASES]
)
def test_a_random_table_is_read_as_it_was_set(
    tables: list[tuple[Table, list[Block]]], number: int
) -> None:
    table, found = tables[number]
    [block] = found
    assert block.table is not None
    assert block.table.rows == table.grid()
    assert block.caption == table.caption

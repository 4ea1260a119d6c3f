"""A line that dates the table below it belongs to the table."""

from __future__ import annotations

import pytest

from loaders.chunking.markup import parse_markup
from loaders.chunking.period_lines import is_period_line

TABLE = (
    "<table><thead><tr><th>Segment</th><th>Revenue</th></tr></thead>"
    "<tbody><tr><th>Ferries</th><td>{value}</td></tr></tbody></table>"
)


def tables_of(markup: str) -> list[str]:
    blocks = parse_markup(f"<chunk>\n{markup}\n</chunk>")
    return [block.caption for block in blocks if block.kind == "table"]


def test_two_tables_of_two_years_are_dated_and_keep_the_unit_above_both() -> None:
    page = "\n\n".join(
        [
            "# Segments",
            "US$ million",
            "Year ended 30 September 2023",
            TABLE.format(value="182.7"),
            "Year ended 30 September 2022",
            TABLE.format(value="171.3"),
        ]
    )
    assert tables_of(page) == [
        "Year ended 30 September 2023\nUS$ million",
        "Year ended 30 September 2022\nUS$ million",
    ]


def test_a_table_that_names_its_years_takes_no_other() -> None:
    dated = TABLE.format(value="1").replace("Revenue", "2021")
    assert tables_of(f"We go on.\n\nStatus of March 2024\n\n{dated}") == [""]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Geschäftsjahr 2023/24", True),
        ("截至2023年12月31日止年度", True),
        ("**As at 31 December 2022**", True),
        ("We opened two plants in 2023.", False),
        ("312 sites in 2023", False),
        ("The figures of 2023 are:", False),
        ("Segments", False),
    ],
)
def test_a_period_line_is_short_and_has_no_other_number(line: str, is_one: bool) -> None:
    assert is_period_line(line) is is_one

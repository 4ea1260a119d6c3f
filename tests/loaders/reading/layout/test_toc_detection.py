from __future__ import annotations

import pytest

from loaders.reading.layout.toc_detection import is_contents, is_section, plain_lines
from loaders.reading.tables.table_grid import Grid
from tests.drawn_words import cell


def grid(*rows: tuple[str, ...]) -> Grid:
    cells = [
        cell(row, column, 50 + 200 * column, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    ]
    return Grid(max(map(len, rows)), len(rows), cells)


CONTENTS = [("1. Dues", "3"), ("2. Staff", "7"), ("3. Ships", "12"), ("4. Cranes", "20")]


def test_a_list_of_numbered_sections_with_growing_pages_is_no_table() -> None:
    rows = [("Contents", "Page"), *CONTENTS, ("5. Notes", "31")]
    assert plain_lines(grid(*rows)) == [" ".join(row) for row in rows]


def test_too_few_entries_or_numbers_that_fall_stay_a_table() -> None:
    assert plain_lines(grid(("Contents", "Page"), *CONTENTS)) == []
    assert plain_lines(grid(("Contents", "Page"), *CONTENTS, ("5. Notes", "4"))) == []


def test_figures_in_another_column_make_it_a_table() -> None:
    rows = [
        ("Site", "Staff", "Rank"),
        *((f"{name}", "40", str(n)) for n, name in enumerate("abcdef")),
    ]
    assert plain_lines(grid(*rows)) == []


def test_leaders_are_written_in_short() -> None:
    rows = [(f"Chapter {n} . . . . . . . . . {n * 10}",) for n in range(1, 7)]
    lines = plain_lines(grid(*((text, "") for (text,) in rows), ("", "")))
    assert lines[0] == "Chapter 1 ..... 10"
    assert len(lines) == 6


def test_one_column_of_text_is_its_lines() -> None:
    assert plain_lines(grid(("Ask the harbour master.",), ("Up to noon.",))) == [
        "Ask the harbour master.",
        "Up to noon.",
    ]


def test_contents_have_leaders_to_pages_that_grow() -> None:
    lines = [f"Part ..... {page}" for page in (1, 3, 9, 14, 20)]
    assert is_contents(lines)
    assert not is_contents(lines[:4])
    assert not is_contents(list(reversed(lines)))


@pytest.mark.parametrize(
    ("label", "expected"),
    [("1.2 Dues", True), ("Part II", True), ("3.", True), ("Leeds", False), ("12 350", False)],
)
def test_a_section_begins_with_its_number_or_its_word(label: str, expected: bool) -> None:
    assert is_section(label) is expected

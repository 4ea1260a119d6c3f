from __future__ import annotations

from loaders.chunking.sum_check import mismatches
from loaders.chunking.table import Table


def told(*rows: str) -> list[str]:
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    return list(map(str, mismatches(Table.from_rows(cells, head_rows=1))))


def test_a_total_that_is_no_sum_is_told_where_another_one_foots() -> None:
    assert told("Site | 2023 | 2024", "Leeds | 4 | 5", "Hull | 3 | 3", "Total | 7 | 12") == [
        "Total › 2024: 12 stated, parts sum to 8"
    ]


def test_where_no_total_foots_the_numbers_above_are_no_parts() -> None:
    assert told("Site | 2023 | 2024", "Leeds | 4 | 5", "Hull | 3 | 3", "Total | 70 | 90") == []


def test_rounding_may_lose_half_a_step_for_every_part() -> None:
    assert told("Site | 2023 | 2024", "Leeds | 4 | 5", "Hull | 3 | 3", "Total | 8 | 8") == []


def test_a_total_of_totals_is_explained() -> None:
    rows = "Leeds | 4 | 5", "Hull | 3 | 3", "Total north | 7 | 8", "Kent | 10 | 20"
    more = "Rye | 20 | 20", "Total south | 30 | 40", "Total | 37 | 48"
    assert told("Site | 2023 | 2024", *rows, *more) == []


def test_a_column_of_totals_is_held_against_the_columns_beside_it() -> None:
    found = told("Site | Office | Yard | Total", "Leeds | 10 | 20 | 30", "Hull | 10 | 30 | 50")
    assert found == ["Hull › Total: 50 stated, parts sum to 40"]


def test_one_part_is_no_sum() -> None:
    assert told("Site | 2023 | 2024", "Leeds | 4 | 5", "Total | 7 | 12") == []


def test_a_rate_of_the_whole_is_no_sum_and_shares_are() -> None:
    assert told("Grove|Oil (t)|Yield (%)", "East|4|21.5", "West|3|20.0", "Total|7|20.9") == []
    rows = "East|4|57.0", "West|3|42.0", "Total|7|100.0"
    assert told("Grove|Oil (t)|Share (%)", *rows) == [
        "Total › Share (%): 100.0 stated, parts sum to 99.0"
    ]

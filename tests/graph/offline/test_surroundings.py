from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

ROWS = ("Subject|2023|2024", "Law|3|5", "Medicine|8|2", "Faculty total|11|7")
ASKED = "How many new professors had faculty 4 in total in 2024?"


@pytest.mark.parametrize(
    ("caption", "is_said"),
    [("Table 4: New professors", False), ("Table 1: New professors of faculty 4", True)],
    ids=["the number of the table", "behind the word that it has in the question"],
)
def test_a_number_around_a_table_counts_behind_its_word(caption: str, *, is_said: bool) -> None:
    assert ("7" in answer(ASKED, table(caption, *ROWS))) == is_said

"""Days and months, however they are written."""

from __future__ import annotations

import pytest

from loaders.text.dates import dates_in, month_years_in, months_in


@pytest.mark.parametrize(
    "text",
    [
        "2 May 2023", "May 2, 2023", "2. Mai 2023", "2 mai 2023", "2 de mayo de 2023",
        "2023-05-02", "02.05.2023", "2023年5月2日", "the 2nd of May 2023",
    ],
)  # fmt: skip
def test_a_day_is_the_same_in_every_form(text: str) -> None:
    [date] = dates_in(text)
    assert (date.day, date.month, date.year) == (2, 5, 2023)
    assert text[date.start : date.end] == date.text


def test_months_of_a_year_and_alone() -> None:
    told = {(one.month, one.year) for one in month_years_in("März 2023, mars 2024 and 2025年6月")}
    assert told == {(3, 2023), (3, 2024), (6, 2025)}
    assert months_in("from January to déc") == {1, 12}

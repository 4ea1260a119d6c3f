"""Which of several grew most; nothing is claimed where amount and percentage differ."""

from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

REGIONS = table(
    "Revenue by region (€ million)",
    "Region|2022|2023|2024",
    "North|40.0|41.0|44.5",
    "South|30.0|33.0|40.1",
    "Total|70.0|74.0|84.6",
)
SEGMENTS = table(
    "Segments (€ million)",
    "Segment|Revenue 2023|Revenue 2024|Operating profit 2023|Operating profit 2024",
    "Dairy|50.0|60.0|5.0|5.5",
    "Bakery|60.0|61.0|4.0|6.0",
)
UNEVEN = table("Members by club", "Club|2023|2024", "Oak|1,000|1,100", "Elm|10|20")


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("Which region grew most in 2024?", REGIONS, "South rose by €7.1 million (21.52%)"),
        ("Which region grew most from 2022 to 2024?", REGIONS, "South rose by €10.1 million"),
        ("Which segment grew most in 2024?", SEGMENTS, "Dairy"),
    ],
    ids=["of a year, against the one before", "between two years", "by revenue"],
)
def test_what_grew_most(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which club grew most in 2024?", UNEVEN),
        ("Which region grew most in 2025?", REGIONS),
        ("Which country grew most in 2024?", REGIONS),
    ],
    ids=["by amount and in percent differ", "a year that is not there", "of another kind"],
)
def test_what_is_not_told(question: str, text: str) -> None:
    assert answer(question, text) == ""

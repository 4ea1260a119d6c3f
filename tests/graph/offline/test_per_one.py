"""What is asked per something else is divided, if no table prints it and both are told."""

from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

SCHOOLS = table(
    "Schools",
    "School|Pupils 2024|Teachers 2024|Costs (€)",
    "Ashgrove|300|20|45,000",
    "Dunley|180|12.5|30,000",
)


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("How many pupils are there per teacher at Dunley in 2024?", SCHOOLS, "180 / 12.5 = 14.4"),
        ("What are the costs per pupil at Ashgrove in 2024?", SCHOOLS, "45000 / 300 = €150"),
        (
            "What is the average number of pupils per teacher at Ashgrove in 2024?",
            SCHOOLS,
            "300 / 20 = 15",
        ),
    ],
)
def test_one_cell_is_divided_by_the_other(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)


@pytest.mark.parametrize(
    "question",
    [
        "How many pupils are there per class at Dunley in 2024?",
        "How many pupils are there per teacher at Hillcrest in 2024?",
        "What are the costs per euro at Ashgrove?",
    ],
)
def test_what_is_not_told_is_not_divided(question: str) -> None:
    assert answer(question, SCHOOLS) == ""

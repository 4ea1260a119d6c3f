"""How a cell that answers is told."""

from __future__ import annotations

import pytest

from tests.passages import answer, chunk, drafted
from tests.reports import table

FEES = table("Harbour fees in 2024 (€)", "Harbour|Berth|Crane", "Ely|2,500|140", "Hull|1,800|–")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What was the berth fee in Ely in 2024?", "in Ely in 2024 was €2,500"),
        ("What were the fees for berth and crane in Ely in 2024?", "Berth €2,500; Crane €140"),
    ],
    ids=["one", "several"],
)
def test_a_value_is_told_with_its_unit(question: str, said: str) -> None:
    assert said in answer(question, FEES)


def test_an_empty_cell_is_told_and_claims_nothing() -> None:
    draft = drafted("What was the crane fee in Hull in 2024?", chunk(FEES))
    assert draft.abstained
    assert "–" in draft.text

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.answer import Computed
from graph.verification.checks.calculation_check import (
    calculation_faults,
    computed_numbers,
    evaluate,
)
from tests.passages import STATEMENT, evidence


@pytest.mark.parametrize(
    ("expression", "worth"),
    [
        ("2 + 3 * 4", "14"),
        ("(2 + 3) × 4", "20"),
        ("5,000 − 4,000", "1000"),
        ("[5 - 3] ÷ -4", "-0.5"),
        (".5 * 2", "1"),
        ("8 / 4 / 2", "1"),
    ],
)
def test_sums_products_and_brackets_are_worked_out(expression: str, worth: str) -> None:
    assert evaluate(expression) == Decimal(worth)


@pytest.mark.parametrize(
    "expression", ["", "a + 1", "2 +", "(2", "2 3", "1 / 0", "2 ** 3", "(" * 99]
)
def test_any_other_expression_is_none(expression: str) -> None:
    assert evaluate(expression) is None


def told(expression: str, result: str) -> list[tuple[str, str]]:
    found = evidence("?", STATEMENT)
    one = Computed(expression=expression, result=result)
    return [(fault.text, fault.why) for fault in calculation_faults([one], found, found.sources)]


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("5,000 - 4,000", "1,000"),
        ("(5,000 - 4,000) / 4,000 * 100", "25%"),
        ("(5,000 - 4,000) / 4,000", "25%"),
        ("5,000 / 2,800", "1.79"),
        ("count of rows", "6"),
        ("5,000 - 4,000", "no number"),
    ],
)
def test_operands_of_the_sources_and_their_rounded_result_stand(
    expression: str, result: str
) -> None:
    assert told(expression, result) == []


def test_an_operand_that_no_source_has_and_a_wrong_result_are_told() -> None:
    assert told("5,000 - 4,100", "900") == [("4,100", "stands in no cited source")]
    assert told("5,000 - 4,000", "900") == [("900", "is not what 5,000 - 4,000 comes to")]


def test_a_piece_of_a_number_is_no_operand() -> None:
    assert told("5,000 - 400", "4,600") == [("400", "stands in no cited source")]


def test_results_and_operands_may_be_said() -> None:
    found = evidence("What is it with 77 more?", STATEMENT)
    one = Computed(expression="(4,000 + 5,000) / 2 + 4,100 + 77", result="8,677")
    said = {number.value for number in computed_numbers([one], found, found.sources)}
    assert said == {8677, 4000, 5000, 2, 77}

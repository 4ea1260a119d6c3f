from __future__ import annotations

import pytest

from graph.verification.checks.relation_check import relation_faults
from tests.passages import stated

ASKED = "What is said?"


def faults(text: str) -> list[str]:
    return [check.text for one in stated(text, ASKED, "Nothing.") for check in relation_faults(one)]


@pytest.mark.parametrize(
    "text",
    [
        "On time were 94.7%, which is below the target of 96.0%.",
        "It is forecast at £2,528,000, above the minimum of £2.5m.",
        "The guidance was 30 points in May and is below 25 points now.",
        "Deposits are £9.8m, £0.7m more than the £9.1m of last year.",
        "Costs rose by 4.3%, from €164m to €171m.",
        "The torque is 0.85 × 75 Nm = 63.75 Nm.",
        "The share is 38.4 / 74.6 = 51.5%.",
        "It grew by (38.4 - 30.0) / 30.0 = 8.4 / 30.0 = 28.0%.",
        "The margin is (25.0 + 9.0) / 212.6 × 100 = 16.0%.",
        "Sum: 30.0 + 33.0 + 35.1 = €98.1 million.",
        "Together it is 1.2 million + 300,000 = 1.5 million, or 2020-21.",
    ],
)
def test_what_is_true_of_its_own_numbers_stands(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("On time were 94.7%, which is above the target of 96.0%.", "94.7"),
        ("Es waren 94,7 %, mehr als das Ziel von 96,0 %.", "94,7"),
        ("It is forecast at £2,528,000, below the minimum of £2.5m.", "2,528,000"),
        ("Costs rose by 4.1%, from €164m to €171m.", "4.1"),
        ("The torque is 0.85 × 75 Nm = 74 Nm.", "74"),
    ],
)
def test_what_its_own_numbers_deny_is_told(text: str, number: str) -> None:
    assert faults(text) == [number]

"""Replies that are wrong in one way each are not called verified; right ones are.

The same as `python -m tests.benchmarks.attacks`, over fewer documents; and each fault once that was
seen to pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from graph.answer import Computed
from graph.draft import Draft
from graph.verification.verify import Verdict, verify
from tests.benchmarks.attacks import MOST_ALARMS, MOST_PASSED, SEEDS, Reply, rates
from tests.passages import evidence

CLASSES = (
    "row", "column", "unit", "scale", "year", "company", "swapped", "name", "direction",
    "elsewhere", "source", "disguised", "empty", "quote", "calculation",
)  # fmt: skip
PROSE = """Halmstad employs 312 people and Norvale 148. The company is certified under ISO 9001; \
27 were on leave because of COVID-19. Sales rose from £14.2 million in 2023 to £37.8 million in \
2024. Three plants were closed, and two thirds of the staff stayed."""
TABLE = """Results (in € thousand)
<table><thead><tr><th></th><th>2023</th><th>2024</th></tr></thead><tbody>
<tr><td>Revenue</td><td>3,500</td><td>3,812</td></tr>
<tr><td>Operating profit</td><td>175</td><td>412</td></tr></tbody></table>"""


@cache
def measured(half: str) -> Mapping[str, tuple[int, int, list[Reply]]]:
    return rates(half, 1)


@pytest.mark.parametrize("half", sorted(SEEDS))
@pytest.mark.parametrize("kind", CLASSES)
def test_wrong_replies_are_not_called_verified(kind: str, half: str) -> None:
    passed, count, which = measured(half)[kind]
    # One document a class: a reply more than the benchmark's share may pass.
    assert passed <= max(1, MOST_PASSED * count), [reply.draft.text for reply in which]


@pytest.mark.parametrize("half", sorted(SEEDS))
def test_right_replies_are_called_verified(half: str) -> None:
    alarms, count, which = measured(half)["right"]
    told = [(reply.draft.text, reply.faults) for reply in which]
    assert alarms <= max(1, MOST_ALARMS * count), told


def checked(text: str, *computed: Computed) -> Verdict:
    return verify(Draft(text=text, computed=computed), evidence("What is said?", TABLE, PROSE))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("Revenue was 381 thousand euros in 2024. [1]", "number", id="a piece of one"),
        pytest.param("Revenue was €3,812 million in 2024. [1]", "scale", id="larger scale"),
        pytest.param("Revenue was €3,812 in 2024. [1]", "scale", id="no scale"),
        pytest.param("Revenue was $3,812 thousand in 2024. [1]", "unit", id="currency"),
        pytest.param("Revenue was €3,500 thousand in 2024. [1]", "period", id="other year"),
        pytest.param("Operating profit was €3,812 thousand. [1]", "cell", id="other row"),
        pytest.param(
            "Revenue was €412 thousand and operating profit €3,812 thousand in 2024. [1]",
            "cell",
            id="swapped in a table",
        ),
        pytest.param("Halmstad employs 148 people. [2]", "subject", id="swapped in prose"),
        pytest.param("Sales fell from £14.2 million to £37.8 million. [2]", "direction", id="fell"),
        pytest.param("Kestrel Works employs 312 people. [2]", "name", id="another company"),
        pytest.param("19 were on leave. [2]", "number", id="digits of COVID-19"),
        pytest.param("It has 9001 certificates. [2]", "number", id="digits of ISO 9001"),
        pytest.param("Three quarters of the staff stayed. [2]", "number", id="a fraction"),
        pytest.param("Sales tripled. [2]", "number", id="a multiple"),
        pytest.param("Halmstad employs ３１３ people. [2]", "number", id="full-width digits"),
        pytest.param("Halmstad employs ٣١٣ people. [2]", "number", id="Arabic digits"),
        pytest.param("Halmstad employs ³¹³ people. [2]", "number", id="raised digits"),
        pytest.param("Halmstad closed XII plants. [2]", "name", id="Roman digits"),
        pytest.param("They closed [2] plants.", "citation", id="a number as a marker"),
        pytest.param("[2]", "answer", id="nothing but a marker"),
        pytest.param("It is said that “nobody was ever dismissed”. [2]", "quote", id="a quote"),
    ],
)
def test_what_is_wrong_is_said(text: str, what: str) -> None:
    verdict = checked(text)
    assert not verdict.verified
    assert what in {check.what for check in verdict.checks}, verdict.checks


@pytest.mark.parametrize(
    "text",
    [
        "Halmstad employs ３１２ people. [2]",
        "Halmstad employs ٣١٢ people. [2]",
        "Halmstad employs 312 people, Norvale 148. [2]",
        "Norvale employs 148 people. [2]",
        "Sales went up to £37.8 million in 2024. [2]",
        "Revenue was €3.812 million in 2024. [1]",
        "Revenue was €3,812 thousand in 2024, after €3,500 thousand in 2023. [1]",
        "Two thirds (67%) of the staff stayed. [2]",
        "27 were on leave because of COVID-19. [2]",
        "Three plants. [2]",
    ],
)
def test_what_is_right_passes(text: str) -> None:
    verdict = checked(text)
    assert verdict.verified, verdict.checks


@pytest.mark.parametrize(
    ("expression", "result", "is_right"),
    [
        pytest.param("3,812 - 3,500", "312", True, id="right"),
        pytest.param("(3812 − 3500) / 3500 × 100", "8.9%", True, id="rounded percent"),
        pytest.param("3,812 - 3,500", "321", False, id="wrong result"),
        pytest.param("812 - 500", "312", False, id="pieces of numbers"),
        pytest.param("19 + 293", "312", False, id="digits of a name"),
    ],
)
def test_a_calculation_is_worked_out_again(expression: str, result: str, is_right: bool) -> None:
    computed = Computed(expression=expression, result=result, operands=(1,))
    unit = "" if "%" in result else " thousand euros"
    assert checked(f"The difference is {result}{unit}. [1]", computed).verified is is_right


def test_an_empty_refusal_is_not_verified() -> None:
    empty = Draft(text="", abstained=True)
    assert not verify(empty, evidence("What is said?", PROSE)).verified

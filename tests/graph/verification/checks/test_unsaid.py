"""A number of a table is not believed as long as nobody says which row and column it stands in."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.verification.verify import Verdict, verify
from tests.passages import checked_answer, evidence

PRICES = """These are the prices of the pool for all who want to swim in it.
<table><thead><tr><th>Ticket</th><th>Peak</th><th>Off-peak</th></tr></thead><tbody>
<tr><td>Adult</td><td>£6.80</td><td>£5.20</td></tr>
<tr><td>Child</td><td>£3.90</td><td>£3.10</td></tr></tbody></table>"""
GROUP = """The group made more of each unit that it sold than in the year before (CHF million).
<table><thead><tr><th></th><th>2024</th><th>2023</th></tr></thead><tbody>
<tr><td>Net sales</td><td>145.9</td><td>138.1</td></tr>
<tr><td>Gross profit</td><td>62.4</td><td>60.9</td></tr></tbody></table>"""
DIVISIONS = """The divisions had these figures in the year (CHF million).
<table><thead><tr><th></th><th>2024</th><th>2023</th></tr></thead><tbody>
<tr><td>Sensors</td><td>81.2</td><td>77.0</td></tr>
<tr><td>Services</td><td>64.7</td><td>61.1</td></tr></tbody></table>"""

STAFF = """The people who were employed by the company at the end of the year.
<table><thead><tr><th></th><th>2024</th><th>2023</th></tr></thead><tbody>
<tr><td>Full time</td><td>1,105</td><td>1,002</td></tr>
<tr><td>Part time</td><td>240</td><td>201</td></tr>
<tr><td>Total</td><td>1,345</td><td>1,203</td></tr></tbody></table>"""


def checked(question: str, text: str) -> Verdict:
    return verify(Draft(text=text), evidence(question, PRICES, GROUP, DIVISIONS, STAFF))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does an adult pay?", "An adult pays £5.20. [1]"),
        ("What does an adult pay at the weekend?", "At the weekend it is £5.20 for adults. [1]"),
        ("What was the dividend in 2024?", "The dividend was CHF 62.4 million in 2024. [2]"),
        ("How many are employed?", "There were 1,105 employed in 2024. [4]"),
        ("What was Sensors' gross profit?", "The gross profit of Sensors was CHF 62.4m. [2]"),
    ],
)
def test_a_cell_is_not_believed_whose_heads_nobody_names(question: str, text: str) -> None:
    verdict = checked(question, text)
    assert verdict.unchecked or not verdict.verified


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does an adult pay?", "An adult pays £5.20 off-peak. [1]"),
        ("What does an adult pay off-peak?", "It is £5.20. [1]"),
        ("How high was the gross profit in 2024?", "The gross profit was CHF 62.4 million. [2]"),
        ("How many are employed?", "There were 1,345 employed in 2024. [4]"),
        ("What did Sensors sell?", "Sensors came to CHF 81.2 million in 2024. [3]"),
        ("What does an adult pay?", "An adult pays £6.80 at peak times and £5.20 off-peak. [1]"),
    ],
)
def test_a_cell_is_believed_whose_heads_are_named(question: str, text: str) -> None:
    verdict = checked(question, text)
    assert verdict.verified, verdict.failed
    assert not verdict.unchecked


UNITS = """Areas. Unit 7B has 21,640 sq ft. Unit 7C has 9,300 sq ft."""


def test_a_number_of_another_sign_is_told() -> None:
    question = "How many square feet does Unit 7B have?"
    assert checked_answer(question, "Unit 7B has 21,640 sq ft. [1]", UNITS) == []
    assert checked_answer(question, "Unit 7B has 9,300 sq ft. [1]", UNITS)
    assert (
        checked_answer("How large is Unit 7A?", "The source gives no area for 7A. [1]", UNITS) == []
    )
    assert checked_answer("How large is Unit 7A?", "Unit 7A has 21,640 sq ft. [1]", UNITS)

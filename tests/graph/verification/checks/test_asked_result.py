"""The result of the cells that a question names is proved, and no other result is."""

from __future__ import annotations

import pytest

from tests.passages import checked_answer

RENT = """Schedule 1. Rent in £
<table><thead><tr><th></th><th>Annual rent</th><th>Deposit</th></tr></thead><tbody>
<tr><td>Year 1</td><td>192,000</td><td>96,000</td></tr>
<tr><td>Year 3</td><td>203,600</td><td>96,000</td></tr>
<tr><td>Year 5</td><td>221,200</td><td>97,500</td></tr></tbody></table>"""
MORE = "How much higher is the annual rent in Year 5 than in Year 1?"
BOTH = "What is the sum of the annual rent in Year 1 and in Year 3?"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        pytest.param(MORE, "By £29,200. [1]", id="difference"),
        pytest.param(MORE, "It is 15.2% higher. [1]", id="per cent of what it is compared with"),
        pytest.param(BOTH, "Together £395,600. [1]", id="sum"),
    ],
)
def test_the_result_of_the_named_cells_stands(question: str, text: str) -> None:
    assert checked_answer(question, text, RENT) == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        pytest.param(MORE, "By £11,600. [1]", id="another row"),
        pytest.param(MORE, "By £1,500. [1]", id="another column"),
        pytest.param(MORE, "It is 13.2% higher. [1]", id="per cent of the wrong one"),
        pytest.param(MORE, "It is £29,200 lower. [1]", id="the other direction"),
        pytest.param(MORE, "By $29,200. [1]", id="another currency"),
        pytest.param(BOTH, "The difference is £11,600. [1]", id="not what is asked"),
    ],
)
def test_another_result_does_not(question: str, text: str) -> None:
    assert checked_answer(question, text, RENT)

from __future__ import annotations

import pytest

from graph.evidence.sources import Evidence, number_sources
from graph.offline.answer_from_tables import figures
from graph.verification.verify import verify
from tests.passages import answer, chunk

ALLOWANCE = """The allowance for returns was $153 million , $156 million , and $62 million as of \
December 31, 2015 , 2016 , and 2017 . It is included in accrued expenses."""

SHARED_SCALE = """Depreciation expense on equipment was $4.9, $6.4 and $8.8 billion, including \
amortization of leased equipment of $2.7, $3.8 and $5.4 billion, for 2015, 2016 and 2017."""

GERMAN = "Der Mietaufwand betrug 12 Millionen € und 15 Millionen € in den Jahren 2019 und 2020."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        pytest.param(
            "What was the allowance for returns in 2016?", ALLOWANCE, "$156 million", id="one year"
        ),
        pytest.param(
            "What was the percentage change of the allowance for returns from 2016 to 2017?",
            ALLOWANCE,
            "(62 - 156) / 156 × 100 = -60.26%",
            id="a change",
        ),
        pytest.param(
            "What was depreciation expense on equipment in 2016?",
            SHARED_SCALE,
            "$6.4 billion",
            id="a scale for all",
        ),
        pytest.param(
            "What was the amortization of leased equipment in 2017?",
            SHARED_SCALE,
            "$5.4 billion",
            id="two lists",
        ),
        pytest.param(
            "How much was non-operating pension income in 2021?",
            "Non-operating pension income included in Other income, net was $881 million in 2022,"
            " $528 million in 2021, and $340 million in 2020.",
            "$528 million",
            id="each amount with its year",
        ),
        pytest.param("Wie hoch war der Mietaufwand 2020?", GERMAN, "15", id="German"),
    ],
)
def test_a_series_in_a_sentence_answers_as_a_table_does(
    question: str, text: str, expected: str
) -> None:
    assert expected in answer(question, text)


def test_lists_of_different_lengths_are_no_series() -> None:
    text = "We sold 12, 15 and 19 boats to customers in 2019 and 2020."
    assert answer("How many boats did we sell in 2019?", text) == ""


def test_a_chart_of_several_series_is_a_table() -> None:
    chart = """Figure 3: Orders by year

- 2020: Pumps 55, Valves 43
- 2021: Pumps 61, Valves 40"""
    source = chunk(chart, kind="figure")
    source.metadata["caption"] = "Figure 3: Orders by year"
    question = "How many orders for Valves were there in 2021?"
    found = Evidence(question, "en", number_sources([source]))
    draft = figures(found)
    assert draft is not None
    assert "40" in draft.text
    assert verify(draft, found).verified

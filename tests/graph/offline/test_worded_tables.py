"""Tables as people ask about them: kinds of things, units, words that only ask."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.offline.keyless_writer import KeylessWriter
from tests.passages import evidence

CLASSES = """<table><thead><tr><th>Code</th><th>Class</th><th>School</th><th>Places</th>
<th>Fee</th><th>Tutor</th></tr></thead><tbody>
<tr><td>A10</td><td>Weaving</td><td>Crafts</td><td>12</td><td>€60</td><td>R. Olsen</td></tr>
<tr><td>B20</td><td>Glassblowing</td><td>Crafts</td><td>8</td><td>€95</td><td>M. Tran</td></tr>
<tr><td>C30</td><td>Harmony</td><td>Music</td><td>30</td><td>€40</td><td>R. Olsen</td></tr>
</tbody></table>"""
BUSES = """<table><thead><tr><th>Job</th><th>Bus</th><th>Garage</th></tr></thead><tbody>
<tr><td>J1</td><td>2207</td><td>North</td></tr><tr><td>J2</td><td>2214</td><td>Quay</td></tr>
<tr><td>J3</td><td>2207</td><td>North</td></tr></tbody></table>"""
FUND = """Revenue (in € thousand)
<table><thead><tr><th></th><th>2023</th><th>2024</th></tr></thead><tbody>
<tr><td>State grants</td><td>200</td><td>150</td></tr><tr><td>Fees</td><td>300</td><td>450</td></tr>
<tr><td>Total</td><td>500</td><td>600</td></tr></tbody></table>"""
MONTHS = """Guests
<table><thead><tr><th>Month</th><th>Adults</th><th>Children</th></tr></thead><tbody>
<tr><td>May</td><td>410</td><td>95</td></tr><tr><td>June</td><td>530</td><td>72</td></tr>
<tr><td>July</td><td>490</td><td>130</td></tr></tbody></table>"""

ROOMS = """Rooms
<table><thead><tr><th>Kind</th><th>Rooms</th><th>Rate low season (£)</th>
<th>Rate high season (£)</th></tr></thead><tbody>
<tr><td>Single</td><td>4</td><td>60</td><td>75</td></tr>
<tr><td>Double</td><td>12</td><td>90</td><td>115</td></tr></tbody></table>"""
FARES = """Fares
<table><thead><tr><th>Line</th><th>Day</th><th>Month</th></tr></thead><tbody>
<tr><td>Quay</td><td>4.50</td><td>61</td></tr><tr><td>Hill</td><td>5.20</td><td>70</td></tr>
</tbody></table>"""


def drafted(question: str, text: str) -> Draft:
    return KeylessWriter().write(evidence(question, text))


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("What is the average fee of all classes?", CLASSES, "65"),
        ("How many places in the crafts school?", CLASSES, "20"),
        ("Who is the tutor of glassblowing?", CLASSES, "M. Tran"),
        ("How high were state grants in 2024?", FUND, "150"),
        ("By what percentage did the fees increase?", FUND, "50%"),
        ("What share of the total came from state grants in 2024?", FUND, "25%"),
        ("Which month had the most children?", MONTHS, "July"),
        ("What does a double room cost in high season?", ROOMS, "£115"),
        ("How many double rooms are there?", ROOMS, "12"),
        ("What does a month on the Quay line cost?", FARES.replace("Fares", "Fares in €"), "€61"),
        ("How many adults and children were there in June?", MONTHS, "602"),
    ],
)
def test_a_question_in_other_words_is_answered(question: str, text: str, value: str) -> None:
    draft = drafted(question, text)
    assert draft.kind in {"cell", "computed"}
    assert value in draft.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many jobs did bus 2299 have?", BUSES),
        ("How high were state grants per school in 2024?", FUND),
        ("How high were state grants in 2022?", FUND),
        ("How much was a month's rent?", FUND),
    ],
)
def test_what_no_label_says_is_not_claimed(question: str, text: str) -> None:
    assert drafted(question, text).kind == "passages"


def test_two_numbers_in_one_cell_answer_nothing() -> None:
    text = FUND.replace("<td>150</td>", "<td>15.0 17.0</td>")
    assert drafted("How high were state grants in 2024?", text).kind == "passages"

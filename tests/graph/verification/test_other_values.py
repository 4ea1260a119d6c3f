"""Values that are no plain amounts: times of day, counted things, multiples, half-years."""

from __future__ import annotations

import pytest

from graph.answer import CellReference, Computed
from graph.draft import Draft
from graph.verification.verify import Verdict, verify
from tests.passages import evidence

HOURS = """Opening hours
<table><thead><tr><th></th><th>Museum</th><th>Café</th></tr></thead><tbody>
<tr><td>Monday</td><td>closed</td><td>11:00–19:30</td></tr>
<tr><td>Friday</td><td>8:00–18:00</td><td>10:00–17:30</td></tr></tbody></table>"""
FLEET = """Key figures (€ million)
<table><thead><tr><th></th><th>2022</th><th>2023</th></tr></thead><tbody>
<tr><td>Revenue</td><td>398.2</td><td>412.7</td></tr>
<tr><td>Trucks</td><td>55.1</td><td>60.2</td></tr>
<tr><td>Net debt</td><td>221.0</td><td>210.4</td></tr>
<tr><td>Net debt / EBITDA</td><td>2.0x</td><td>1.5x</td></tr>
<tr><td>Depots at year end</td><td>41</td><td>42</td></tr></tbody></table>"""
ASSETS = """Balance sheet (€ million)
<table><thead><tr><th></th><th>2022</th><th>2023</th></tr></thead><tbody>
<tr><td>Cash</td><td>398</td><td>412</td></tr>
<tr><td>Depots</td><td>221</td><td>210</td></tr></tbody></table>"""
HALF = """Half-year report (€ million)
<table><thead><tr><th></th><th>H1 2024</th><th>H1 2023</th></tr></thead><tbody>
<tr><td>Net sales</td><td>145.9</td><td>138.1</td></tr></tbody></table>"""
PROSE = "The museum opens at 10:00 and closes at 17:30 on Fridays."


def checked(text: str, source: str) -> Verdict:
    return verify(Draft(text=text), evidence("What is said?", source))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("On Friday the café is open 10:00–17:30. [1]", HOURS),
        ("On Friday the café is open from 10:00 to 17:30. [1]", HOURS),
        ("On Friday the café is open 10:00–17:30, so it opens at 10:00. [1]", HOURS),
        ("The museum opens at 10:00 on Fridays. [1]", PROSE),
        ("At the end of 2023 it had 42 depots. [1]", FLEET),
        ("Net debt / EBITDA was 1.5x in 2023. [1]", FLEET),
        ("Net debt / EBITDA was 1.5 times in 2023. [1]", FLEET),
        ("Net sales were €145.9 million in the first half of 2024. [1]", HALF),
    ],
)
def test_what_the_source_says_passes(text: str, source: str) -> None:
    verdict = checked(text, source)
    assert verdict.verified, verdict.failed


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("On Friday the café opens at 17:30. [1]", HOURS, id="one end of a range"),
        pytest.param("On Friday the café opens at 10:30. [1]", HOURS, id="of two times"),
        pytest.param("The café is open on Friday 10:00–19:30. [1]", HOURS, id="of two cells"),
        pytest.param("On Monday the café is open 10:00–17:30. [1]", HOURS, id="another row"),
        pytest.param("On Friday the museum is open 10:00–17:30. [1]", HOURS, id="another column"),
        pytest.param("The museum opens at 10:30 on Fridays. [1]", PROSE, id="of two in prose"),
        pytest.param("It had 60.2 trucks in 2023. [1]", FLEET, id="an amount as a count"),
        pytest.param("It had 210 depots in 2023. [1]", ASSETS, id="a whole amount as a count"),
        pytest.param("Net debt was 210.4 in 2023. [1]", FLEET, id="no scale"),
        pytest.param("Net debt / EBITDA was €1.5 million in 2023. [1]", FLEET, id="a multiple"),
        pytest.param("Net sales were €145.9 million in the second half. [1]", HALF, id="half"),
        pytest.param("Revenue was €412.7 million in the first half. [1]", FLEET, id="no half"),
        pytest.param("Half of net sales were €145.9 million. [1]", HALF, id="fraction"),
    ],
)
def test_what_it_does_not_say_is_found(text: str, source: str) -> None:
    verdict = checked(text, source)
    assert verdict.unchecked or not verdict.verified


def test_the_quote_is_the_cell_with_the_value() -> None:
    text = "Im ersten Halbjahr 2023 lag der Umsatz bei 138,1 Millionen Euro. [1]"
    assert [one.quote for one in checked(text, HALF).citations] == ["Net sales › H1 2023 = 138.1"]


SAWS = """Saws
<table><thead><tr><th>Item</th><th>Weight (kg)</th><th>Price (€)</th></tr></thead><tbody>
<tr><td>SC-165</td><td>3.6</td><td>112.00</td></tr>
<tr><td>SC-190</td><td>4.3</td><td>155.50</td></tr>
<tr><td>SK-80</td><td>2.1</td><td>183.20</td></tr></tbody></table>"""


@pytest.mark.parametrize(
    ("asked", "text", "source", "is_right"),
    [
        ("Which saw is the lightest?", "The SK-80 is the lightest, at 2.1 kg. [1]", SAWS, True),
        ("Which saw is the lightest?", "The SC-165 is the lightest, at 3.6 kg. [1]", SAWS, False),
        ("Which is cheaper, SC-190 or SK-80?", "SC-190, at €155.50. [1]", SAWS, True),
        ("¿Cuál es la sierra más ligera?", "La SK-80, con 2,1 kg. [1]", SAWS, True),
        ("¿Cuál es la sierra más ligera?", "La SC-165, con 3,6 kg. [1]", SAWS, False),
        ("When was revenue lowest?", "Revenue: €398.2 million in 2022. [1]", FLEET, True),
    ],
)
def test_the_highest_is_the_highest(asked: str, text: str, source: str, is_right: bool) -> None:
    verdict = verify(Draft(text=text), evidence(asked, source))
    assert verdict.verified is is_right, verdict.failed


INCIDENTS = """The incidents of the year at all sites of the company
<table><thead><tr><th>Date</th><th>Site</th><th>Severity</th><th>Hours lost</th></tr></thead><tbody>
<tr><td>2024-01-17</td><td>Leeds</td><td>High</td><td>12</td></tr>
<tr><td>2024-02-03</td><td>York</td><td>Low</td><td>3</td></tr>
<tr><td>2024-05-21</td><td>York</td><td>High</td><td>30</td></tr></tbody></table>"""
TABLE = """| Date | Site | Hours lost | Source |
|---|---|---|---|
| 2024-01-17 | Leeds | {first} | [1] |
| 2024-05-21 | York | {second} | [1] |"""
REVIEW = "The board thanks its staff. It was a good year. Signed: Tomasz Berg, Chief Executive."


def test_a_table_in_an_answer_is_read_with_its_heads() -> None:
    assert checked(TABLE.format(first=12, second=30), INCIDENTS).verified
    swapped = checked(TABLE.format(first=30, second=12), INCIDENTS)
    assert {check.text for check in swapped.checks} == {"12", "30"}


def test_who_signs_with_a_role_behind_the_name_has_it() -> None:
    assert checked("Tomasz Berg is the Chief Executive. [1]", REVIEW).verified
    assert not checked("Anna Holm is the Chief Executive. [1]", REVIEW).verified


@pytest.mark.parametrize(("word", "is_right"), [("fell", True), ("rose", False)])
def test_what_is_taken_from_an_earlier_value_has_fallen(word: str, *, is_right: bool) -> None:
    cells = [
        CellReference(row=("Net debt",), column=(year,), value=value)
        for year, value in (("2022", "221.0"), ("2023", "210.4"))
    ]
    computed = Computed(expression="221.0 - 210.4", result="10.6", operands=(1,), cells=cells)
    text = f"Net debt {word} by €10.6 million from 2022 to 2023. [1]"
    verdict = verify(Draft(text=text, computed=[computed]), evidence("What is said?", FLEET))
    assert verdict.verified is is_right, verdict.failed


EMISSIONS = """Emissions of the year by scope, and what the fee for a subject is
<table><thead><tr><th>Scope</th><th>Tonnes</th></tr></thead><tbody>
<tr><td>Scope 1</td><td>120</td></tr><tr><td>Scope 3</td><td>940</td></tr></tbody></table>
The laboratory fee is P400.00 per subject. OFI were found in 281 of the cases. It sold 500 kg."""


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How high are Scope 3 emissions?", "Scope 3 emissions are 940 tonnes. [1]"),
        ("What is the laboratory fee?", "The laboratory fee is P400.00 per subject. [1]"),
        ("In how many cases?", "OFIs were found in 281 of the cases. [1]"),
    ],
)
def test_numbers_of_names_and_amounts_with_a_letter_pass(question: str, text: str) -> None:
    verdict = verify(Draft(text=text), evidence(question, EMISSIONS))
    assert verdict.verified, verdict.failed


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did it sell 500 tonnes?", "Yes, it sold 500 tonnes. [1]"),
        ("Were the emissions of Scope 5 high?", "Scope 5 emissions were high. [1]"),
        ("Is the fee $400.00 per subject?", "Yes, the fee is $400.00 per subject. [1]"),
    ],
)
def test_what_a_question_says_wrongly_is_not_borne_out_by_it(question: str, text: str) -> None:
    assert not verify(Draft(text=text), evidence(question, EMISSIONS)).verified

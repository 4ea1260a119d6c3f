"""What a question need not say of a label, or says in other words; and what comes near to it."""

from __future__ import annotations

import pytest

from tests.passages import answer, drafted
from tests.reports import document, table

INCOME = """Income (in thousands of dollars), second quarter of 2025
<table><thead><tr><th></th><th colspan="2">Three Months Ended June 30,</th>
<th colspan="2">Six Months Ended June 30,</th></tr>
<tr><th></th><th>2025</th><th>2024</th><th>2025</th><th>2024</th></tr></thead><tbody>
<tr><td>Product revenue</td><td>84,801</td><td>80,112</td><td>161,330</td><td>150,204</td></tr>
<tr><td>Service revenue</td><td>21,407</td><td>19,876</td><td>42,115</td><td>38,716</td></tr>
</tbody></table>"""
UMSATZ = table(
    "Umsatz (Mio. €)",
    "|1. Quartal 2025|Gesamtjahr 2024|Gesamtjahr 2023",
    "Papier|41,3|160,2|158,0",
    "Pappe|22,8|92,8|102,9",
)
SAMPLES = """Table 1: Samples by crop. Moisture is the range in % wet basis.
<table><thead><tr><th>Crop</th><th colspan="2">Season 1</th><th colspan="2">Season 2</th>
<th>Moisture</th></tr>
<tr><th></th><th>Silos</th><th>Samples</th><th>Silos</th><th>Samples</th><th></th></tr></thead>
<tbody>
<tr><td>Wheat</td><td>9</td><td>1,284</td><td>11</td><td>1,602</td><td>10.8–18.9</td></tr>
<tr><td>Maize</td><td>3</td><td>402</td><td>4</td><td>577</td><td>12.5–24.1</td></tr>
<tr><td>Total</td><td>12</td><td>1,686</td><td>15</td><td>2,179</td><td>10.8–24.1</td></tr>
</tbody></table>"""
ARMS = table("Arms", "Arm|Dose (mg)|Participants", "A|10|73", "B|20|74", "D|–|37")
CARDS = table("Cards (€)", "|Zone 1|Zone 2", "Month card, youth under 26|96|121", "Day card|9|12")
NOTICE = table(
    "Notice", "Service|By employee", "up to 5 years|4 weeks", "more than 5 years|8 weeks"
)
RATES = """Response at week 16 (%)
<table><thead><tr><th></th><th colspan="2">Observed in study LUM-201</th>
<th colspan="2">Observed in study LUM-202</th></tr>
<tr><th></th><th>10 mg</th><th>Placebo</th><th>10 mg</th><th>Placebo</th></tr></thead><tbody>
<tr><td>PASI 75</td><td>54.9</td><td>8.1</td><td>61.0</td><td>9.4</td></tr>
<tr><td>PASI 90</td><td>30.2</td><td>2.0</td><td>33.3</td><td>3.1</td></tr></tbody></table>"""
WORKS = table(
    "Measures",
    "Measure|Investment (£)|Saving (£)",
    "LED lighting in the west wing|24,500|6,100",
    "Surface water drainage, terraced|8,000|300",
    "Surface water drainage, detached|9,000|400",
    "Wages and salaries of fitters|1,000|10",
)
FUNDS = table(
    "Programmes (£)", "|Budget 2024|Spent 2024", "Health vans|70,000|52,300", "Dams|40,000|39,000"
)
WARDS = table("Staff", "Ward|Nurses required|Nurses", "A|20|22", "B|30|33")
MONTHS = table("People", "Month|Visitors|Staff", "May|100|5", "June|200|6", "Total|300|11")
BALANCE = table("Balance sheet (£m)", "|31st March 2025|30 Sep 2024", "Trade payables|312|281")
RATIOS = table("Ratios", "|Q3 2025|9M 2025", "Cost/income ratio (%)|47.0|48.5")
TORQUES = table("Torques", "Part|Torque (Nm)|Torque (lb-ft)|Front", "Wheel nuts|360|266|1")
PREMIUMS = table("Premiums", "|2024/25 (£)|2025/26 (£)", "Liability|4,985.60|5,322.90")
PRIZES = table(
    "Races", "Race|Prize (£)|Date", "Ascot|1,000|May", "Derby|2,500|June", "Oaks|500|July"
)
COSTS = table("Income (€ million)", "|2025|2024", "Revenue|385|350", "Staff costs|(171)|(164)")


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What was product revenue in the second quarter of 2025?", INCOME, "84,801"),
        ("service revenue, first half of 2024", INCOME, "38,716"),
        ("Umsatz Papier im ersten Quartal 2025", UMSATZ, "41,3"),
        ("Um wie viel sank der Umsatz mit Pappe 2024?", UMSATZ, "10,1"),
        ("How many maize samples were taken in season 2?", SAMPLES, "577 maize"),
        ("How many participants are in arm D?", ARMS, "37"),
        ("month card for youth under 26, zone 1", CARDS, "€96"),
        ("How many nurses are required in ward B?", WARDS, "30 nurses"),
        ("How many nurses work in ward B?", WARDS, "33 nurses"),
        ("Amount spent in 2024 on the health vans and the budget for it", FUNDS, "£52,300"),
        ("By how much did staff costs change from 2024 to 2025?", COSTS, "rose by €7 million"),
        ("trade payables at 31 March 2025", BALANCE, "£312 million"),
        ("trade payables, 30 September 2024", BALANCE, "£281 million"),
        ("budget of the dams, FY 2024", FUNDS, "£40,000"),
        ("cost income ratio in Q3 2025", RATIOS, "47.0%"),
        ("cost income ratio, first nine months of 2025", RATIOS, "48.5%"),
        (
            "What torque for the wheel nuts?",
            TORQUES,
            "Torque (Nm) 360 Nm; Torque (lb-ft) 266 lb-ft",
        ),
        ("By what percentage did the liability premium go up?", PREMIUMS, "rose by 6.8%"),
        ("What is the sum of the prizes of all three races?", PRIZES, "= £4,000"),
    ],
)
def test_what_is_asked_in_other_words(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What was product revenue in the third quarter of 2025?", INCOME),
        ("service revenue, second half of 2024", INCOME),
        ("What was product revenue in 2025?", INCOME),
        ("Umsatz Papier im zweiten Quartal 2025", UMSATZ),
        ("Umsatz Papier 2025", UMSATZ),
        ("How many maize samples were rejected in season 2?", SAMPLES),
        ("How many rye samples were taken in season 2?", SAMPLES),
        ("How many participants are in arm C?", ARMS),
        ("month card for youth under 18, zone 1", CARDS),
        ("What is the notice by an employee with more than 50 years?", NOTICE),
        ("What PASI 75 rate was observed with 10 mg in LUM-203?", RATES),
        ("What dropout rate was observed with 10 mg in LUM-201?", RATES),
        ("What is the investment for surface water drainage?", WORKS),
        ("What is the investment for wages and salaries?", WORKS),
        ("What is the total investment for LED lighting?", WORKS),
        ("How many staff are visitors?", MONTHS),
        ("trade payables at 31 May 2025", BALANCE),
        ("cost of risk in Q3 2025", RATIOS),
        ("What does the income cost in Q3 2025?", RATIOS),
        ("What is the sum of the prizes of all five races?", PRIZES),
        ("By what percentage did the liability premium go up from 2021?", PREMIUMS),
    ],
)
def test_what_only_comes_near_is_not_claimed(question: str, text: str) -> None:
    assert answer(question, text) == ""


def test_another_quarter_is_told_only_where_the_document_is_of_it() -> None:
    text = INCOME.replace("second", "third")  # a year that ends in March
    assert answer("What was product revenue in the second quarter of 2025?", text) == ""


def test_a_row_over_years_is_not_given_as_it_stands() -> None:
    text = table("Shares (€)", "|Own 2024|Group 2024|Own 2023", "Diluted|14.79|12.21|8.98")
    assert answer("Diluted at group level?", text) == ""


def test_a_share_is_no_count() -> None:
    text = table("Events (%)", "|Active|Placebo", "Headache|10.3|11.8", "Nausea|2.5|3.0")
    assert answer("How many had headache on placebo?", text) == ""


@pytest.mark.parametrize(("year", "is_said"), [("2024", True), ("2023", False)])
def test_of_what_a_sentence_compares_with_only_the_difference_is_said(
    year: str, *, is_said: bool
) -> None:
    prose = "The fund paid grants of £40 million in 2024, £3 million more than in 2023."
    assert bool(answer(f"How much did the fund pay in grants in {year}?", prose)) == is_said


PROSE = "The dam is 84 metres high. It holds the lake. The treasurer, Ms Ruth Abara, left in May."


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How high is the dam?", "84 metres high"),
        ("How long is the dam?", ""),
        ("Who is the treasurer?", "Ms Ruth Abara"),
        ("What did the treasurer earn?", ""),
    ],
)
def test_of_one_term_alone_the_verb_is_said_too(question: str, said: str) -> None:
    found = drafted(question, *document("dam.pdf", PROSE))
    assert said in found.text
    assert found.abstained == (not said)


def test_what_is_per_one_is_no_row_of_the_one() -> None:
    beds = table("Wards", "|2024|2023", "Beds|412|420", "Admissions|31,870|30,944")
    assert "31870 / 412 = 77.4" in answer("How many admissions per bed were there in 2024?", beds)
    assert answer("How many admissions per ward were there in 2024?", beds) == ""


def test_a_table_without_heads_lists_nothing() -> None:
    row = "<tr><td>Work</td><td>50 h</td><td>250 h</td></tr>"
    text = f"<table><tbody>{row}<tr><td>Check oil</td><td>X</td><td></td></tr></tbody></table>"
    assert answer("What has to be done at 250 hours?", text) == ""


def test_a_sentence_about_a_change_says_that_there_was_one() -> None:
    prose = "Liability premiums are adjusted on wages; the minimum liability premium is 75%."
    assert answer("By what percentage did the liability premium go up?", prose) == ""

"""Arithmetic over the cells that a question names; refused where they are not sure or not alike."""

from __future__ import annotations

import pytest

from tests.passages import answer, drafted
from tests.reports import BUDGET, COUNTRIES, INCOME, INVESTMENTS, QUARTERS, document, table

YEARS = table(
    "Key figures (SEK million)", "|2022|2023|2024", "Revenue|10|11|12", "Margin|8%|9%|11%"
)
LOSS = table("Results (€ million)", "|2023|2024", "Profit|-5|8", "Revenue|50|60")
CREDIT = table("Costs (€ million)", "|2023|2024", "Staff costs|(5)|(6)", "Income tax|(12.0)|10.0")


@pytest.mark.parametrize(
    ("question", "text", "parts"),
    [
        (
            "By how much did revenue grow from 2024 to 2025?",
            INCOME,
            ["rose by £16.3 million (8.3%)", "from £196.3 million (2024) to £212.6 million (2025)"],
        ),
        ("How did revenue in Denmark change from 2022 to 2024?",
         COUNTRIES, ["€4.5 million", "11.3%"]),
        ("By how many percent did revenue in Norway grow from 2022 to 2024?",
         COUNTRIES, ["by 17%"]),
        ("By how much did revenue in Norway grow in 2024?", COUNTRIES, ["€2.1 million", "(2023)"]),
        ("What was the sum of the revenue of Norway from 2022 to 2024?", COUNTRIES,
         ["30.0 + 33.0 + 35.1 = €98.1 million"]),
        ("What was the average revenue of Norway from 2022 to 2024?",
         COUNTRIES, ["= €32.7 million"]),
        ("What was the total revenue of Norway and Denmark in 2024?",
         COUNTRIES, ["= €79.6 million"]),
        ("What is the difference between revenue in Denmark and Norway in 2024?", COUNTRIES,
         ["44.5 - 35.1 = €9.4 million"]),
        ("What share of revenue in 2024 came from Denmark?", COUNTRIES,
         ["44.5 / 79.6 × 100 = 55.9%"]),
        ("What is the sum of the quarterly sales of Pumps?", QUARTERS,
         ["10 + 11 + 12 + 13 = $46 million"]),
        ("What were the average quarterly sales of Valves?", QUARTERS, ["/ 4 = $5.9 million"]),
        ("What is the average budget of the departments?", BUDGET, ["(400 + 300 + 900) / 3"]),
        ("What is the sum of the cost of Bridge and Road?", INVESTMENTS,
         ["€1.2 million + €800 thousand = €2 million"]),
        ("By how many points did the margin rise from 2022 to 2024?",
         YEARS, ["3 percentage points"]),
    ],
    ids=[
        "a change with both its ends", "a change over more years", "a percentage change",
        "a change from the year before", "the years between are added too",
        "the average of all the years", "a sum of two rows", "a difference", "a share of the total",
        "the year's column is no quarter", "nor in an average",
        "a total that only the numbers tell", "two scales are brought together",
        "points between percentages",
    ],
)  # fmt: skip
def test_what_is_worked_out(question: str, text: str, parts: list[str]) -> None:
    draft = drafted(question, *document("report.pdf", text))
    assert draft.kind == "computed"
    assert all(part in draft.text for part in parts), draft.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is the sum of the cost of Bridge and Tower?", INVESTMENTS),
        ("What is the difference between the cost of Road and Tower?", INVESTMENTS),
        ("By how much did revenue grow from 2021 to 2024?", YEARS),
        ("What is the sum of revenue from 2021 to 2024?", YEARS),
        ("What share of revenue in 2024 came from Finland?", COUNTRIES),
        ("What is the sum of revenue and the margin in 2024?", YEARS),
        ("By how much did income tax change from 2023 to 2024?", CREDIT),
        ("What is the sum of staff costs and income tax in 2024?", CREDIT),
        ("By how many percent did profit grow from 2023 to 2024?", LOSS),
    ],
    ids=[
        "a sum of two currencies",
        "a difference of two currencies",
        "a change from a year that is missing",
        "a sum of three years over four",
        "a share of what is missing",
        "an amount and a percentage",
        "a tax that was paid back",
        "a cost and an income",
        "a rate of a loss",
    ],
)
def test_what_cannot_be_worked_out_is_refused(question: str, text: str) -> None:
    assert answer(question, text) == ""


def test_tables_of_one_document_that_differ_are_not_computed_with() -> None:
    other = table("Key figures (SEK million)", "|2022|2023|2024", "Revenue|10|11|13")
    assert answer("By how much did revenue grow from 2022 to 2024?", YEARS, other) == ""


def test_the_years_of_two_reports_are_brought_together() -> None:
    old = table("Key figures (SEK million)", "|2022", "Revenue|10")
    new = table("Key figures (SEK million)", "|2024", "Revenue|12")
    chunks = document("report-2022.pdf", old) + document("report-2024.pdf", new)
    said = drafted("By how much did revenue grow from 2022 to 2024?", *chunks).text
    assert "SEK 2 million (20%)" in said


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What was the average revenue from 2022 to 2024, to two decimal places?", "SEK 11.00"),
        (
            "What was the percentage change in revenue from 2023 to 2024 to one decimal place?",
            "9.1%",
        ),
    ],
)
def test_the_decimals_that_are_asked_for(question: str, value: str) -> None:
    assert value in answer(question, YEARS)


def test_a_sum_of_many_shows_its_ends() -> None:
    lines = [f"P{number}|{number}0" for number in range(1, 9)]
    draft = drafted(
        "What is the average cost?", *document("t.pdf", table("Costs ($)", "Job|Cost", *lines))
    )
    assert "(10 + 20 + … + 80) / 8 = $45" in draft.text
    assert draft.computed[0].expression.count("+") == 7


def test_a_part_named_like_the_whole_is_another_thing() -> None:
    text = table(
        "Revenues ($)", "Source|2025", "Property tax|20", "Sales tax|30", "Total revenues|50"
    )
    said = answer("What share of revenues comes from property tax in 2025?", text)
    assert "20 / 50 × 100 = 40%" in said


def test_a_change_starts_at_the_earlier_year_however_it_is_named() -> None:
    text = table("Spending ($)", "|2024 Estimate|2025 Budget", "Police|100|110", "Fire|50|60")
    said = answer("By how much does the police budget rise from the 2024 estimate to 2025?", text)
    assert "rose by $10" in said


def test_a_difference_is_an_equation_that_holds() -> None:
    stock = table("Stock", "Reservoir|Stock (%)", "Pell|62", "Ash|91")
    asked = "How much less stock does Pell have than Ash?"
    assert "91 - 62 = 29 percentage points" in answer(asked, stock)


def test_an_average_per_month_is_one_of_months() -> None:
    north = table("Sales (£m)", "|April|June|July", "North|10|20|33")
    assert "= £21 million" in answer("What was the average per month in North?", north)
    staff = table("Scores", "Model|MMLU-Pro|MMLU-Redux", "Lyra|64|70")
    assert "67" in answer("What is the average of Lyra on MMLU-Pro and MMLU-Redux?", staff)


def test_a_month_of_one_date_is_not_that_of_the_other() -> None:
    sheet = table(
        "Balance sheet (€ million)",
        "|30 June 2025|30 June 2024|31 Dec 2024",
        "Inventories|498.3|487.6|462.7",
        "Receivables|441.9|426.4|414.2",
    )
    asked = "What was the change in inventories between the end of 2024 and the end of June 2025?"
    assert not answer(asked, sheet)
    said = answer("How did inventories change from 30 June 2024 to 30 June 2025?", sheet)
    assert "€10.7 million" in said


def test_a_change_goes_from_the_earlier_month_to_the_later() -> None:
    sheet = table("Balance (€ million)", "|30 June 2024|31 Dec 2024", "Inventories|487.6|462.7")
    said = answer("change in inventories between June 2024 and December 2024?", sheet)
    assert "fell by €24.9 million" in said


def test_a_sum_over_years_has_those_between() -> None:
    stays = table("Overnight stays", "|2023|2024|2025", "Campsite|900|950|970", "Hotel|10|11|12")
    said = answer("average overnight stays at the campsite from 2023 to 2025", stays)
    assert "(900 + 950 + 970) / 3 = 940" in said
    gap = table("Overnight stays", "|2023|2025", "Campsite|900|970", "Hotel|10|12")
    assert not answer("average overnight stays at the campsite from 2023 to 2025", gap)


def test_rows_that_are_asked_for_are_no_change_of_their_total() -> None:
    people = table("Headcount", "Region|2023|2024", "North|10|9", "South|20|25", "Group|30|34")
    assert "4" not in answer("In which regions did headcount fall between 2023 and 2024?", people)


def test_a_sum_needs_the_unit_that_its_cells_need() -> None:
    lines = ("Size|Customer|Other", "Small|69.00|119.00", "Large|189.00|289.00")
    asked = "What is the difference between Other and Customer for Large?"
    assert "289.00 - 189.00 = €100" in answer(asked, table("Lockers (EUR)", *lines))
    assert not answer(asked, table("Lockers", *lines))

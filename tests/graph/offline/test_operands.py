"""What names the operands of arithmetic: labels, and words that no label says."""

from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

LOSS = table("Pressure loss (kPa)", "|Lite|Maxi", "Pump A|28.9|25.0", "Pump B|8|9")
HALLS = table(
    "Premises", "Part|Area, m²", "Hall A|6,200", "Hall B|4,400", "Office|900", "Total|11,500"
)
ENERGY = table(
    "Energy use in MWh",
    "Source|North 2023|South 2023|Total 2023",
    "Gas|90|10|100",
    "Total|150|50|200",
)
PUPILS = table(
    "Pupils", "School|2022|2024|Pupils per class 2024", "Elm|640|700|21", "Oak|300|310|19"
)
FEES = table("Tuition fees (£)", "|2024/25|2025/26", "Law|21,400|22,400", "Art|19,000|19,500")
STRIPS = table("Seed area (ha)", "Variety|2026", "Lembrand|633", "Lembra|287", "Kasi|742")
BIDS = table(
    "Bids ($)",
    "|Delmar Road LLC|Kestrel Inc",
    "Clearing|107|90",
    "Traffic|238|200",
)


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("By how many kPa does the Maxi exceed the Lite with pump B?", LOSS, "9 - 8 = 1 kPa"),
        ("What is the combined area of both halls A and B?", HALLS, "6200 + 4400 = 10,600 m²"),
        ("Pupils at Elm: growth from 2022 to 2024", PUPILS, "rose by 60"),
        ("How much do the fees of Law rise from 2024/25 to 2025/26?", FEES, "rose by £1,000"),
        ("What is the share of North in the total energy use in 2023?", ENERGY, "= 75%"),
        ("Lembra and Kasi together, seed area 2026", STRIPS, "287 + 742 = 1029 ha"),
        ("Difference between Delmar Road and Kestrel for clearing", BIDS, "107 - 90 = $17"),
        ("How many times as high is Clearing at Delmar Road as Kestrel?", BIDS, "107 / 90 = 1.19"),
        ("By how many percent is Delmar Road higher than Kestrel for traffic?", BIDS, "= 19%"),
    ],
    ids=[
        "the unit of the result", "how many there are", "what joins two years", "spans of years",
        "a part and its whole", "the word itself before one like it", "a name without its form",
        "how many times", "a percentage of the second",
    ],
)  # fmt: skip
def test_words_that_no_label_says_name_no_operand(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is the combined area of all five halls A and B?", HALLS),
        ("By how many bar does the Maxi exceed the Lite with pump B?", LOSS),
        ("By how much did pupils per class of Elm rise from 2022 to 2024?", PUPILS),
        ("Clearing and traffic together", BIDS),
    ],
    ids=["another number of them", "another unit", "two things", "two rows of two columns"],
)
def test_nothing_is_computed_where_they_do_not_fit(question: str, text: str) -> None:
    assert answer(question, text) == ""


def test_in_how_many_something_fell_is_no_change_of_it() -> None:
    staff = table(
        "Headcount", "Department|2024|2025", "Yard|90|95", "Office|40|31", "Total|130|126"
    )
    assert answer("In how many departments did headcount fall between 2024 and 2025?", staff) == ""
    fall = answer("By how much did headcount of the office fall between 2024 and 2025?", staff)
    assert "fell by 9" in fall


def test_a_number_of_things_is_no_price_that_is_asked_for_with_it() -> None:
    corks = table(
        "Volumes and prices", "|Sold in 2026, millions", "Natural corks|412.6", "Caps|80.1"
    )
    assert answer("How many natural corks were sold in 2026 and at what price?", corks) == ""


def test_which_of_several_is_no_number() -> None:
    bids = table("Bids", "Bidder|Total ($)", "Delmar|310,400", "Engineer's estimate|306,700")
    assert answer("Which bidders were under the engineer's estimate?", bids) == ""


def test_words_that_and_joins_are_things_whatever_else_they_say() -> None:
    dues = table("Cargo 2025, thousand t", "Kind|Tonnes", "Sand|9", "Aggregates|4", "Timber|2")
    assert "9 + 4 = 13" in answer("Sand and aggregates together in 2025", dues)
    assert answer("Timber, sand and slates together in 2025", dues) == ""


NAMES = table(
    "Loans ($ million)",
    "Bank|2023|2024",
    "First National Bank Inc|10|12",
    "First Union Corp|20|18",
    "New York Credit Inc|7|8",
)


@pytest.mark.parametrize(
    "question",
    [
        "By how much did First grow from 2023 to 2024?",
        "By how much did National grow from 2023 to 2024?",
        "By how much did the First Inc grow from 2023 to 2024?",
        "How many new loans were there in 2024?",
    ],
    ids=["two begin alike", "not its beginning", "its form without the rest", "no name"],
)
def test_a_company_is_told_by_its_beginning_only_if_that_is_its_name(question: str) -> None:
    assert answer(question, NAMES) == ""


def test_a_company_is_told_without_its_form_and_not_by_its_beginning() -> None:
    banks = table(
        "Loans", "Bank|2024", "First National Bank Inc|12", "First Union Corp|18", "National Grid|6"
    )
    assert "18 + 6 = 24" in answer("First Union and National Grid together in 2024", banks)
    equity = table("Equity (€)", "|Equity", "Bayer CropScience AG|40")
    assert answer("What is the equity of Bayer?", equity) == ""
    assert "40" in answer("What is the equity of Bayer CropScience?", equity)


def test_what_the_other_is_held_against_stands_behind_as_and_than() -> None:
    rates = table("Rates (%)", "|2025", "Inflation|2.0 %", "Unemployment|5.0 %")
    said = answer("How many times as high as inflation was unemployment in 2025?", rates)
    assert "5 / 2 = 2.5" in said.replace("5.0", "5").replace("2.0", "2")


def test_a_sum_from_one_to_the_other_has_what_is_between() -> None:
    bugs = table("Open bugs", "Release|Bugs", "1.0|7", "1.1|5", "2.0|9")
    assert answer("Sum of open bugs from 1.0 to 2.0", bugs) == ""


def test_the_total_of_one_thing_with_another_is_not_that_of_one() -> None:
    masses = table("Motors for pumps", "Pump|Motor|Mass, kg", "MX-25|M90|19.0", "MX-40|M112|41.5")
    assert answer("What is the mass of the motor M90?", masses) != ""
    assert answer("What is the total mass of the MX-25 pump with its motor M90?", masses) == ""


def test_a_plus_sign_adds_up() -> None:
    dues = table("Cargo 2025, thousand t", "Kind|Tonnes", "Sand|9", "Gravel|4", "Timber|2")
    assert "9 + 4 + 2 = 15" in answer("sand + gravel + timber 2025", dues)

"""Shares: a part of a total, of its group's total, or of another line that is named."""

from __future__ import annotations

from tests.passages import answer
from tests.reports import table


def test_the_whole_may_be_a_line_or_the_total_of_the_group() -> None:
    fuels = table(
        "Cargo (kt)", "Kind|2025|2025", "|In|Total", "Liquids", "Fuel|1,174|1,332", "Oil|200|216",
        "Subtotal liquids|1,374|1,548", "Bricks|90|95", "Total|1,464|1,643", head=2,
    )  # fmt: skip
    assert "1332 / 1548" in answer("What share of liquids in 2025 was fuel?", fuels)
    staff = table("Staff", "|2025", "Headcount|200", "Apprentices|50", "Sites|4")
    assert "50 / 200" in answer("What share of the headcount in 2025 were apprentices?", staff)


def test_two_parts_are_no_part_and_its_whole() -> None:
    power = table("Generation 2025 (GWh)", "Source|GWh", "Wind|40", "Solar|10", "Gas|50")
    assert answer("What share of generation in 2025 was wind and solar?", power) == ""


def test_a_share_is_of_the_whole_that_is_named() -> None:
    sales = table(
        "Revenue (€ million)", "|Products|Services", "North|12|5", "South|18|9", "Total|30|14"
    )
    assert answer("Share of services in total revenue of the North", sales) == ""
    assert "= 35.7%" in answer("Share of the North in total services", sales)


def test_a_period_says_of_no_axis_that_the_whole_is_its() -> None:
    sales = table("Net sales ($ million)", "|Q2 2025|Q3 2025", "France|20|30", "Total|80|90")
    said = answer("What share of total net sales did France have in Q3 2025?", sales)
    assert "30 / 90" in said


def test_a_total_is_part_of_nothing_and_a_rate_no_part() -> None:
    plants = table(
        "Energy (GWh)", "Plant|2024|Change (%)", "Alpha|120|20", "Beta|40|-20", "Total|160|6.7"
    )
    assert answer("What share of the total change does Alpha have?", plants) == ""
    assert "= 75%" in answer("What share of the total does Alpha have in 2024?", plants)


def test_what_one_total_adds_up_are_parts_of_it_and_not_of_each_other() -> None:
    staff = table("Staff", "Site|2025", "Ulm|60", "Bonn|40", "Total|100")
    assert answer("What percentage of the staff of Ulm is in Bonn in 2025?", staff) == ""


def test_shares_of_one_whole_add_up_and_other_rates_do_not() -> None:
    mix = table("Share of generation (%)", "Source|2025", "Wind|40 %", "Solar|15 %", "Gas|45 %")
    assert "= 55%" in answer("Wind and solar combined, share of generation 2025", mix)
    rates = table("Response rates (%)", "Arm|Week 16", "Low|45 %", "High|30 %")
    assert answer("Combined response rate of low and high at week 16", rates) == ""


ACCOUNTS_OF_TWO = table(
    "Revenue and costs (€ million)",
    "|2024|2025",
    "Passenger revenue|2,000|2,250",
    "of which ancillary revenue|280|315",
    "Cargo revenue|230|240",
    "Total revenue|2,230|2,490",
    "Fuel|620|610",
    "Staff|530|570",
    "Total operating costs|1,150|1,180",
)


def test_a_part_is_of_the_row_that_it_is_of_which() -> None:
    said = answer("What share of passenger revenue was ancillary in 2025?", ACCOUNTS_OF_TWO)
    assert "315 / 2250 × 100 = 14%" in said


def test_of_two_totals_none_is_the_whole() -> None:
    assert not answer("What share did cargo revenue have in 2025?", ACCOUNTS_OF_TWO)


INCOME = """Income statement (£ thousand)
<table><thead><tr><th></th><th>2024</th><th>2025</th></tr></thead><tbody>
<tr><td colspan="3">Revenue</td></tr>
<tr><td>Cargo dues</td><td>6,588</td><td>6,742</td></tr>
<tr><td>Ship dues</td><td>4,127</td><td>4,318</td></tr>
<tr><td>Total revenue</td><td>10,715</td><td>11,060</td></tr>
<tr><td colspan="3">Operating costs</td></tr>
<tr><td>Staff</td><td>9,077</td><td>9,284</td></tr>
<tr><td>Energy</td><td>1,021</td><td>893</td></tr>
<tr><td>Total operating costs</td><td>10,098</td><td>10,177</td></tr>
<tr><td>Operating profit</td><td>617</td><td>883</td></tr></tbody></table>"""


def test_the_whole_of_a_part_is_the_total_of_its_group() -> None:
    said = answer("What share of 2025 revenue came from cargo dues, in percent?", INCOME)
    assert "6742 / 11060 × 100 = 61%" in said

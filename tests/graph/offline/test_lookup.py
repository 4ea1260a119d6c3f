"""Cells that are claimed as they stand, and what tables or documents that differ lead to."""

from __future__ import annotations

import pytest

from tests.passages import answer, drafted
from tests.reports import INCOME, KEY_FIGURES, PINS, STOCK, document, table

ENERGY = table("Energy use (MWh)", "Site|2024", "Leeds|410", "York|380")
TASKS = table(
    "Maintenance schedule",
    "Task|Hours|By",
    "Bearings|24,000|Maker",
    "Oil filter|2,000|Technician",
    "Overhaul|32,000|Maker",
)
RESTATED = table("Energy use (MWh)", "Site|2024", "Leeds|455", "York|380")


def test_two_tables_of_one_document_that_differ_are_refused() -> None:
    assert answer("What was the energy use of Leeds in 2024?", ENERGY, RESTATED) == ""


def test_two_tables_of_one_document_that_agree_are_claimed() -> None:
    said = answer("What was the energy use of York in 2024?", ENERGY, RESTATED)
    assert said == "The energy use of York in 2024 was 380 MWh. [1]"


def test_two_documents_that_differ_are_both_told_the_later_first() -> None:
    chunks = document("report-2024.pdf", ENERGY) + document("report-2025.pdf", RESTATED)
    draft = drafted("What was the energy use of Leeds in 2024?", *chunks)
    assert draft.kind == "cell"
    assert draft.text == (
        "The documents give different values: report-2025.pdf: Leeds, 2024 455 MWh [2]; "
        "report-2024.pdf: Leeds, 2024 410 MWh [1]."
    )


@pytest.mark.parametrize(
    ("company", "value"), [("Norvale", "SEK 44 million"), ("Halmstad", "SEK 30 million")]
)
def test_a_company_that_is_named_is_answered_from_its_document(company: str, value: str) -> None:
    halmstad = table("Key figures (SEK million)", "|2024", "Operating profit|30")
    norvale = table("Key figures (SEK million)", "|2024", "Operating profit|44")
    chunks = document("halmstad.pdf", halmstad) + document("norvale.pdf", norvale)
    draft = drafted(f"What was the operating profit of {company} in 2024?", *chunks)
    assert value in draft.text
    assert len(draft.uses) == 1


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What was revenue?", INCOME, ""),
        ("How much was the net debt?", KEY_FIGURES, ""),
        ("What was revenue in 2024?", INCOME, "Revenue in 2024 was £196.3 million. [1]"),
    ],
    ids=["one of two", "in other words", "the year that is named"],
)
def test_no_year_is_chosen_for_a_question_that_names_none(
    question: str, text: str, said: str
) -> None:
    assert answer(question, text) == said


def test_without_a_column_the_row_is_given_as_it_stands() -> None:
    said = answer("What is the supply voltage?", PINS)
    assert said == "Supply voltage: Min 2.7 V; Typ 3.3 V; Max 3.6 V. [1]"


@pytest.mark.parametrize("question", ["What is the minimum start-up time?"])
def test_an_empty_cell_is_told_and_claims_nothing(question: str) -> None:
    draft = drafted(question, *document("chip.pdf", PINS))
    assert draft.abstained
    assert draft.text.startswith(
        "The table has no value for Start-up time, Min: the cell says “-”. [1]"
    )


@pytest.mark.parametrize(
    "question",
    [
        "What was the percentage change in revenue in 2024?",
        "How much did revenue change in 2024?",
        "How did revenue develop in 2024?",
        "What was the average revenue in 2024?",
        "What proportion of revenue was made in 2024?",
        "Why did revenue fall in 2024?",
        "Did revenue fall in 2024?",
    ],
)
def test_an_amount_is_no_answer_to_what_is_worked_out_or_told(question: str) -> None:
    assert answer(question, table("Key figures (SEK million)", "|2024", "Revenue|12")) == ""


def test_a_change_that_is_printed_is_claimed() -> None:
    text = table("Key figures (SEK million)", "|2024|2023|Change (%)", "Revenue|12|10|20.0")
    assert "20.0%" in answer("What was the percentage change in revenue?", text)


def test_the_two_rows_of_a_list_are_given_together() -> None:
    said = answer("What are the prices of the hammer and the saw?", STOCK)
    assert "€9.50" in said
    assert "€14.20" in said


def test_two_columns_that_are_asked_for_together_are_not_answered_by_one() -> None:
    traffic = table("Traffic", "Route|Passengers|Vehicles", "Laxo|412|168", "Vidlin|19|6")
    assert "168" in answer("How many vehicles were on the Laxo route?", traffic)
    both = answer("How many passengers per vehicle were on the Laxo route?", traffic)
    assert "412 / 168 = 2.45" in both


def test_a_year_is_not_the_span_that_begins_with_it() -> None:
    budget = table("Spending (£ million)", "|2022/23|2023/24", "Roads|41|44", "Parks|7|9")
    assert answer("What was spending on roads in 2023?", budget) == ""
    assert "44 million" in answer("What was spending on roads in 2023/24?", budget)


def test_a_unit_that_no_list_has_is_told_from_its_column() -> None:
    limits = table("Emissions", "|Unit|Permit limit", "VOC to air|t/a|12.0", "Dust|kg|3.5")
    assert "12.0 t/a" in answer("What is the permit limit for VOC to air?", limits)


def test_a_bare_number_is_no_amount_where_the_document_tells_the_unit_apart() -> None:
    figures = table("Key figures", "|2024", "Revenue|84,236", "Employees|462")
    assert "84,236" in answer("What was revenue in 2024?", figures)
    first = "Annual accounts\n\nAmounts in thousands of euros unless otherwise stated."
    chunks = document("report.pdf", first, figures)
    assert drafted("What was revenue in 2024?", *chunks).kind == "passages"
    assert "462" in drafted("How many employees were there in 2024?", *chunks).text


def test_parts_are_not_given_for_the_group() -> None:
    parts = table("EBITDA (£ million)", "Segment|Q3|Q4", "Water|60|61", "Gas|31|30")
    assert answer("What was the group EBITDA?", parts) == ""


def test_a_bare_number_is_told_with_what_stands_above_its_table() -> None:
    leave = table(
        "Table 2: Leave by country (working days per event)",
        "Event|Germany|Poland",
        "Own wedding|2|4",
        "House move|1|1",
    )
    said = answer("Leave for an own wedding in Poland", leave)
    assert said == (
        "Own wedding, Poland: 4 (Table 2: Leave by country (working days per event)). [1]"
    )
    both = answer(
        "What is the difference in leave between Own wedding and House move in Poland?", leave
    )
    assert "4 - 1 = 3 (Table 2: Leave by country (working days per event)). [1]" in both


def test_an_hour_that_is_paid_for_is_no_unit_of_its_fee() -> None:
    fees = table(
        "Fees (€)", "Service|Unit|Weekday|Sunday", "Engineer|hour|98|122", "Training|day|900|990"
    )
    assert not answer("Engineer on Sunday", fees)
    rates = table("Fees", "Service|Unit|Weekday|Sunday", "Engineer|hour|98.40|122.50")
    assert not answer("Fee for an engineer on Sunday", rates)


def test_a_list_goes_along_one_row_or_one_column() -> None:
    fees = table(
        "Fees in £",
        "Faculty|Level|2024|2025",
        "Law|UG|9,250|9,535",
        "Law|PGT|11,400|12,000",
        "Arts|UG|9,250|9,535",
    )
    assert not answer("What are the fees of Law?", fees)


def test_a_count_in_brackets_is_no_answer_to_a_percentage() -> None:
    patients = table(
        "Baseline, n (%)", "|Placebo|Drug", "Stroke|61 (21.9)|58 (20.8)", "Pain|9 (3.2)|7 (2.5)"
    )
    assert not answer("Percentage of patients with stroke on placebo", patients)


def test_columns_that_are_joined_are_both_told_though_the_word_of_one_is_light() -> None:
    head = '<tr><th></th><th colspan="2">Placebo</th><th colspan="2">Drug</th></tr>'
    values = table(
        "Laboratory values", "|Baseline|Change|Baseline|Change", "ALT (U/l)|22.4|0.3|21.9|1.1"
    ).replace("<thead>", f"<thead>{head}")
    both = answer("Baseline and change of ALT on placebo", values)
    assert "Baseline 22.4 U/l; Placebo › Change 0.3 U/l" in both
    assert "0.3 U/l" in answer("What was the change of ALT on placebo?", values)


def test_which_rows_there_are_is_told_by_their_names() -> None:
    said = answer("Which tasks are done by the maker?", TASKS)
    assert "Bearings" in said
    assert "Overhaul" in said
    assert "24,000" not in said


@pytest.mark.parametrize(
    ("table_of", "question"),
    [
        (("Rents", "Hall|Ensuite|Studio", "Bexley|191.00|244.00"), "Ensuite rent at Bexley"),
        (("Ratios", "|2023|2024", "Equity ratio|31.9|33.4"), "What was the equity ratio in 2023?"),
        (("Results", "|2023|2024", "Joint venture|12|-750"), "Result of the joint venture in 2024"),
    ],
)
def test_a_bare_number_that_counts_nothing_is_shown_and_not_claimed(
    table_of: tuple[str, ...], question: str
) -> None:
    assert not answer(question, table(*table_of))


@pytest.mark.parametrize(
    ("table_of", "question", "value"),
    [
        (("Benchmarks (pass@1)", "Model|MATH|GPQA", "Lyra|91.4|64.8"), "GPQA of Lyra", "64.8"),
        (("Sizes", "Model|Drop-out|Epochs", "Lyra|0.10|180"), "Epochs of Lyra", "180"),
        (("Rents in £", "Hall|Ensuite|Studio", "Bexley|191.50|244.00"), "Ensuite, Bexley", "£191"),
    ],
)
def test_scores_counts_and_what_has_a_unit_are_claimed(
    table_of: tuple[str, ...], question: str, value: str
) -> None:
    assert value in answer(question, table(*table_of))


def test_columns_that_compete_for_one_question_are_not_both_told() -> None:
    benefits = table("Benefits in €", "Event|Base plan|Premium", "Funeral|4,000|5,500")
    assert not answer("What is the base plan's funeral benefit as premium?", benefits)
    both = answer("Funeral benefit in the base plan and as premium", benefits)
    assert "4,000" in both
    assert "5,500" in both


def test_what_other_rows_bear_is_not_of_the_row_of_a_rival() -> None:
    head = "<tr><th>Cover</th><th>Party</th><th>Sum insured (€)</th></tr>"
    rows = (
        "<tr><td>Buildings</td><td>Landlord</td><td>18,400</td></tr>"
        "<tr><td>Loss of rent</td><td>Landlord</td><td>8,400</td></tr>"
        '<tr><td rowspan="2">Liability</td><td>Tenant</td><td>10,000</td></tr>'
        "<tr><td>Provider</td><td>5,000</td></tr>"
    )
    covers = f"Covers\n<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    assert not answer("Sum insured of the landlord for liability", covers)
    assert "10,000" in answer("Sum insured of the tenant for liability", covers)


def test_a_cell_of_two_numbers_is_told_whole() -> None:
    patients = table("Baseline", "Score, mean (SD)|Placebo|Drug", "PASI|20.9 (7.7)|21.4 (8.1)")
    assert "20.9 (7.7)" in answer("PASI score on placebo", patients)


def test_no_part_is_more_than_its_whole() -> None:
    whole = "Scope 1, 2 and 3, market-based|2937.0"
    emissions = table("Emissions (kt)", "|2025", whole, "Scope 3, total reported|2501.8")
    asked = "What share of total scope 1, 2 and 3 (market-based) emissions in 2025 is scope 3?"
    assert not answer(asked, emissions)


def test_a_unit_that_ends_in_a_stop_ends_the_sentence() -> None:
    heights = table("Stations", "Station|Altitude (m a.s.l.)", "Alp|2,100", "Horn|3,050")
    said = answer("What is the altitude of Horn?", heights)
    assert said == "The altitude of Horn is 3,050 m a.s.l. [1]"


def test_the_table_that_says_most_must_tell_the_answer() -> None:
    sales = table("Sales of 2024 (€m)", "|Q1|Q1", "Doors|11|12", "Total doors|31|33")
    profit = table("Profit (€m)", "|2024: Q1|2023: Q1", "Doors|4|3")
    assert not answer("Total doors Q1 2024", sales, profit)
    assert "4 million" in answer("Profit doors Q1 2024", profit)


def test_a_row_is_told_by_the_groups_that_are_said() -> None:
    limits = table(
        "Limits",
        "Quantity|Symbol|Part|Typ|Max",
        "Peak current (A)|IPK|NV21|2.1|2.4",
        "Peak current (A)|IPK|NV22|4.3|4.9",
        "Hold current (A)|IHD|NV21|0.7|0.9",
        "Hold current (A)|IHD|NV22|1.3|1.6",
    )
    assert "4.3 A" in answer("typical peak current of the NV22", limits)
    assert not answer("typical current of the NV22", limits)


@pytest.mark.parametrize("asked", ["Q2 2024", "second quarter of 2024"])
def test_a_year_over_columns_dates_them(asked: str) -> None:
    sales = (
        "<table><caption>Sales (€m)</caption>"
        "<tr><th></th><th colspan=2>Fiscal year 2024 by quarter</th>"
        "<th colspan=2>All year</th></tr>"
        "<tr><th></th><th>Q1</th><th>Q2</th><th>2024</th><th>2023</th></tr>"
        "<tr><td>Doors</td><td>5</td><td>7</td><td>21</td><td>19</td></tr></table>"
    )
    assert "7 million" in answer(f"Sales of doors in {asked}?", sales)


def test_what_a_group_says_besides_its_year_is_no_date() -> None:
    sales = (
        "<table><caption>Sales (€m)</caption>"
        "<tr><th></th><th colspan=2>Share of exports 2024</th></tr>"
        "<tr><th></th><th>Q1</th><th>Q2</th></tr>"
        "<tr><td>Doors</td><td>5</td><td>7</td></tr></table>"
    )
    assert not answer("Sales of doors in Q2 2024?", sales)


def test_a_letter_names_a_class() -> None:
    fees = table("Charges a year (£)", "Category|2024", "A – Depot|40", "B – Halt|60")
    assert "£60" in answer("Charge for category B – Halt in 2024?", fees)


def test_a_part_stands_under_what_it_is_of() -> None:
    stays = table(
        "Activity", "|2023|2024", "Overnight stays|900|950", "of which mobile homes|300|320"
    )
    said = answer("Overnight stays in mobile homes in 2024?", stays)
    assert "320" in said
    assert "Overnight stays › of which mobile homes" in said


def test_groups_that_are_named_head_the_same_columns() -> None:
    """A measure that one group alone has is none of the other's."""
    ratings = table(
        "Ratings",
        "Size|50 Hz|50 Hz|50 Hz|60 Hz|60 Hz",
        "Size|Q|H|NPSH|Q|H",
        "Size|m³/h|m|m|m³/h|m",
        "C 40|25.0|50.0|2.3|30.2|72.8",
        "C 50|48.0|32.5|2.9|57.9|47.3",
        head=3,
    )
    assert not answer("NPSH of the C 40 at 60 Hz?", ratings)
    assert "2.3 m" in answer("NPSH of the C 40 at 50 Hz?", ratings)


def test_a_headcount_is_no_percentage() -> None:
    rates = table(
        "Continuation (%), and student–staff ratio", "Faculty|2023", "Law|90.1", "Art|91.2"
    )
    assert not answer("Staff headcount of Law in 2023", rates)


STAFF = (
    "<table><caption>Posts and costs</caption>"
    "<tr><th></th><th colspan=2>Posts</th><th>Staff costs in € thousand</th></tr>"
    "<tr><th></th><th>Plan 2025</th><th>Actual 2025</th><th>Actual 2025</th></tr>"
    "<tr><td>Doctors</td><td>148</td><td>143</td><td>19,874</td></tr>"
    "<tr><td>Nurses</td><td>210</td><td>214</td><td>14,120</td></tr></table>"
)


def test_two_columns_that_each_say_the_half_are_no_list() -> None:
    assert not answer("Staff costs of doctors, Plan 2025", STAFF)
    assert "19,874" in answer("Staff costs of doctors, Actual 2025", STAFF)


PARTS = table(
    "Spare parts", "Order no.|Article|Mass (g)", "77-01|Seal ring|15", "77-02|Service key|85"
)
GAUGES = table("Gauges", "Code|Group|Checked by", "G1|Pressure|2", "G2|Pressure|Ina Moor")
CARGO = table("Cargo handled, in tonnes", "|2023|2024", "Post|90|120", "Freight|900|950")


def test_the_number_that_labels_a_row_is_no_count_and_no_other_cell() -> None:
    assert answer("What is the order number of the service key?", PARTS) == ""
    assert "85 g" in answer("What is the mass of the service key?", PARTS)


def test_what_some_rows_of_a_kind_have_is_no_answer_for_all() -> None:
    assert answer("Who checked the pressure gauges?", GAUGES) == ""


def test_a_unit_that_the_question_says_is_not_said_twice() -> None:
    said = answer("How many tonnes of freight were handled in 2024?", CARGO)
    assert said == "Freight, 2024: 950 t. [1]"

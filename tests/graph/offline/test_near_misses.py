"""Questions that come near to what a table or a sentence says, and are not answered by it."""

from __future__ import annotations

import pytest

from tests.passages import answer, drafted
from tests.reports import document, table

ACCOUNTS = (
    """Balance sheets (£m)
<table><thead><tr><th></th><th colspan="2">Group</th><th colspan="2">Company</th></tr>
<tr><th></th><th>2024</th><th>2025</th><th>2024</th><th>2025</th></tr></thead><tbody>
<tr><td>Goodwill</td><td>214.9</td><td>212.4</td><td>1.2</td><td>1.1</td></tr>
<tr><td>Inventories</td><td>121.5</td><td>128.9</td><td>–</td><td>–</td></tr></tbody></table>""",
    table("Income statement (£m)", "|2024|2025", "Revenue|798.1|842.6", "Profit|34.3|36.8"),
)
FARES = table("Fares (€)", "|Adult peak|Peak harbour|Adult harbour", "Bus|3|4|5", "Tram|4|5|6")
COUNTRIES = table(
    "Revenue by country (€ million)",
    "Country|2024|2025",
    "Japan|12.8|12.3",
    "Norway|10.9|11.2",
    "Rest of the world|4.1|3.0",
    "Total revenue|27.8|26.5",
)
STAFF = """Staff at year's end
<table><thead><tr><th></th><th colspan="3">2024</th></tr>
<tr><th></th><th>Women</th><th>Men</th><th>Total</th></tr></thead><tbody>
<tr><td>Permanent</td><td>505</td><td>789</td><td>1,294</td></tr>
<tr><td>Temporary</td><td>62</td><td>95</td><td>157</td></tr></tbody></table>"""
SALES = """Products
<table><thead><tr><th></th><th>Units</th><th>Average price</th></tr>
<tr><th></th><th>2024</th><th>2024</th></tr></thead><tbody>
<tr><td>Quill</td><td>977</td><td>38,900</td></tr>
<tr><td>Ember</td><td>14,208</td><td>1,065</td></tr></tbody></table>"""
WATER = table(
    "Water and waste 2024",
    "|Unit|2024",
    "Withdrawals|m³|1,486",
    "Waste made|t|6,940",
    "Minimum order|pallets|6",
)
FAMILIES = table("Families of products", "Family|Units", "Helix|27", "Quill|9", "Other|4")
FEES = table(
    "Use of streets",
    "No.|Subject|Fee (€)",
    "1|Tables outside, per m² and month – Zone A|6.40",
    "2|Tables outside, per m² and month – Zone B|3.90",
    "3|Film work|150.00",
)
ERRORS = table("Errors (%)", "Probe|Mean error|Worst error", "Sonar|0.61|2.1", "Radar|1.04|3.4")
DIRECTORS = """Pay of directors (£000)
<table><thead><tr><th colspan="2"></th><th>Total</th></tr></thead><tbody>
<tr><td>Non-executive directors</td><td>Oriel Haddow</td><td>225</td></tr>
<tr><td>Peter</td><td>Szabolcs</td><td>86</td></tr>
<tr><td>Chief executive</td><td>Ida Bell</td><td>1,113</td></tr></tbody></table>"""
RETURNS = table("Return (%)", "|2021|2022|2023", "Return on capital|9.2|10.8|12.4")
NEWS = """# Review

Total revenue for the second quarter rose 9.1% from the year before, or 7.8% at constant currency.
One distributor took 13% of deliveries in the three months ended June 30, 2025.
A grant finances 35 % of the budget of the heat pump."""

DIVISIONS = table(
    "Divisions (£ million)",
    "Division|Revenue 2025|Operating profit / (loss) 2025",
    "Cheese|118.4|11.3",
    "Butter|61.0|2.1",
    "Yoghurt|31.7|(4.6)",
)
HOTELS = table(
    "Hotels",
    "Hotel|Country|Rooms|Stars|Rate (SEK)",
    "Solvik|Sweden|412|4|1,390",
    "Torget|Sweden|88|3|1,120",
    "Aker|Norway|230|4|1,650",
    "Fjord|Norway|264|5|2,240",
)
GROUPS = table(
    "Staff by group", "Group|Women|Men|Total", "Managers|48|52|100", "Kitchen|290|450|740",
    "Total|338|502|840",
)  # fmt: skip
COSTS = table("Income (SEK million)", "|2024", "Staff costs|(512)", "Depreciation|(140)")
SITES = table("Sites at 30 June 2025", "Site|Employees", "Aspen|402", "Birch|246")
PLANTS = table("Plants", "Plant|Opened|Accidents", "Bern|1998|0", "Chur|2004|2", "Davos|2000|1")
DRIVER = "The crane driver, Ivo Petrov, had worked for nine hours."
EMISSIONS = table("Emissions of kiln 1 (mg/m³)", "Pollutant|No. 1|No. 2", "NH3|5.1|5.4", "HCl|1|2")
TRAINING = table("Staff", "Department|Training days per head 2025", "Service|4.3", "Sales|2.9")
LOTS = table(
    "Prices of lot 1",
    "No.|Text|Unit|Amount",
    "1.1|Lamp|u|27,480",
    "1.2|Cable|m|30,800",
    "|Total with tax lot 1||58,280",
)
YEARLY = table("Staff at 31 December", "|2023|2024", "Managers|64|71", "Others|240|255")
QUARTERS = table("Profit (£m)", "|Q1|Q2|Q3", "Profit before tax|5.1|13.8|6.0", "Tax|1.0|2.1|1.2")
MONTHS = table("Sales (£m)", "|2024", "Q1|30", "Q2|36")
PLANTED = table("Sales 2024 (£)", "|Plants", "April|26", "May|33", "June|19")
SHIPS = table("Ships", "Ship|Passengers (thousand)", "Aurora|412", "Elster|96", "Birke|130")
DEBT = "Net debt at 30 June 2025 was £41.6 million (31 December 2024: £34.8 million)."
WATER_IN_OIL = "The water content of Velox 68 is above the limit of 100 mg/kg."
BUDGET = table("Ansatz und Ist (Tsd. €)", "Posten|Ansatz 2024|Ist 2024", "Personal|61.200|62.716")
BATCHES = """# Torval A-27 and A-27 LO

One batch of the standard grade takes 17 hours from the first charge."""
IONS = table(
    "Clinical chemistry",
    "Analyte|SI unit|SI low|SI high|Conventional unit|Conv. low|Conv. high",
    "Potassium|mmol/L|3.4|4.7|mEq/L|3.4|4.7",
    "Calcium|mmol/L|2.15|2.55|mg/dL|8.6|10.2",
)
VALVES = table("Tests", "Valve|Pressure (bar)", "Valve 3-4|35", "Valve 4-3|84", "Valve 3-14|61")
PARTS = table("Spare parts", "Part|Price (€)", "Filter F-8|12.40", "Breaker B-2|89.50")
LINES = "# Lines\n\nLine 12/8 carries 40 trains. Line 7/3 carries 16 trains."
SCREWS = """Table 4: Torques (thread, torque in N·m)
<table><thead><tr><th rowspan="2">Joint</th><th colspan="2">Size 20</th></tr>
<tr><th>Thread</th><th>N·m</th></tr></thead><tbody>
<tr><td>Head screws</td><td>M8</td><td>22</td></tr>
<tr><td>Foot screws</td><td>M10</td><td>48</td></tr></tbody></table>"""
PEOPLE = """Headcount and injuries by department
<table><thead><tr><th rowspan="2">Department</th><th colspan="2">Headcount at</th>
<th colspan="2">Injuries, Jan–Sep</th></tr>
<tr><th>31 Dec 2024</th><th>30 Sep 2025</th><th>2025</th><th>2024</th></tr></thead><tbody>
<tr><td>Marine</td><td>148</td><td>153</td><td>3</td><td>1</td></tr>
<tr><td>Passengers</td><td>41</td><td>66</td><td>1</td><td>0</td></tr>
<tr><td>All departments</td><td>189</td><td>219</td><td>4</td><td>1</td></tr></tbody></table>"""
PUMPS = table("Pumps: flow and torque", "Pump|Flow (l/min)|Mass (kg)", "B1|30|5", "B2|45|6")
AREAS = table("Area and population", "City|Area (km²)", "Ulm|118", "Jena|114")
HEATERS = table("Wärmepumpen", "Modell|Leistung (kW)|Garantie (Jahre)", "WP9|9,2|5", "WP12|12,1|5")
SHOPS = table("Sales 2024 (£)", "Shop|Online|Store", "York|10|20", "Hull|30|25", "Bath|12|40")
NOTED = table("Key figures (€m)", "|2024|2025", "Revenue1|10.5|11.5", "Equity ratio6|41.0|42.0")
NUMBERED = table("Prices ($)", "Item|Price", "Pump1|200", "Pump2|300")


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("What was the profit of the company in 2025?", ACCOUNTS),
        ("What is the fare of the bus for an adult at the peak to the harbour?", [FARES]),
        ("What was the average of Ember in 2024?", [SALES]),
        ("How many women in total were permanent in 2024 altogether?", [STAFF]),
        ("What is the fee for tables outside in Zone A per year?", [FEES]),
        ("What is the fee for tables outside in Zone C?", [FEES]),
        ("In how many years was the return on capital above 10%?", [RETURNS]),
        ("Which country had the lowest revenue in 2025?", [COUNTRIES]),
        ("How many non-executive directors are there?", [DIRECTORS]),
        ("What was the total of withdrawals and waste in 2024?", [WATER]),
        ("What was the waste made in 2024 in kg?", [WATER]),
        ("How many families are there?", [FAMILIES]),
        ("By what percentage does Quill reduce the units relative to Helix?", [FAMILIES]),
        ("By what percentage does Sonar reduce the mean error relative to Radar?", [ERRORS]),
        ("What was total revenue for the second quarter?", [NEWS]),
        ("How much was spent in the three months ended June 30, 2025?", [NEWS]),
        ("What is the budget of the heat pump?", [NEWS]),
        ("operating margin of Yoghurt in 2025", [DIVISIONS]),
        ("What was the average operating profit of the divisions in 2025?", [DIVISIONS]),
        ("Which country has the most rooms?", [HOTELS]),
        ("Which group is the oldest?", [GROUPS]),
        ("What share of managers are women?", [GROUPS]),
        ("What is the sum of staff costs and depreciation in 2024?", [COSTS]),
        ("How many employees worked in Aspen at 31 December 2025?", [SITES]),
        ("net debt at 30 June 2024", [DEBT]),
        ("What is the sum of plants in April, May and June 2024?", [PLANTED]),
        ("How many ships have more than 100 passengers?", [SHIPS]),
        ("What is the sum of profit before tax from Q1 to Q3?", [QUARTERS]),
        ("What were average sales per month in 2024?", [MONTHS]),
        ("NH3 at kiln 2", [EMISSIONS]),
        ("What was spent on training per head in Service in 2025?", [TRAINING]),
        ("Which plants had no accidents?", [PLANTS]),
        ("How many plants opened since 2000?", [PLANTS]),
        ("Which plant is best by accidents?", [PLANTS]),
        ("How old is Ivo Petrov?", [DRIVER]),
        ("How deep is Stanning?", ["Stanning, with a capacity of 15,000 litres, opens in 2031."]),
        ("What is the sum of all rates of the hotels?", [HOTELS]),
        ("How high is the water content of Velox 68?", [WATER_IN_OIL]),
        ("Um wie viel lag Personal 2024 über dem Ansatz?", [BUDGET]),
        ("How long does a batch of the LO grade take?", [BATCHES]),
        ("What is the SI range of potassium?", [IONS]),
        ("What is the pressure of valve 14-3?", [VALVES]),
        ("How much do two breakers B-2 cost?", [PARTS]),
        ("What are thread and torque of the head screws of size 20?", [SCREWS]),
        ("headcount in Passengers at end of 2024 and at 30 September 2025?", [PEOPLE]),
        ("What is the torque of B1?", [PUMPS]),
        ("What are the mass and the torque of B1?", [PUMPS]),
        ("What is the population of Ulm?", [AREAS]),
        ("Was kostet die WP9?", [HEATERS]),
        ("Which shop had the highest online sales in May 2024?", [SHOPS]),
        ("What was the equity ratio in 2025?", [NOTED]),
        ("What is the price of the Pump?", [NUMBERED]),
        ("How many trains does line 8/12 carry?", [LINES]),
    ],
    ids=[
        "the company, of the group",
        "columns that compete for what is said once",
        "an average of averages",
        "a sum of a whole and its part",
        "a monthly fee per year",
        "a zone that is not there",
        "a limit",
        "what is left over",
        "a group that is named once",
        "one of two that are to be added",
        "another unit",
        "what is left over is counted",
        "per cent of one of two things",
        "per cent of one of two shares",
        "a change",
        "a time alone",
        "a share of an amount",
        "a margin of a loss",
        "an average over a loss",
        "the largest of what has several rows",
        "a rank by what no column has",
        "a share where there are two wholes",
        "a sum of a cost and what may be none",
        "another day",
        "two days mixed",
        "a month that is a verb too",
        "a limit that may be in thousands",
        "the ends of a span for all of it",
        "an average per month of quarters",
        "the number of another thing",
        "days for what was spent",
        "rows that have none of it",
        "rows since a year",
        "the best, of which little may be good",
        "an age, of hours",
        "a depth, of litres",
        "a sum of prices",
        "a limit for a value",
        "one of two that are to be held together",
        "another word in the place of a name",
        "a unit for a value",
        "a row whose number is turned round",
        "the price of one for two",
        "one of two of which a title tells the other",
        "a date of another group",
        "one of two in a title",
        "both of which one is told",
        "the other of two in a title",
        "no money",
        "another month",
        "a ratio with a note",
        "one of two that are numbered",
        "a sentence whose number is turned round",
    ],
)
def test_what_only_comes_near_is_not_claimed(question: str, texts: list[str]) -> None:
    assert answer(question, *texts) == ""


def test_a_weight_in_pounds_is_no_price() -> None:
    parcels = table("Parcel rates", "Parcel|Max. weight (pounds)|Days", "Small|4|2", "Medium|11|3")
    assert answer("What does a medium parcel cost?", parcels) == ""
    fees = table("Parcel rates", "Parcel|Fee (pounds)|Days", "Small|4|2", "Medium|11|3")
    assert "11" in answer("What does a medium parcel cost?", fees)


def test_heads_that_were_read_as_one_tell_nothing_apart() -> None:
    both = table("Profit (£m)", "|2025 Underlying other|2025 Underlying other", "Profit|70.5|21.0")
    assert answer("What was the profit in 2025?", both) == ""


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What was revenue from Japan in 2025?", COUNTRIES, "€12.3 million"),
        ("What was total revenue in 2025?", COUNTRIES, "€26.5 million"),
        ("What was the waste made in 2024 in t?", WATER, "6,940 t"),
        ("Which country had the highest revenue in 2025?", COUNTRIES, "Japan is highest"),
        ("What is the fee for tables outside in Zone A per month?", FEES, "€6.40"),
        ("Which hotel has the most rooms?", HOTELS, "Solvik is highest at 412"),
        ("Total with tax lot 1", LOTS, "58,280"),
        ("How many hotels have at least 4 stars?", HOTELS, "3"),
        ("How many hotels have more than 4 stars?", HOTELS, "1"),
        ("How many employees worked in Aspen at 30 June 2025?", SITES, "402"),
        ("How many managers were there at 31 December 2024?", YEARLY, "71"),
        ("net debt at 30 June 2025", DEBT, "£41.6 million"),
        ("What is the SI unit of potassium?", IONS, "mmol/L"),
        ("What is the pressure of valve 4-3?", VALVES, "84 bar"),
        ("How much does the breaker B-2 cost?", PARTS, "€89.50"),
        ("What is the thread of the head screws of size 20?", SCREWS, "M8"),
        ("What is the flow of B1?", PUMPS, "30 l/min"),
        ("What is the area of Ulm?", AREAS, "118 km²"),
        ("Wie hoch ist die Leistung der WP9?", HEATERS, "9,2 kW"),
        ("Which shop had the highest online sales in 2024?", SHOPS, "Hull is highest"),
        ("What was revenue in 2025?", NOTED, "€11.5 million"),
        ("What is the price of Pump2?", NUMBERED, "$300"),
        ("How many trains does line 12/8 carry?", LINES, "40 trains"),
    ],
)
def test_what_is_meant_is_claimed_alone(question: str, text: str, said: str) -> None:
    found = answer(question, text)
    assert said in found
    assert "€3.90" not in found


def test_goodwill_of_the_company_is_told_by_its_column() -> None:
    draft = drafted("What was the company's goodwill in 2025?", *document("a.pdf", *ACCOUNTS))
    assert "£1.1 million" in draft.text


def test_the_difference_of_two_things_is_told_without_a_rate() -> None:
    found = answer("By how much did units decrease from Helix to Quill?", FAMILIES)
    assert "fell by 18, from 27" in found


LOAN = """Conditions of the loan
<table><thead><tr><th></th><th>Tranche A</th><th>Tranche B</th></tr></thead><tbody>
<tr><td>Amount</td><td>€120,000</td><td>€80,000</td></tr>
<tr><td>Duration</td><td>60 months</td><td>48 months</td></tr></tbody></table>"""
VISITS = """Measures, target and actual
<table><thead><tr><th>Measure</th><th colspan="2">2024</th><th>2025</th></tr>
<tr><th></th><th>Target</th><th>Actual</th><th>Target</th></tr></thead><tbody>
<tr><td>Visits to the library</td><td>212,000</td><td>204,775</td><td>222,000</td></tr>
</tbody></table>"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the duration of tranches A and B?", ["60 months", "48 months"]),
        ("What is the duration of tranche B?", ["48 months"]),
        ("What is the rate and duration of tranche B?", []),
        ("What is the number and duration of tranche B?", []),
    ],
)
def test_of_two_things_that_are_joined_both_are_told_or_none(
    question: str, said: list[str]
) -> None:
    found = answer(question, LOAN)
    assert all(one in found for one in said)
    assert bool(found) == bool(said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many visits to the library were there in 2025?", ""),
        ("How many visits to the library were there in 2024?", "204,775"),
        ("What is the target of visits to the library in 2025?", "222,000"),
        ("What was the actual number of visits to the library in 2024?", "204,775"),
    ],
)
def test_a_target_is_told_only_where_one_is_asked_for(question: str, said: str) -> None:
    found = answer(question, VISITS)
    assert said in found
    assert bool(found) == bool(said)


def test_who_does_a_thing_is_told_by_a_sentence_that_says_it() -> None:
    news = "In 2025 a ninth station, H7 Cruise Berth, will be added with 48 water samples."
    lead = "Declan Moss runs the water sampling since 2019."
    assert answer("Who runs the water sampling?", news) == ""
    assert "Declan Moss" in answer("Who runs the water sampling?", lead)


def test_the_whole_leads_nothing() -> None:
    said = answer("Which department had the most injuries from January to September 2025?", PEOPLE)
    assert "All departments" not in said
    assert "153" in answer("What was the headcount in Marine at 30 September 2025?", PEOPLE)
    assert "All departments" in answer("injuries of all departments, Jan–Sep 2025", PEOPLE)

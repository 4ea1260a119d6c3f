"""What only looks like what is asked: kinds of a thing for things, halves of a name, a share."""

from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

STAFF = table(
    "Staff of the college in 2023", "Staff|Women|Men|Total", "Professors|80|210|290",
    "Lecturers|150|160|310", "All staff|230|370|600",
)  # fmt: skip
STUDENTS = table(
    "Students by faculty", "Students|2022|2023", "Law|1,200|1,250", "Arts|2,100|2,040",
    "Total students|3,300|3,290",
)  # fmt: skip
COURSES = table(
    "Courses in spring", "Course|Day|Teacher", "Judo|Monday|Lane", "Yoga|Friday|Moss",
    "Chess|Monday|Lane",
)  # fmt: skip
FLEET = table("Vehicles in the fleet", "Vehicle|Number|Age (years)", "Bus|12|8", "Tram|9|15")
KEYS = table("Key figures", "Indicator|2023", "Employees|1,250", "Accidents|9", "Trainees|65")
WASTE = table("Waste by type (t)", "Type|2022", "Plastic|80", "Glass|61", "Waste|141")
TURNS = table(
    "Allowances", "Allowance|Amount (£)|Basis", "Early turn|9.40|per turn",
    "Late turn|8.15|per turn", "Standby|26.50|per day",
)  # fmt: skip
SITES = table(
    "Workforce by site", "Site|Employees|Women (%)", "Ulm|120|45", "Bonn|80|52", "Trier|200|38"
)
PLAYERS = table("Players", "Player|Games|Goals", "Meyer|30|12", "Kohl|28|9")
HOTELS = table(
    "Hotels: guests in thousands, occupancy in %", "Hotel|Guests|Occupancy", "Adler|45|71",
    "Krone|38|66",
)  # fmt: skip
RIVERS = table(
    "Nitrogen in rivers (mg/l)", "River|Nitrate|Ammonium", "Elbe|3.1|0.2", "Oder|2.4|0.3"
)
ROUTES = table(
    "Ferry traffic by route", "Route|Cars|Coaches", "Elby–Orn|98,450|310", "Elby–Vask|30,211|120",
    "All routes|128,661|430",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many staff are there?", STAFF),
        ("How many students are there?", STUDENTS),
        ("How many vehicles are there?", FLEET),
        ("How many employees had accidents in 2023?", KEYS),
        ("How much plastic waste was there in 2022?", WASTE),
        ("Which site has the most women?", SITES),
        ("How many sites have more than 50 women?", SITES),
        ("What was the occupancy of the hotels?", HOTELS),
        ("What is the nitrite of the Elbe?", RIVERS),
    ],
    ids=[
        "rows are kinds of what has a total", "rows are kinds of what years count",
        "a column of numbers counts them", "two rows of which each says the half",
        "a row and the total", "a share leads", "a share is above a number",
        "a caption is no sentence", "another substance",
    ],
)  # fmt: skip
def test_what_is_something_else_is_no_answer(question: str, text: str) -> None:
    assert answer(question, text) == ""


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What is the average number of goals per game of Meyer?", PLAYERS, "12 / 30 = 0.4"),
        ("How many sites have more than 50 % women?", SITES, "1"),
        ("Which ferry route carried the fewest cars?", ROUTES, "Elby–Vask is lowest at 30,211"),
        ("How many allowances are paid per turn?", TURNS, "2 allowances"),
        ("How many courses are there?", COURSES, "3"),
        ("What is the nitrtae of the Elbe?", RIVERS, "3.1 mg/l"),
        ("How many employees and trainees were there in 2023?", KEYS, "1250 + 65 = 1,315"),
    ],
    ids=[
        "a ratio",
        "a limit in per cent",
        "a kind of two words",
        "no money for a number",
        "rows without numbers",
        "a slip",
        "two that are joined",
    ],
)
def test_what_is_asked_is_told(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)

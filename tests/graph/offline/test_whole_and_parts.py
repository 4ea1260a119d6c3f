"""What adds others up is none of them: in rows, in columns, and where its label bears the year."""

from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

FERRIES = table(
    "Table 2: Ferry service 2025",
    "Month|On time %|Sailings|Cancellations",
    "January|96.1|60|3",
    "February|97.4|56|1",
    "March|95.0|64|5",
    "Year 2025|96.1|180|9",
)
CLUBS = table(
    "Members by district, sport and age, 2024 (headcount)",
    "District|Adults|Juniors|Total",
    "Harbour ward|120|80|200",
    "Mill ward|90|40|130",
    "Subtotal town|210|120|330",
    "Outlying|30|10|40",
    "All districts|240|130|370",
)
WASTE = table(
    "Waste in 2024 by kind and plant, in tonnes",
    "Kind|Aldham|Brook|2024|2023",
    "Paper|30|12|42|45",
    "Scrap metal|50|20|70|66",
    "Solvents|5|4|9|8",
)
TEAMS = table("Headcount", "Team|2023|2024", "Sales|10|9", "Care|7|12", "All teams|17|21")
BOATS = table("Boats", "Indicator|FY2021|FY2022|FY2024", "Boats at year end|4|6|9")
BATHS = table("Guests", "Bath|Adults|Children|Last year", "Lido|100|20|120", "Spa|150|30|180")
SEATS = table(
    "Reading rooms at a glance", "Room|Seats", "Attic|90", "Old hall|210", "Annex|340",
    "All rooms|640",
)  # fmt: skip
LANES = table(
    "Full load rates per vehicle in GBP",
    "Lane|Miles|Box van standard|Box van peak",
    "Ely – Hull|140|320|400",
    "Ely – York|160|510|560",
    "Ely – Deal|130|540|590",
)
TRIAL = table(
    "Patients by country", "Country|Sites|Enrolled", "Malta|2|80", "Latvia|3|60", "Chile|4|75",
    "Total|9|215",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("In which month of 2025 were there the most cancellations?", FERRIES, "March"),
        ("How many sailings were there in February 2025?", FERRIES, "56"),
        ("How many tonnes of scrap metal were there at Brook in 2024?", WASTE, "20 t"),
        ("Which rooms have fewer than 250 seats?", SEATS, "Attic: 90; Old hall: 210."),
        ("How many countries enrolled more than 70 patients?", TRIAL, "2"),
    ],
    ids=[
        "a total that alone says the year is no month",
        "the year of a total is that of its parts",
        "the column of the title's year adds up those beside it",
        "a total is none of the rows that are listed",
        "what a limit counts need not head the rows",
    ],
)
def test_parts_are_told_apart_from_their_whole(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("In which month of 2025 were there the most passengers?", FERRIES),
        ("How many coaches were there in Mill ward in 2024?", CLUBS),
        ("How many tonnes of scrap metal were there at Croft in 2024?", WASTE),
        ("How many sites enrolled more than 70 patients?", TRIAL),
        ("How many members were there in Mill ward in 2024?", CLUBS),
        ("For how many full load lanes is the box van standard rate above £500?", LANES),
        ("How many districts are there?", BATHS),
        ("Which bath had the most guests?", BATHS),
        ("How many teams grew from 2023 to 2024?", TEAMS),
        ("Which plant had the most solvents?", WASTE),
        ("Which team was the only one to shrink from 2023 to 2024?", TEAMS),
        ("What was the average number of boats over FY2021 to FY2024?", BOATS),
    ],
    ids=[
        "no such measure",
        "no such people",
        "no such place",
        "rows of another kind",
        "no column is named",
        "rows that only the title calls so",
        "a column that adds up by chance",
        "a column that adds up by chance and is ranked",
        "some of a kind are counted",
        "a year is no plant",
        "one of a kind is asked for",
        "the years between",
    ],
)
def test_what_the_table_does_not_say_is_refused(question: str, text: str) -> None:
    assert answer(question, text) == ""


RAIN = table(
    "Weather by month", "Month|Mean temperature (°C)|Rain (mm)", "May|12.0|80", "June|15.5|95",
    "July|17.1|70", "Year 2024|11.2|820",
)  # fmt: skip
PARCELS = table(
    "Deliveries by day", "Day|Parcels", "Monday|40", "Tuesday|52", "Friday|38", "Average|43.3"
)
SCHOOLS = table(
    "Schools by town", "Town|Schools|Pupils", "Ahl|6|1,200", "Beck|4|900", "Olde|3|700",
    "District|13|2,800", "State average|9|2,050",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("How many months had more than 75 mm of rain?", RAIN, "2"),
        ("What was the average rain of the months?", RAIN, "81.67 mm"),
        ("How many days had more than 39 parcels?", PARCELS, "2"),
        ("Which town has the most pupils?", SCHOOLS, "Ahl is highest"),
        ("How many towns are there?", SCHOOLS, "3"),
    ],
    ids=["a year", "a year is no part of a mean", "a mean", "a sum above a mean", "both"],
)
def test_what_sums_up_others_is_no_member_of_their_kind(
    question: str, text: str, said: str
) -> None:
    assert said in answer(question, text)

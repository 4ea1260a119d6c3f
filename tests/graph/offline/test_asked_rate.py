from __future__ import annotations

import pytest

from tests.passages import answer
from tests.reports import table

PLANS = table(
    "Plans",
    "Plan|Fee per month (€)|Setup fee (€)",
    "Basic|12.50|99",
    "Premium|19.50|149",
    "Max|30.00|10",
)
LEAVE = table("Leave", "Grade|Annual leave (days)|Notice (months)", "Junior|25|1", "Senior|30|3")
NOTES = table(
    "Plans", "Plan|Price ($)|Note", "Solo|120|cancel every month", "Corp|90|one call a month"
)
CHARGES = table("Charges", "Tariff|Standing charge (£/month)", "Eco|9.20", "Flex|10.10")
QUARTERS = table("Profit (€m)", "Firm|Q1 2024|Q2 2024", "North|1|2", "South|3|4")
TARIFFS = table("Tarife", "Tarif|Grundpreis (€/Monat)", "Klassik|12,50", "Natur|14,50")
WAGES = table("Salarios (euros)", "Categoría|Base mes|Plus", "Encargado|1.847,25|261", "Jefe|1|2")
YEARLY = table("Results (£m)", "|2024|2025", "Revenue|12.1|13.4", "Profit|3.0|3.3")
HALVES = table("Profit (€m)", "Firm|H1 2024|H2 2024", "North|1|2", "South|3|4")


def cities(title: str) -> str:
    return table(title, "City|2023|2024", "Ulm|310|320", "Jena|500|510")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which plan has the highest annual fee?", PLANS),
        ("What is the total annual fee of Basic and Premium?", PLANS),
        ("What is the average annual fee?", PLANS),
        ("How many plans have an annual fee above 15?", PLANS),
        ("Which plans have a yearly fee below 20?", PLANS),
        ("What is the fee of Basic in dollars?", PLANS),
        ("What is the annual fee of the Premium plan?", PLANS),
        ("What is the yearly fee of Premium?", PLANS),
        ("How much is the setup fee of Premium a year?", PLANS),
        ("Wie hoch ist der Grundpreis im Tarif Natur im Jahr?", TARIFFS),
        ("What was the quarterly profit of North in H1 2024?", HALVES),
        ("What is the monthly leave of a Senior?", LEAVE),
        ("What is the monthly price of Corp?", NOTES),
        ("What is the standing charge of Eco every two months?", CHARGES),
        ("What was the annual profit of North in Q2 2024?", QUARTERS),
        ("What was the annual rent of Ulm in 2024?", cities("Rents (£ pcm)")),
        ("jährliche Gebühr von Ulm 2024", cities("Gebühr (€ je Quartal)")),
        ("How many doctors were there in Ulm in 2024?", cities("Patients per doctor")),
        ("How many accidents were there in Ulm in 2024?", cities("Accidents per 100,000 people")),
        ("How many deliveries were there in Ulm in 2024?", cities("Daily deliveries")),
        ("What were total sales in Ulm in 2024?", cities("Monthly sales (€ thousand)")),
    ],
    ids=[
        "ranked", "added", "an average", "counted", "listed", "another currency",
        "of a month", "of a month, in another word", "of no time", "of a month, in German",
        "of a half-year", "a duration",
        "a note beside it", "two of it", "a quarter", "a short form", "a quarter in words",
        "what it is per", "per many", "of a day", "of a month, in a title",
    ],
)  # fmt: skip
def test_a_rate_is_none_of_another_time_or_base(question: str, text: str) -> None:
    assert answer(question, text) == ""


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("Which plan has the highest monthly fee?", PLANS, "Max is highest at €30.00"),
        ("What is the average monthly fee?", PLANS, "€20.67"),
        ("What is the monthly fee of the Premium plan?", PLANS, "€19.50"),
        ("How much is the fee of Premium a month?", PLANS, "€19.50"),
        ("Wie hoch ist der monatliche Grundpreis im Tarif Natur?", TARIFFS, "14,50 € je Monat"),
        ("¿Cuál es la base mensual de un encargado?", WAGES, "1.847,25 €"),
        ("What was annual revenue in 2025?", YEARLY, "£13.4 million"),
        ("What is the total setup fee of Basic and Premium?", PLANS, "€248"),
        ("What is the annual leave of a Senior?", LEAVE, "30"),
        ("What is the standing charge of Eco per month?", CHARGES, "£9.20"),
        ("How many accidents per 100,000 people were there in Ulm in 2024?",
         cities("Accidents per 100,000 people"), "320"),
        ("What were annual sales in Ulm in 2024?", cities("Sales (€ thousand)"), "€320 thousand"),
    ],
)  # fmt: skip
def test_a_rate_is_told_as_it_is_asked(question: str, text: str, said: str) -> None:
    assert said in answer(question, text)

"""Numbers that name what is asked: a threshold, a range, a dose, a code; and values beside them."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.verification.verify import verify
from tests.graph.verification.test_forms_of_replies import table
from tests.passages import evidence

POINTS = table("Operating points", "Threshold|Flagged, n", "0.20|52", "0.50|22")
DOSES = (
    "Endpoints\n<table><thead><tr><th rowspan='2'>Endpoint</th><th rowspan='2'>Placebo N = 211</th>"
    "<th colspan='2'>Drug</th><th colspan='2'>p value versus placebo</th></tr><tr>"
    "<th>30 mg, N = 216</th><th>60 mg, N = 214</th><th>30 mg</th><th>60 mg</th></tr></thead>"
    "<tbody><tr><th>≥ 50 % reduction</th><td>61</td><td>92</td><td>111</td><td>0.003</td>"
    "<td>0.001</td></tr><tr><th>≥ 75 % reduction</th><td>23</td><td>41</td><td>55</td>"
    "<td>0.021</td><td>0.002</td></tr></tbody></table>"
)
NOTICE = table(
    "Notice by the company, by years of service",
    "Grade|under 2|2–5|6–10|over 10",
    "G1–G3|1 month|2 months|3 months|4 months",
    "G4–G5|2 months|3 months|4 months|6 months",
)
PEOPLE = table(
    "Einwohner nach Bezirken 2024", "Bezirk|Einwohner", "Altstadt|9.901", "Weststadt|27.801"
)
LOANS = (
    "Loans at 31 December 2024\n<table><thead><tr><th>Loan</th><th>Rate (%)</th></tr></thead>"
    "<tbody><tr><th>2022-03</th><td>1.98</td></tr><tr><th>2019-07</th><td>2.10</td></tr></tbody>"
    "</table>"
)
GRANTS = table("Subventions (en euros)", "Association|Versé 2023|Versé 2024", "Comité|6 500|5 600")
INCOME = table("Income statement (£ million)", "|2024|2023", "Net interest income|914|871")
PARTS = table("Income (£ million) 2024", "|Retail|Group", "Net interest income|610|914")
CLEANING = table("Maintenance", "Task|Every", "Clean the mats|250 h", "Change the oil|2,000 h")
BANDS = table("Salary bands in EUR thousand", "Grade|min.|max.", "G3|41.0|54.0", "G4|52.0|70.0")
HISTORY = "Revisions. Rev. B: Added KX24; corrected the resistance from 121.0 to 112.4 °C/W."


def is_verified(question: str, text: str, source: str) -> bool:
    verdict = verify(Draft(text=f"{text} [1]"), evidence(question, source))
    return verdict.verified


@pytest.mark.parametrize(
    ("question", "text", "source"),
    [
        ("How many are flagged at 0.20?", "At threshold 0.20 it flagged 52.", POINTS),
        (
            "How many had a ≥ 75 % reduction on placebo and on 60 mg?",
            "A ≥ 75 % reduction: 23 on placebo and 55 on 60 mg.",
            DOSES,
        ),
        (
            "Notice by the company for G4–G5 with 6–10 years of service",
            "The notice by the company for G4–G5 with 6–10 years of service is 4 months.",
            NOTICE,
        ),
        (
            "Welche Bezirke haben mehr als 14.000 Einwohner?",
            "Mehr als 14.000 Einwohner hat Weststadt (27.801).",
            PEOPLE,
        ),
        (
            "What is the rate of loan 2022-03?",
            "The rate of loan 2022-03 was 1.98% at 31 December 2024.",
            LOANS,
        ),
        (
            "Subvention versée au Comité en 2024",
            "En 2024, 5 600 € ont été versés au Comité.",
            GRANTS,
        ),
        (
            "What was the Group's net interest income in 2024?",
            "The Group's net interest income was £914 million in 2024.",
            INCOME,
        ),
        (
            "How often must the mats be cleaned, in operating hours?",
            "The mats must be cleaned every 250 operating hours.",
            CLEANING,
        ),
        ("Salary band of G3, minimum and maximum", "Minimum of G3: EUR 41.0 thousand.", BANDS),
        (
            "What is the resistance of KX20?",
            "It was corrected from 121.0 to 112.4 °C/W.",
            HISTORY,
        ),
    ],
)
def test_what_is_named_by_a_number_is_checked_for_its_value(
    question: str, text: str, source: str
) -> None:
    assert is_verified(question, text, source)


@pytest.mark.parametrize(
    ("question", "text", "source"),
    [
        ("How many are flagged at 0.20?", "At threshold 0.20 it flagged 22.", POINTS),
        (
            "How many had a ≥ 75 % reduction on placebo and on 60 mg?",
            "A ≥ 75 % reduction: 61 on placebo and 111 on 60 mg.",
            DOSES,
        ),
        (
            "Notice by the company for G4–G5 with 6–10 years of service",
            "The notice by the company for G4–G5 with 6–10 years of service is 6 months.",
            NOTICE,
        ),
        (
            "Welche Bezirke haben mehr als 14.000 Einwohner?",
            "Mehr als 14.000 Einwohner hat Weststadt (9.901).",
            PEOPLE,
        ),
        (
            "What is the rate of loan 2022-03?",
            "The rate of loan 2022-03 was 2.10% at 31 December 2024.",
            LOANS,
        ),
        (
            "Subvention versée au Comité en 2024",
            "En 2024, 6 500 € ont été versés au Comité.",
            GRANTS,
        ),
        (
            "What was the Group's net interest income in 2024?",
            "The Group's net interest income was £610 million in 2024.",
            PARTS,
        ),
        ("How often must the mats be cleaned?", "The mats are cleaned every 250 km.", CLEANING),
        ("Was revenue £15 million?", "Revenue was £15 million in 2024.", INCOME),
    ],
)
def test_another_value_is_not(question: str, text: str, source: str) -> None:
    assert not is_verified(question, text, source)

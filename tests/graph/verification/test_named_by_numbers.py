"""Numbers that name what is asked: a threshold, a range, a dose, a code; and values beside them."""

from __future__ import annotations

import pytest

from graph.answer import CellReference, Computed
from graph.draft import Draft
from graph.verification.verify import verify
from tests.passages import evidence
from tests.reports import table

POINTS = table("Operating points", "Threshold|Flagged, n", "0.20|52", "0.50|22")
DOSES = (
    "Endpoints\n<table><thead><tr><th rowspan='2'>Endpoint</th><th rowspan='2'>Placebo N = 211</th>"
    "<th colspan='2'>Drug</th><th colspan='2'>p value versus placebo</th></tr><tr>"
    "<th>30 mg, N = 216</th><th>60 mg, N = 214</th><th>30 mg</th><th>60 mg</th></tr></thead>"
    "<tbody><tr><th>≥ 50 % reduction</th><td>61</td><td>92</td><td>111</td><td>0.003</td>"
    "<td>0.001</td></tr><tr><th>≥ 75 % reduction</th><td>23</td><td>41</td><td>55</td>"
    "<td>0.021</td><td>0.002</td></tr></tbody></table>"
)
NOTICE = (
    "Notice periods\n<table><thead><tr><th rowspan='2'>Grade</th>"
    "<th colspan='4'>Notice by the company, by years of service</th></tr>"
    "<tr><th>under 2</th><th>2–5</th><th>6–10</th><th>over 10</th></tr></thead><tbody>"
    "<tr><th>G1–G3</th><td>1 month</td><td>2 months</td><td>3 months</td><td>4 months</td></tr>"
    "<tr><th>G4–G5</th><td>2 months</td><td>3 months</td><td>4 months</td><td>6 months</td></tr>"
    "</tbody></table>"
)
GRANTS = table("Subventions (en euros)", "Association|Versé 2023|Versé 2024", "Comité|6 500|5 600")
CLEANING = table("Maintenance", "Task|Every", "Clean the mats|250 h", "Change the oil|2,000 h")
NEIGHBOURS = table(
    "Accuracy of k-NN", "Data|k-NN, n = 3|k-NN, n = 5", "Digits|0.81|0.84", "Letters|0.72|0.75"
)
AGES = table("Einwohner", "Alter von … Jahren|2024", "unter 3|2.740", "3 bis unter 18|14.283")


def is_verified(question: str, text: str, source: str, *computed: Computed) -> bool:
    draft = Draft(text=f"{text} [1]", computed=computed)
    return verify(draft, evidence(question, source)).verified


@pytest.mark.parametrize(
    ("question", "text", "source"),
    [
        ("How many are flagged at 0.20 and 0.50?", "- Threshold 0.20: 52 patients", POINTS),
        (
            "How many had a ≥ 75 % reduction on placebo and on 60 mg?",
            "A ≥ 75 % reduction: 23 on placebo and 55 on 60 mg.",
            DOSES,
        ),
        (
            "Notice for G4–G5 with 6–10 years of service",
            "The notice for G4–G5 with 6–10 years of service is 4 months.",
            NOTICE,
        ),
        (
            "Subvention versée au Comité en 2024",
            "En 2024, 5 600 € ont été versés au Comité.",
            GRANTS,
        ),
        ("How often are the mats cleaned?", "Every 250 operating hours.", CLEANING),
    ],
)
def test_what_a_number_names_is_checked_for_its_value(
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
            "Notice for G4–G5 with 6–10 years of service",
            "The notice for G4–G5 with 6–10 years of service is 6 months.",
            NOTICE,
        ),
        (
            "Notice for G4–G5 with 2–5 years of service",
            "The notice for G4–G5 with 2–5 years of service is 4 months.",
            NOTICE,
        ),
        (
            "Subvention versée au Comité en 2024",
            "En 2024, 6 500 € ont été versés au Comité.",
            GRANTS,
        ),
        ("How often are the mats cleaned?", "Every 250 km.", CLEANING),
        (
            "Accuracy of k-NN with n = 3 on digits?",
            "On digits the accuracy of k-NN with n = 3 is 0.84.",
            NEIGHBOURS,
        ),
    ],
)
def test_another_value_is_not(question: str, text: str, source: str) -> None:
    assert not is_verified(question, text, source)


def test_what_heads_the_values_of_a_sum_may_be_said_of_it() -> None:
    cells = tuple(
        CellReference(row=(row,), column=("2024",), value=value)
        for row, value in (("unter 3", "2.740"), ("3 bis unter 18", "14.283"))
    )
    added = Computed(expression="2740 + 14283", result="17023", operands=(1,), cells=cells)
    asked = "Wie viele minderjährige Einwohner gab es 2024?"
    told = "Es gab 17.023 minderjährige Einwohner (unter 18 Jahren)."
    assert is_verified(asked, told, AGES, added)
    assert not is_verified(asked, told.replace("18", "21"), AGES, added)

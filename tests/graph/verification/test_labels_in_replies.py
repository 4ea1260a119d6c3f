"""Which row, column, unit or time a reply means: what it leaves unsaid, what it mixes up."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.verification.verify import verify
from tests.passages import evidence
from tests.reports import table

YIELD = table(
    "Output of the mills",
    "Mill|Head|Output (£000)|Change|Rolls (k)|Status",
    "North mill|Ada Birch|402|+23|18.4|running",
    "South mill|Tom Reed|318|+11|96.7|stopped",
)
YEARS = table("Visitors", "|2022|2023", "Adults|5,214|6,380", "Children|1,107|1,432")
MODES = table("Range in km", "|Trail", "Range, eco mode|130", "Range, turbo mode|58")
SILOS = table(
    "Error in pp by model",
    "Model|Known silos|New silos",
    "Small|0.58|0.67",
    "Large|0.52|0.61",
)
LIMITS = table(
    "Limits at entry", "Test|Lower limit|Upper limit", "Iron, men|12.0|–", "Iron, women|11.0|16.5"
)
WORKS = table(
    "Works by September 2024",
    "|Approved budget (£000)|Spent in 2024 (£000)|Completion",
    "Quay|14,200|402|March 2027",
    "Roof|725|664|May 2024",
)
COSTS = table("Costs (£000)", "|2024/25 to date|2023/24 actual", "Waste|3,388|3,150")
ARMS = table("Arms", "Arm|Dose (mg)|Participants", "A|10|73", "B|20|74", "D|–|37")
SITES = table("Sites", "Site|Country|Profit (€m)", "Norvale|Germany|12", "Orvik|Norway|5")
TEXT = """After 30 weeks without service the error rose from 0.61 to 0.78 pp again. \
The council has set aside no provision for the claims. \
Cash from operations was £14.6 million in the first six months."""


def is_verified(question: str, text: str, source: str) -> bool:
    verdict = verify(Draft(text=f"{text} [1]"), evidence(question, source))
    return verdict.verified and not verdict.unchecked


@pytest.mark.parametrize(
    ("question", "text", "source"),
    [
        ("What did North mill make?", "North mill made £402,000.", YIELD),
        ("How many rolls has North mill?", "North mill has 18.4 thousand rolls.", YIELD),
        ("How many adults came in 2023?", "6,380 adults, after 5,214 in 2022.", YEARS),
        ("How far is it?", "130 km in eco mode and 58 km in turbo mode.", MODES),
        ("How large is the error?", "Small: 0.67 pp in new silos and 0.58 in known silos.", SILOS),
        ("What is the lower limit for men?", "For men the lower limit is 12.0.", LIMITS),
        ("When is Quay done?", "Quay: by March 2027, on an approved budget of £14.2m.", WORKS),
        ("What happened?", "The error rose to 0.78 pp after 30 weeks.", TEXT),
        ("What happened?", "The error is 0.78 percentage points after 30 weeks.", TEXT),
        (
            "Is there a provision?",
            "No, the council has set aside no provision for the claims.",
            TEXT,
        ),
        ("What did waste cost in 2024/25?", "Waste cost £3,388k in 2024/25.", COSTS),
        ("How high was cash?", "Cash from operations was £14.6m in the first half.", TEXT),
        ("What is left?", "Quay cost £402k in 2024, out of a budget of £14.2m.", WORKS),
        ("How many are in arm A?", "Arm A has 73 participants.", ARMS),
        ("Which doses are there?", "10 mg for arm A and 20 mg for arm B.", ARMS),
        ("Which dose has ARM-A?", "10 mg, in arm B 20 mg.", ARMS),
        ("What was made in Germany?", "The site in Germany, Norvale, made €12m profit.", SITES),
    ],
)
def test_what_is_told_in_other_words_stands(question: str, text: str, source: str) -> None:
    assert is_verified(question, text, source)


@pytest.mark.parametrize(
    ("question", "text", "source"),
    [
        ("What did Tom Reed's mill make?", "Tom Reed's mill made £402,000.", YIELD),
        ("How many adults came in 2023?", "5,214 adults, after 6,380 in 2022.", YEARS),
        ("How far is it?", "58 km in eco mode and 130 km in turbo mode.", MODES),
        ("How large is the error?", "Small: 0.58 pp in new silos, 0.67 in known silos.", SILOS),
        ("Is there a provision?", "The council has set aside a provision for the claims.", TEXT),
        ("What did waste cost in 2023/24?", "Waste cost £3,388k in 2023/24.", COSTS),
        ("How high was cash?", "Cash from operations was £14.6m in the second quarter.", TEXT),
        ("How many are in arm B?", "Arm B has 73 participants.", ARMS),
        ("Which doses are there?", "20 mg for arm A and 10 mg for arm B.", ARMS),
        ("What was made in Germany?", "The site in Norway made €12m profit.", SITES),
    ],
)
def test_what_is_mixed_up_does_not(question: str, text: str, source: str) -> None:
    assert not is_verified(question, text, source)

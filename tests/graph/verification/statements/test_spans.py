"""A monthly amount is no yearly one."""

from __future__ import annotations

import pytest

from tests.graph.verification.test_forms_of_replies import checked

RENT = "The rent is £7,250 per month. Security is capped at £6,200 per year."
HALLS = """Table 3. Halls
<table><tr><th>Hall</th><th>Weekly rent (£)</th></tr><tr><td>Ashworth</td><td>214</td></tr>
<tr><td>Beck</td><td>142</td></tr></table>"""
RESERVE = "Die Zuführung beträgt 2025 3.800 Euro im Monat."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The monthly rent is £7,250. [1]", RENT),
        ("The rent is £7,250 a month, security at most £6,200 a year. [1]", RENT),
        ("Ashworth costs £214 a week. [1]", HALLS),
        ("Im Jahr 2025 beträgt die Zuführung 3.800 Euro pro Monat. [1]", RESERVE),
    ],
)
def test_the_same_span_in_other_words_stands(text: str, source: str) -> None:
    assert checked(text, source).failed == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The rent is £7,250 per year. [1]", RENT),
        ("Security is capped at £6,200 a month. [1]", RENT),
        ("Ashworth costs £214 a month. [1]", HALLS),
        ("Es werden 3.800 Euro im Jahr zugeführt. [1]", RESERVE),
    ],
)
def test_another_span_is_told(text: str, source: str) -> None:
    assert [check.what for check in checked(text, source).checks] == ["period"]

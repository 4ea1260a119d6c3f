"""Numbers of an answer that its other numbers come to."""

from __future__ import annotations

import pytest

from tests.graph.verification.test_forms_of_replies import checked

HARBOUR = """Table 1. Income in £ thousand
<table><tr><th></th><th>2024</th><th>2023</th></tr>
<tr><td>Berths</td><td>433,665</td><td>418,445</td></tr>
<tr><td>Fuel</td><td>96,480</td><td>101,220</td></tr></table>"""
SHARES = "Of all members, 38% live abroad, up from 34% in the year before."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Berths rose by £15.2 million (3.6%), from £418,445 thousand to £433,665 thousand. [1]",
            HARBOUR,
        ),
        ("Fuel fell by £4.74 million to £96.48 million in 2024. [1]", HARBOUR),
        (
            "Berths and fuel brought £433,665 thousand and £96,480 thousand in 2024, "
            "£530,145 thousand in all. [1]",
            HARBOUR,
        ),
        ("38% live abroad, four percentage points more than the year before (34%). [1]", SHARES),
        ("More than a third live abroad: 38%. [1]", SHARES),
        ("In 2024 it was 433,665 + 96,480 = 530,145 in £ thousand. [1]", HARBOUR),
        (
            "Berths rose from £418,445 thousand to £433,665 thousand, 3.6% more.\n\n"
            "So berths grew by 3.6%. [1]",
            HARBOUR,
        ),
    ],
)
def test_what_one_step_leads_to_stands(text: str, source: str) -> None:
    assert checked(text, source).failed == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Berths rose by £16.4 million, from £418,445 thousand to £433,665 thousand. [1]", HARBOUR),
        ("Berths rose by 4.6%, from £418,445 thousand to £433,665 thousand. [1]", HARBOUR),
        ("Fuel brought £4.74 million. [1]", HARBOUR),
        ("38% live abroad, seven percentage points more than the year before (34%). [1]", SHARES),
    ],
)
def test_what_no_step_leads_to_is_told(text: str, source: str) -> None:
    assert checked(text, source).failed != []

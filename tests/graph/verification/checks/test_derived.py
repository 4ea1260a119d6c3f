"""Numbers of an answer that its other numbers come to."""

from __future__ import annotations

import pytest

from tests.graph.verification.test_forms_of_replies import checked

HARBOUR = """Table 1. Income in £ thousand
<table><tr><th></th><th>2024</th><th>2023</th></tr>
<tr><td>Berths</td><td>433,665</td><td>418,445</td></tr>
<tr><td>Fuel</td><td>96,480</td><td>101,220</td></tr></table>"""
DEPOTS = """<table><tr><th>Depot</th><th>Staff</th><th>State</th></tr>
<tr><td>Ayr</td><td>31.8</td><td>open</td></tr><tr><td>Ely</td><td>24.6</td><td>closed</td></tr>
<tr><td>Rye</td><td>22.9</td><td>open</td></tr><tr><td>Wem</td><td>11.2</td><td>open</td></tr></table>"""
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
        ("The share abroad grew by 11.8%: 38% after 34%. [1]", SHARES),
        ("The mean of Ayr (31.8), Ely (24.6) and Rye (22.9) is about 26.4. [1]", DEPOTS),
        ("For Ayr, Ely and Rye it is (31.8 + 24.6 + 22.9) / 3 = 26.4. [1]", DEPOTS),
        ("The two largest have 56.4 staff:\n- Ayr: 31.8\n- Ely: 24.6\n[1]", DEPOTS),
        ("3 of the depots are open. [1]", DEPOTS),
        ("433,665 / 96,480 = 4.49 in 2024. [1]", HARBOUR),
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
        ("The mean of Ayr (31.8), Ely (24.6) and Rye (22.9) is about 27.4. [1]", DEPOTS),
        ("5 of the depots are open. [1]", DEPOTS),
        ("38% live abroad, seven percentage points more than the year before (34%). [1]", SHARES),
    ],
)
def test_what_no_step_leads_to_is_told(text: str, source: str) -> None:
    assert checked(text, source).failed != []

from __future__ import annotations

import pytest

from graph.verification.checks.order_check import order_faults
from tests.passages import stated

SITES = """Staff by site
<table><thead><tr><th>Site</th><th>2023</th><th>2024</th></tr></thead><tbody>
<tr><td>Leeds</td><td>40</td><td>12</td></tr><tr><td>Hull</td><td>7</td><td>35</td></tr>
<tr><td>Galway</td><td>53</td><td>20</td></tr><tr><td>Total</td><td>100</td><td>67</td></tr>
</tbody></table>"""


def told(question: str, text: str) -> list[str]:
    [one] = stated(text, question, SITES)
    return [fault.text for fault in order_faults(one)]


HIGHEST = "Which site had the most staff in 2023?"


def test_what_is_picked_must_stand_at_an_end() -> None:
    assert told(HIGHEST, "Galway had 53.") == []
    assert told(HIGHEST, "Leeds had 40.") == ["40"]


def test_a_clause_that_picks_is_held_against_its_column() -> None:
    asked = "Which site had the most staff in 2023, and which the fewest?"
    assert told(asked, "The highest is Galway with 53, the lowest is Hull with 7.") == []
    assert told(asked, "The highest is Galway with 53, the lowest is Leeds with 40.") == ["40"]


def test_a_total_is_none_of_those_it_was_picked_from() -> None:
    assert told("Which site had the most staff in 2024?", "Hull had 35.") == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many people work in Leeds?", "Leeds had 40."),
        (HIGHEST, "Leeds had 40 and Hull 7."),
        (HIGHEST, "It had 41."),
        (HIGHEST, "It was Galway."),
    ],
)
def test_what_picks_no_one_value_is_not_looked_at(question: str, text: str) -> None:
    assert told(question, text) == []

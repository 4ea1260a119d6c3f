from __future__ import annotations

import pytest

from graph.verification.checks.text_cells import text_cell_faults
from tests.passages import stated

PERMITS = """Permits
<table><thead><tr><th>Site</th><th>Status</th><th>Inspector</th><th>Visits</th></tr></thead><tbody>
<tr><td>Alder Quay</td><td>Granted</td><td>Mira Holt</td><td>3</td></tr>
<tr><td>Birch Lane</td><td>Refused</td><td>Owen Pike</td><td>5</td></tr>
<tr><td>Cedar Hill</td><td>Granted</td><td>Owen Pike</td><td>2</td></tr></tbody></table>"""


def faults(text: str, question: str = "What is said of the permits?") -> list[str]:
    [one] = stated(text, question, PERMITS)
    return [check.text for check in text_cell_faults(one)]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("The permit of Birch Lane was granted.", ["Granted"]),
        ("Alder Quay was inspected by Owen Pike.", ["Owen Pike"]),
        ("Alder Quay was refused; Mira Holt inspected it.", ["Refused"]),
    ],
)
def test_the_text_of_another_row_is_told(text: str, foreign: list[str]) -> None:
    assert faults(text) == foreign


@pytest.mark.parametrize(
    "text",
    [
        "The permit of Birch Lane was refused.",
        "Alder Quay was inspected by Mira Holt.",
        "Alder Quay was visited three times.",
        "Alder Quay was granted and Birch Lane refused.",
        "Birch Lane was not granted.",
        "Two permits were granted.",
    ],
    ids=["its own", "its own name", "none", "two rows", "a negation", "no row"],
)
def test_its_own_or_none_is_not(text: str) -> None:
    assert faults(text) == []


def test_the_row_may_stand_in_the_question() -> None:
    assert faults("It was granted.", "What became of Birch Lane?") == ["Granted"]
    assert faults("It was refused.", "What became of Birch Lane?") == []

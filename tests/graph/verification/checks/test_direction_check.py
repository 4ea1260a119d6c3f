from __future__ import annotations

from typing import Any

import pytest

from graph.answer import CellReference, Computed
from graph.draft import Draft
from graph.verification.checks.difference_check import holds
from graph.verification.checks.direction_check import direction_faults
from graph.verification.verify import verify
from tests.passages import STATEMENT, evidence, stated

TEXT = "Dues fell to 40 euros. The number of boats rose by 7 in the year."


def told(text: str, *computed: Computed) -> list[str]:
    [one] = stated(text, "How did it change?", STATEMENT, TEXT)
    return [fault.why for fault in direction_faults(one, computed)]


@pytest.mark.parametrize(
    "text",
    [
        "Net sales fell from 4,000 to 5,000.",
        "Net sales rose to 4,000 from 5,000.",
        "It fell: 4,000 in 2021, 5,000 in 2022.",
        "Dues rose to 40 euros.",
        "Gross profit fell to 2,200 in 2022.",
    ],
)
def test_a_word_that_the_values_contradict_is_told(text: str) -> None:
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Net sales rose from 4,000 to 5,000.",
        "Net sales did not fall from 4,000 to 5,000.",
        "It rose and fell from 4,000 to 5,000.",
        "Dues fell to 40 euros.",
        "Net sales were 4,000 and 5,000.",
        "The loss fell from -5 to -3.",
        "It rose from 5 to 5.",
    ],
)
def test_what_agrees_denies_or_cannot_be_told_stands(text: str) -> None:
    assert told(text) == []


def test_what_was_worked_out_tells_by_its_sign() -> None:
    fall = Computed(expression="4000 - 5000", result="-1000")
    assert told("It rose by 1,000.", fall) == ["is not what the values say: a fall"]
    assert told("It fell by 1,000.", fall) == []
    assert told("It fell by 1,000.", Computed(expression="4000 + 5000", result="1000")) == []


def test_a_later_value_taken_from_an_earlier_one_leaves_a_fall() -> None:
    cells = tuple(
        CellReference(row=("Sales",), column=(year,), value=value)
        for year, value in (("2021", "5,000"), ("2022", "4,000"))
    )
    worked = Computed(expression="5,000 - 4,000", result="1,000", cells=cells)
    assert told("It rose by 1,000.", worked) == ["is not what the values say: a fall"]
    assert told("It fell by 1,000.", worked) == []


def test_what_runs_backwards_is_told() -> None:
    text = "Debt fell from €5.9 million to €5.4 million within a year."
    [right] = stated("It fell from €5.9 million to €5.4 million.", "?", text)
    [wrong] = stated("It rose from €5.4 million to €5.9 million.", "?", text)
    assert [*direction_faults(right, [])] == []
    assert [fault.text for fault in direction_faults(wrong, [])] == ["5.4"]


def test_each_fact_is_held_against_the_ends_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a table of thousands of cells takes minutes."""
    [one] = stated("Sales rose from 4,000 to 5,000.", "How did it change?", STATEMENT, TEXT)
    asked: list[Any] = []

    def counted(*pair: Any) -> bool:
        asked.append(pair)
        return holds(*pair)

    monkeypatch.setattr("graph.verification.checks.direction_check.holds", counted)
    assert [*direction_faults(one, ())] == []
    assert len(one.facts) < len(asked) <= 2 * len(one.facts)


USE = """Consommation par secteur (GWh)
<table><thead><tr><th>Secteur</th><th>2012</th><th>2023</th></tr></thead><tbody>
<tr><td>Tertiaire</td><td>5 210</td><td>5 188</td></tr>
<tr><td>Industrie</td><td>4 188</td><td>4 310</td></tr></tbody></table>"""


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Le tertiaire a diminué de 22 GWh, de 5 210 GWh (2012) à 5 188 GWh (2023). [1]", []),
        (
            "L'industrie a diminué de 122 GWh, de 4 188 GWh (2012) à 4 310 GWh (2023). [1]",
            ["diminué"],
        ),
    ],
)
def test_by_how_much_is_no_value_to_begin_with(text: str, faults: list[str]) -> None:
    """French says `de` for `by` and for `from`."""
    found = evidence("De combien la consommation a-t-elle baissé ?", USE)
    checks = verify(Draft(text=text), found).checks
    assert [one.text for one in checks if one.what == "direction"] == faults

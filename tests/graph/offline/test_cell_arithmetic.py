"""Results over cells: their digits, their units, and how they came about."""

from __future__ import annotations

import pytest

from graph.offline.cell_arithmetic import added, compute
from graph.offline.table_view import FoundCell, views_of
from tests.passages import evidence
from tests.reports import table

COSTS = table(
    "Costs", "Job|Cost", "Bridge|€ 1.2 million", "Road|€ 800 thousand", "Toll|€ 3.5", "Mast|$ 2"
)


def cells(*rows: str) -> list[FoundCell]:
    [view] = views_of(evidence("?", COSTS).sources)
    found = {cell.row.label: cell for cell in map(view.found, view.cells.values())}
    return [found[row] for row in rows]


@pytest.mark.parametrize(
    ("formula", "rows", "said"),
    [
        ("a - b", "Bridge Road", ("€1.2 million - €800 thousand", "€0.4 million")),
        ("(a - b) / b * 100", "Bridge Road",
         ("(€1.2 million - €800 thousand) / €800 thousand × 100", "50%")),
        ("a / b", "Toll Toll", ("3.5 / 3.5", "1")),
    ],
)  # fmt: skip
def test_scales_are_brought_together(formula: str, rows: str, said: tuple[str, str]) -> None:
    first, second = cells(*rows.split())
    result = compute(formula, {"a": [first], "b": [second]})
    assert result is not None
    assert (result.expression, result.shown("en")) == said


def test_currencies_are_not_mixed() -> None:
    first, second = cells("Toll", "Mast")
    assert compute("a - b", {"a": [first], "b": [second]}) is None
    assert added([first, second], None) is None


@pytest.mark.parametrize(("average", "said"), [(False, "€2 million"), (True, "€1 million")])
def test_cells_are_added_up(*, average: bool, said: str) -> None:
    result = added(cells("Bridge", "Road"), None, average=average)
    assert result is not None
    assert result.shown("en") == said
    assert "€1.2 million + €800 thousand" in result.expression

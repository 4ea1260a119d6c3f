from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.verification.checks.name_digits import (
    is_in_name,
    is_numbered,
    is_of_known_name,
    is_sign,
)
from graph.verification.statements.statement import Statement, statements
from loaders.text.quantities import Mention
from tests.passages import evidence

Check = Callable[[Statement, Mention], bool]
PARTS = """Parts of the ATR 72-600s, by Scope 3 of No. 2
<table><thead><tr><th>Name</th><th>Kind</th><th>Price</th></tr></thead><tbody>
<tr><td>Steel A4</td><td>Filter 1592 × 48</td><td>4</td></tr>
<tr><td>Steel A2</td><td>Filter 1287 × 48</td><td>2</td></tr></tbody></table>"""


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Steel A4 is the dearest.", is_of_known_name),
        ("The Filter 1592 × 48 costs 4.", is_of_known_name),
        ("It flies the ATR 72-600s.", is_in_name),
        ("It is part of Scope 3.", is_numbered),
        ("It stands in hall 7A.", is_sign),
    ],
)
def test_digits_of_names_are_told(text: str, check: Check) -> None:
    found = evidence("?", PARTS)
    [one] = statements(text, found, found.sources)
    assert any(check(one, number) for number in one.numbers)


@pytest.mark.parametrize(
    "text",
    [
        "Steel A7 costs more.",
        "It costs 4.",
        "The Filter 1592 × 48 costs 2.",
        "The Filter 1592 × 47 is of steel.",
        "Scope 4 has it.",
    ],
)
def test_digits_of_no_known_name_are_numbers(text: str) -> None:
    found = evidence("?", PARTS)
    [one] = statements(text, found, found.sources)
    checks = (is_in_name, is_numbered, is_of_known_name, is_sign)
    assert not any(check(one, number) for number in one.numbers[:1] for check in checks)

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.verification.checks.number_match import Claim, announced_in, differences, has_currency
from graph.verification.statements.facts import facts_of
from graph.verification.statements.measures import said_of
from loaders.text.quantities import numbers_in
from tests.passages import STATEMENT, evidence

FACTS = """Margins rose to 45.6% in the year. It bought Vesi for €58.0 million. There are 312 \
sites and 9 employees. The loss was (512) thousand. It follows ISO 9001. The share is 0.79."""
SOURCE, TABLE = evidence("?", FACTS, STATEMENT).sources


def told(claimed: str, word: str) -> list[str] | None:
    """What differs between a claim and the first number of the fact that has this word."""
    number = numbers_in(claimed)[0]
    claim = Claim(number, said_of(claimed, number), claimed, frozenset())
    fact = next(one for one in facts_of(SOURCE) if word in one.text)
    found = differences(claim, fact, fact.numbers[0])
    return None if found is None else [kind for kind, _ in found]


@pytest.mark.parametrize(
    ("claimed", "word", "kinds"),
    [
        ("45.6%", "Margins", []),
        ("45.7%", "Margins", None),
        ("€45.6", "Margins", ["unit"]),
        ("€58 million", "Vesi", []),
        ("€58,000,000", "Vesi", []),
        ("€58 billion", "Vesi", ["scale"]),
        ("$58 million", "Vesi", ["unit"]),
        ("58 million kg", "Vesi", ["unit"]),
        ("-312 sites", "sites", ["sign"]),
        ("312 employees", "sites", ["unit"]),
        ("-512 thousand", "loss", []),
        ("79%", "share", []),
        ("9001 boats", "ISO", None),
        ("ISO 9001", "ISO", []),
    ],
)
def test_a_number_is_another_one_or_differs_in_kind(
    claimed: str, word: str, kinds: list[str] | None
) -> None:
    assert told(claimed, word) == kinds


def test_a_cell_counts_in_the_scale_that_its_table_announces() -> None:
    fact = next(one for one in facts_of(TABLE) if one.cell and one.cell.text == "$ 5,000")
    for claimed, kinds in (("$5 billion", []), ("$5,000 million", []), ("$5,000", ["scale"])):
        number = numbers_in(claimed)[0]
        claim = Claim(number, said_of(claimed, number), claimed, frozenset())
        assert [kind for kind, _ in differences(claim, fact, fact.numbers[0]) or []] == kinds


def test_a_scale_that_is_said_once_for_all_numbers_is_no_difference() -> None:
    fact = next(one for one in facts_of(TABLE) if one.cell and one.cell.text == "$ 5,000")
    number = numbers_in("$5,000")[0]
    announced = announced_in("What were sales?\nIn millions of dollars")
    assert announced == {Decimal(10) ** 6}
    claim = Claim(number, said_of("$5,000", number), "$5,000", announced)
    assert differences(claim, fact, fact.numbers[0]) == []


def test_a_source_counts_in_the_currencies_that_it_names() -> None:
    assert has_currency("EUR", [SOURCE])
    assert not has_currency("GBP", [SOURCE])
    assert has_currency("USD", [TABLE])


def test_a_unit_for_each_of_something_is_that_unit_and_no_other() -> None:
    rates = """<table><thead><tr><th>GWh</th><th>Total</th><th>kWh per inhabitant</th></tr></thead>
<tbody><tr><td>Montera</td><td>2,917</td><td>5,940</td></tr></tbody></table>"""
    [source] = evidence("?", rates).sources
    fact = next(one for one in facts_of(source) if one.cell and one.cell.text == "5,940")
    for claimed, kinds in (
        ("5,940 kWh/inhabitant", []),
        ("5,940 kWh per inhabitant", []),
        ("5,940 GWh", ["unit"]),
        ("€5,940", ["unit"]),
    ):
        number = numbers_in(claimed)[0]
        claim = Claim(number, said_of(claimed, number), claimed, frozenset())
        assert [kind for kind, _ in differences(claim, fact, fact.numbers[0]) or []] == kinds

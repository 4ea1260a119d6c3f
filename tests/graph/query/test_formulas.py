from __future__ import annotations

from decimal import Decimal

import pytest

from graph.query.formulas import Line, Step, formula_of, line_in, parse, synonyms
from graph.retrieval.table_queries import table_queries


def test_a_formula_is_read_with_the_usual_precedence() -> None:
    assert parse("a line + 2 * b line") == Step(
        "+", Line("a line"), Step("*", Decimal(2), Line("b line"))
    )


@pytest.mark.parametrize("text", ["", "just a phrase", "(a + b", "a + + b", "a / )"])
def test_what_is_no_formula_gives_none(text: str) -> None:
    assert parse(text) is None


def test_averages_changes_and_years_are_read_from_the_words() -> None:
    formula = formula_of(
        "What is X? X is defined as: average accounts payable between FY2016 and FY2017 / "
        "(FY2017 COGS + change in inventory)"
    )
    assert formula is not None
    assert formula.node == Step(
        "/",
        Line("accounts payable", "average", 2017),
        Step("+", Line("cogs", "value", 2017), Line("inventory", "change")),
    )


@pytest.mark.parametrize(
    ("question", "percent"),
    [
        ("What is the gross margin in FY2022?", True),
        ("What was the current ratio?", False),
        ("2019年资产负债率是多少?", True),
        ("Wie hoch ist die Eigenkapitalquote?", True),
    ],
)
def test_named_ratios_are_known(question: str, percent: bool) -> None:
    formula = formula_of(question)
    assert formula is not None
    assert formula.percent is percent


@pytest.mark.parametrize("question", ["What is the revenue?", "Why no critic?", "Who is the CEO?"])
def test_other_questions_have_no_formula(question: str) -> None:
    assert formula_of(question) is None


def test_a_line_is_known_by_all_its_names() -> None:
    assert line_in("What was Acme's capex in 2020?") == "capex"
    assert "purchases of property and equipment" in synonyms("capex")
    assert synonyms("widgets") == ("widgets",)


def test_the_requery_asks_for_every_line_of_a_formula() -> None:
    queries = table_queries("What is the gross margin of Acme in 2022?")
    assert any("net sales" in query for query in queries)
    assert any("cost of goods sold" in query for query in queries)

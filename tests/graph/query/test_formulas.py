from __future__ import annotations

import pytest

from graph.query.analysis import analyse
from graph.query.formulas import formulas_in
from graph.query.statement_lines import lines_in, names_line, phrases_of
from graph.retrieval.table_queries import MOST_QUERIES, table_queries
from loaders.text.language_detection import language_of


@pytest.mark.parametrize(
    ("question", "percent", "lines"),
    [
        ("What is the operating margin in FY2022?", True, ("operating_income", "revenue")),
        ("Did Acme's net margins fall?", True, ("net_income", "revenue")),
        (
            "What was the current ratio?",
            False,
            ("total_current_assets", "total_current_liabilities"),
        ),
        ("What is the DPO of Acme?", False, ("accounts_payable", "cost_of_sales")),
        ("2019年资产负债率是多少?", True, ("total_liabilities", "total_assets")),
        ("Wie hoch ist die Eigenkapitalquote?", True, ("total_equity", "total_assets")),
    ],
)
def test_named_ratios_are_known(question: str, percent: bool, lines: tuple[str, ...]) -> None:
    formula, *_ = formulas_in(question)
    assert (formula.percent, formula.lines) == (percent, lines)


@pytest.mark.parametrize("question", ["What is the revenue?", "Why no critic?", "Who is the CEO?"])
def test_other_questions_have_no_formula(question: str) -> None:
    assert formulas_in(question) == []


def test_the_longest_name_is_meant_and_may_follow_in_two_ways() -> None:
    assert {one.lines for one in formulas_in("gross margin")} == {
        ("revenue", "cost_of_sales"),
        ("gross_profit", "revenue"),
    }
    assert [one.phrase for one in formulas_in("EBITDA margin of 2020")] == ["ebitda margin"]


def test_a_line_is_known_by_all_its_names() -> None:
    assert lines_in("What was Acme's capex in 2020, and its net sales?") == (
        "capital_expenditures",
        "revenue",
    )
    assert "purchases of property and equipment" in phrases_of("capital_expenditures", "en")
    assert phrases_of("revenue", "zh")[0] == "营业收入"
    assert phrases_of("widgets", "en") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("net sales", True),
        ("gross margin", True),
        ("净利润", True),
        ("employees", False),
        ("Norvale", False),
    ],
)
def test_lines_of_statements_are_told_from_what_is_counted(text: str, expected: bool) -> None:
    assert names_line(text) is expected


def queries(question: str) -> list[str]:
    return table_queries(analyse(question, language_of(question)))


def test_the_requery_asks_for_every_line_of_a_formula() -> None:
    found = queries("What is the gross margin of Acme in 2022?")
    assert any("net sales" in query and query.endswith("2022") for query in found)
    assert any("cost of goods sold" in query for query in found)


def test_the_requery_asks_for_the_lines_that_a_question_defines() -> None:
    found = queries("What is X? X is defined as: accounts payable / (COGS + inventory)")
    assert [query.split()[0] for query in found[1:]] == ["accounts", "cost", "inventory"]
    many = "revenue, capex, inventory, total assets, EPS, ebit, free cash flow"
    assert len(queries(f"What were {many}?")) == MOST_QUERIES


def test_a_question_without_a_measure_is_asked_by_its_own_words() -> None:
    assert queries("Which models have a critic?") == ["models critic"]
    assert queries("训练温度？") == ["训练温度？"]

"""Figures that no table prints, from the lines that it does."""

from __future__ import annotations

import pytest

from graph.query.formulas import formulas_in
from tests.passages import answer, drafted
from tests.reports import INCOME, KEY_FIGURES, document, table

BALANCE = table(
    "Balance sheet (£ million)",
    "|2024|2025",
    "Total current assets|90|100",
    "Inventories|20|25",
    "Total assets|200|220",
    "Total current liabilities|45|50",
    "Total equity|80|110",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What was the operating margin in 2025?", "25.0 / 212.6 × 100 = 11.8%"),
        ("What was the EBITDA margin in 2025?", "(25.0 + 9.0) / 212.6 × 100 = 16%"),
        ("What was EBITDA in 2024?", "20.0 + 8.0 = £28 million"),
        ("What was the gross margin in 2025?", "(212.6 - 160.0) / 212.6 × 100 = 24.7%"),
        ("What was the current ratio in 2025?", "100 / 50 = 2."),
        ("What was the quick ratio in 2024?", "(90 - 20) / 45 = 1.56"),
        ("What was the equity ratio in 2025?", "110 / 220 × 100 = 50%"),
        ("What was the asset turnover in 2025?", "212.6 / average(200, 220) = 1.01"),
        ("What was the operating margin in 2025 to two decimal places?", "= 11.76%"),
    ],
    ids=[
        "a margin", "a margin in two steps", "an amount", "costs in brackets", "a ratio",
        "a difference within", "a percentage of a balance", "an average of two years",
        "the decimals that are asked for",
    ],
)  # fmt: skip
def test_a_figure_follows_from_its_lines(question: str, said: str) -> None:
    draft = drafted(question, *document("report.pdf", INCOME, BALANCE))
    assert draft.kind == "computed"
    assert said in draft.text


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("What was the EBITDA margin in 2024?", [KEY_FIGURES]),
        ("What was the operating margin of Bakery in 2024?", [KEY_FIGURES]),
        ("What was the operating margin in 2022?", [KEY_FIGURES]),
        (
            "What was the operating margin in 2025?",
            [
                table("A (£ million)", "|2025", "Revenue|212.6"),
                table("B ($ million)", "|2025", "Operating profit|25"),
            ],
        ),
    ],
    ids=["a line is missing", "a segment's", "another year's", "lines in two currencies"],
)
def test_a_figure_whose_lines_are_not_sure_is_refused(question: str, texts: list[str]) -> None:
    assert answer(question, *texts) == ""


def test_lines_in_two_scales_are_brought_together() -> None:
    texts = (
        table("Income (£ million)", "|2025", "Revenue|212.6"),
        table("Result (£ thousand)", "|2025", "Operating profit|25,000"),
    )
    assert "= 11.8%" in answer("What was the operating margin in 2025?", *texts)


@pytest.mark.parametrize(
    ("question", "expressions"),
    [
        ("the ebit margin", ["operating_income / revenue"]),
        ("gross margin", ["(revenue - cost_of_sales) / revenue", "gross_profit / revenue"]),
        ("the margin", []),
    ],
)
def test_a_formula_is_found_by_any_of_its_names(question: str, expressions: list[str]) -> None:
    assert [formula.expression for formula in formulas_in(question)] == expressions

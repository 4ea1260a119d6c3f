from __future__ import annotations

import pytest

from graph.offline.cell_linking import is_named
from graph.offline.header_matching import terms_of
from tests.passages import BALANCE, answer

SALES = """Net sales of products by category for the years ended December 31 (in thousands)
<table><thead><tr><th></th><th colspan="2">2019</th><th colspan="2">2018</th></tr>
<tr><th></th><th>$</th><th>%</th><th>$</th><th>%</th></tr></thead><tbody>
<tr><td>Cider</td><td>$ 71,822</td><td>77%</td><td>$ 78,523</td><td>76%</td></tr>
<tr><td>Cheese</td><td>11,459</td><td>12%</td><td>11,486</td><td>11%</td></tr>
<tr><td>Net sales</td><td>$ 93,662</td><td>100%</td><td>$ 103,350</td><td>100%</td></tr>
</tbody></table>"""

TAXES = """The provision (benefit) for income taxes consists of the following:
<table><thead><tr><th></th><th>2018</th><th>2019</th></tr></thead><tbody>
<tr><td>Current</td><td>236</td><td>249</td></tr>
<tr><td>Deferred</td><td>(461)</td><td>533</td></tr>
<tr><td>Provision (benefit) for income taxes</td><td>$ (225)</td><td>$ 782</td></tr>
</tbody></table>"""

AMORTIZATION = """Expected future amortization expense of acquired intangible assets (in millions)
<table><thead><tr><th>Year</th><th></th></tr></thead><tbody>
<tr><td>2018</td><td>$ 377</td></tr><tr><td>2019</td><td>337</td></tr>
<tr><td>Thereafter</td><td>2,648</td></tr><tr><td></td><td>$ 3,362</td></tr></tbody></table>"""

PRICES = """High and low sale prices of our common stock for each quarter
<table><thead><tr><th></th><th colspan="2">Price range 2018</th></tr>
<tr><th></th><th>Low</th><th>High</th></tr></thead><tbody>
<tr><td>First quarter</td><td>$ 5.99</td><td>$ 8.40</td></tr>
<tr><td>Second quarter</td><td>$ 4.01</td><td>$ 6.48</td></tr>
<tr><td></td><td>2019</td><td></td></tr>
<tr><td></td><td>Low</td><td>High</td></tr>
<tr><td>First quarter</td><td>$ 1.98</td><td>$ 2.75</td></tr>
<tr><td>Second quarter</td><td>$ 1.94</td><td>$ 4.00</td></tr></tbody></table>"""

FLOWS = """Cash flows (in millions)
<table><thead><tr><th></th><th>2023</th><th>2022</th></tr></thead><tbody>
<tr><td>Operating activities</td><td>1,824</td><td>3,252</td></tr>
<tr><td>Investing activities</td><td>(962)</td><td>(1,372)</td></tr>
<tr><td>Financing activities</td><td>(1,806)</td><td>(4,297)</td></tr>
</tbody></table>"""

CASH = """Liquidity (in millions)
<table><thead><tr><th></th><th>December 31, 2021</th><th>December 31, 2022</th></tr></thead><tbody>
<tr><td>Total assets</td><td>7,000</td><td>7,900</td></tr></tbody></table>"""


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        pytest.param("What were net sales in 2019?", SALES, "$93,662", id="the amount"),
        pytest.param(
            "What share of net sales did Cheese have in 2018?",
            SALES,
            "11486 / 103350 × 100 = 11.11%",
            id="the part of the whole",
        ),
        pytest.param(
            "What was the deferred provision (benefit) for income taxes in 2019?",
            TAXES,
            "533",
            id="the row that says more than the caption",
        ),
        pytest.param(
            "What was the provision for income taxes in 2019?", TAXES, "782", id="the caption's row"
        ),
        pytest.param(
            "What is the total expected future amortization expense of intangible assets?",
            AMORTIZATION,
            "3,362",
            id="a total without a label",
        ),
        pytest.param(
            "Which had the most cash in 2022: operations, investing or financing activities?",
            FLOWS,
            "Operating activities",
            id="operations are operating activities",
        ),
    ],
)
def test_the_cell_meant_is_found(question: str, text: str, expected: str) -> None:
    assert expected in answer(question, text)


def test_amounts_and_percentages_are_not_mixed() -> None:
    assert "%" not in answer("What were net sales in 2019?", SALES)


def test_a_header_in_the_middle_of_a_table_begins_a_new_group() -> None:
    text = answer("What is the average low price per quarter in 2018?", PRICES)
    assert "(5.99 + 4.01) / 2" in text
    assert "1: " in answer("In 2018, how many quarters had lows below $4.50?", PRICES)


def test_a_row_beside_the_point_is_no_answer() -> None:
    investing = FLOWS.replace("Cash flows", "Liquidity")
    assert answer("What was the invested capital in 2023?", investing) == ""


def test_of_equal_figures_the_statement_s_is_cited() -> None:
    text = answer("What were total assets in 2022?", CASH, BALANCE)
    assert text.endswith("[2]")


def test_a_word_of_grammar_is_no_name_whatever_its_capital() -> None:
    named = {term.text for term in terms_of("the After-tax return of Larkmoor") if is_named(term)}
    assert named == {"Larkmoor"}

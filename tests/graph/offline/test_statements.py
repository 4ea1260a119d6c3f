"""Statements beside the notes that repeat their names: which table a line is taken from."""

from __future__ import annotations

import pytest

from graph.evidence.sources import Evidence, number_sources
from graph.offline.answer_from_tables import figures
from graph.offline.cell_linking import is_name_in
from graph.offline.header_matching import terms_of
from graph.query.query_cleaning import subject_of
from tests.passages import chunk

OPERATIONS = """Consolidated Statements of Operations
<table><thead><tr><th></th><th>2021</th><th>2022</th></tr></thead><tbody>
<tr><td>Total net sales</td><td>4,000</td><td>5,000</td></tr>
<tr><td>Cost of sales</td><td>(2,400)</td><td>(3,000)</td></tr>
<tr><td>Selling, general and administrative expenses</td><td>900</td><td>950</td></tr>
<tr><td>Operating income</td><td>300</td><td>500</td></tr></tbody></table>"""
BALANCE = """Consolidated Balance Sheets
<table><thead><tr><th></th><th>2021</th><th>2022</th></tr></thead><tbody>
<tr><td>Inventories</td><td>500</td><td>700</td></tr>
<tr><td>Accounts receivable, net</td><td>90</td><td>110</td></tr>
<tr><td>Property and equipment, net</td><td>400</td><td>600</td></tr>
<tr><td>Total current assets</td><td>1,800</td><td>2,000</td></tr>
<tr><td>Total current liabilities</td><td>900</td><td>1,000</td></tr></tbody></table>"""
FLOWS = """Consolidated Statements of Cash Flows
<table><thead><tr><th></th><th>2021</th><th>2022</th></tr></thead><tbody>
<tr><td>Depreciation and amortization of property and software</td><td>210</td><td>250</td></tr>
<tr><td>Inventories</td><td>(150)</td><td>(200)</td></tr>
<tr><td>Net cash provided by (used in) operating activities</td><td>480</td><td>610</td></tr>
<tr><td>Receivables</td><td>(10)</td><td>(20)</td></tr>
<tr><td>Net cash provided by (used in) financing activities</td><td>(70)</td><td>(80)</td></tr>
<tr><td>Repurchase of common stock</td><td>(30)</td><td>(40)</td></tr></tbody></table>"""
TAXES = """Deferred taxes by what they come from
<table><thead><tr><th></th><th>2021</th><th>2022</th></tr></thead><tbody>
<tr><td>Net sales</td><td>7</td><td>9</td></tr>
<tr><td>Inventory</td><td>(24)</td><td>(37)</td></tr>
<tr><td>Depreciation and amortization</td><td>71</td><td>79</td></tr></tbody></table>"""


def answered(question: str) -> str:
    tables = (TAXES, FLOWS, OPERATIONS, BALANCE)
    chunks = [chunk(table, page=page) for page, table in enumerate(tables)]
    draft = figures(Evidence(question, "en", number_sources(chunks)))
    return draft.text if draft else ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the operating margin in 2022?", "500 / 5000 × 100 = 10"),
        ("What is the inventory turnover in 2022?", "3000 / ((500 + 700) / 2) = 5"),
        ("What is the quick ratio in 2022?", "(2000 - 700) / 1000 = 1.3"),
        ("What is the working capital ratio in 2022?", "2000 / 1000 = 2"),
        ("What is the EBITDA in 2022?", "500 + 250 = 750"),
        ("What was the cash flow from operating activities in 2022?", "610"),
        ("What is the EBITDA % margin in 2022?", "(500 + 250) / 5000 × 100 = 15"),
        ("What was the depreciation and amortization expense in 2022?", "250"),
        ("How large were accounts receivable at the end of 2022?", "110"),
        ("What were selling, general and administrative expenses in 2022?", "950"),
        ("What is the cash used by the company for financing activities in 2022?", "80"),
        (
            "What is X? X is defined as: FY2022 revenue / "
            "(average PP&E between the last two years).",
            "5000 / ((400 + 600) / 2) = 10",
        ),
        ("How large were share repurchases in 2022, per the cash flow statement?", "40"),
    ],
)
def test_a_line_is_taken_from_its_statement(question: str, expected: str) -> None:
    assert expected in answered(question)


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("What were dividends, according to the cash flow statement?", "What were dividends ?"),
        ("What is capex? Utilize only the cash flow statement.", "What is capex?"),
        ("What was debt in the consolidated balance sheet?", "What was debt ?"),
    ],
)
def test_the_statement_to_look_into_is_no_subject(question: str, subject: str) -> None:
    assert " ".join(subject_of(question).split()) == subject


def test_neither_half_an_abbreviation_nor_what_opens_a_sentence_is_a_name() -> None:
    question = "What is the ratio of Larkmoor? Fixed assets are its PP&E."
    named = {term.text for term in terms_of(question) if is_name_in(question, term)}
    assert named == {"Larkmoor"}

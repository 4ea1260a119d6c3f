from __future__ import annotations

import pytest

from graph.evidence.sources import Evidence, number_sources
from graph.offline.answer_from_tables import figures
from graph.verification.verify import verify
from tests.passages import CHINESE, MODELS, chunk, evidence


def answer(question: str, *texts: str) -> str:
    found = evidence(question, *texts)
    draft = figures(found)
    if draft is None:
        return ""
    verdict = verify(draft, found)
    assert verdict.verified, verdict.failed
    return draft.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("What does Lyra V3 score on QuizBench?", "88.5", id="row and column"),
        pytest.param("What does Orion L-7B score on QuizBench-Pro?", "40.1", id="longer name"),
        pytest.param(
            "What is the CodeRace rating of Orion L-7B-Chat?", "954", id="two header levels"
        ),
        pytest.param("What was net sales in 2022?", "5,000", id="year as column"),
        pytest.param(
            "What was net income in FY2021?", "-600 million", id="negative in parentheses"
        ),
        pytest.param("What was revenue in fiscal 2021?", "4,000", id="another name of the line"),
        pytest.param("2019年营业收入是多少？", "1,200.00", id="Chinese"),
        pytest.param("Welche Punktzahl erreicht Lyra V3 bei QuizBench?", "88.5", id="German"),
        pytest.param(
            "What were total assets in 2021 and 2022 respectively?", "7,000", id="the first of two"
        ),
        pytest.param(
            "What were total assets in 2021 and 2022 respectively?", "7,900", id="the second of two"
        ),
    ],
)
def test_a_cell_is_looked_up(question: str, expected: str) -> None:
    assert expected in answer(question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(
            "By how many points does Lyra V3 beat Orion L-7B on QuizBench?",
            "88.5 - 61.2 = 27.3",
            id="difference of columns",
        ),
        pytest.param(
            "What is the difference in total assets between 2021 and 2022?",
            "7900 - 7000 = 900",
            id="difference of years",
        ),
        pytest.param(
            "What is the percentage change in inventories from 2021 to 2022?",
            "(700 - 500) / 500 × 100 = 40%",
            id="percentage change",
        ),
        pytest.param(
            "What is the average of cash and cash equivalents in 2021 and 2022?",
            "(300 + 450) / 2 = 375",
            id="average",
        ),
        pytest.param(
            "What is the average low price in 2022?",
            "/ 4 = $3.83",
            id="average over a group",
        ),
        pytest.param("What is the gross margin in 2022?", "= 44.00%", id="margin"),
        pytest.param("What is the effective tax rate in 2022?", "210 / 1000 × 100 = 21", id="rate"),
        pytest.param(
            "What is the return on assets in 2022? Round to three decimals.",
            "= 0.100",
            id="rounded",
        ),
        pytest.param(
            "What is the total liabilities to total assets ratio in 2022?",
            "(7900 - 3400) / 7900 = 0.57",
            id="a line that is not printed",
        ),
        pytest.param(
            "What is DPO in 2022? It is defined as: 365 * average accounts payable / cost of sales",
            "365 × ((280 + 320) / 2) / 2800 = 39.11",
            id="a formula of the question's own",
        ),
        pytest.param("2019年毛利率是多少？", "= 25.00%", id="Chinese ratio"),
    ],
)
def test_a_result_is_computed_and_shown_with_its_operands(question: str, expected: str) -> None:
    assert expected in answer(question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Which model has the highest CodeRace rating?",
            "V3 has the highest CodeRace rating: 1820",
        ),
        (
            "Which quarter of 2022 had the lowest low price?",
            "Fourth quarter had the lowest low price: $1.88",
        ),
        (
            "Which year had the higher total assets?",
            "December 31, 2022 had the higher total assets: 7,900 million",
        ),
        ("How many quarters had low prices lower than $3.00?", "2: Third quarter"),
    ],
)
def test_rankings_and_counts_go_over_all_competitors(question: str, expected: str) -> None:
    assert expected in answer(question)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What does Vega 2.5 score on QuizBench?", id="unknown name"),
        pytest.param("What does Lyra V3 score on TriviaBench?", id="unknown measure"),
        pytest.param("What was net sales in 2019?", id="unknown year"),
        pytest.param("What does Orion L score on QuizBench?", id="only how names begin"),
    ],
)
def test_a_question_about_something_else_gets_no_cell(question: str) -> None:
    assert answer(question, MODELS) == ""


def test_an_empty_cell_is_said_to_be_empty() -> None:
    found = evidence("What does Lyra V3-mini score on QuizBench?")
    draft = figures(found)
    assert draft is not None
    assert draft.abstained
    assert "“-”" in draft.text


def test_a_cell_is_cited_by_its_place() -> None:
    found = evidence("2019年净利润是多少？", CHINESE)
    draft = figures(found)
    assert draft is not None
    [use] = draft.uses
    assert use.cell is not None
    assert (use.cell.row, use.cell.column, use.cell.value) == (("净利润",), ("2019年",), "120.00")


SEGMENTS = """Table 3 | Segments (in € millions)
<table><thead><tr><th rowspan="2">Segment</th><th colspan="2">2025</th>
<th colspan="2">2024</th></tr>
<tr><th>Revenue</th><th>Margin (%)</th><th>Revenue</th><th>Margin (%)</th></tr></thead><tbody>
<tr><td>Pumps</td><td>50.5</td><td>12.0</td><td>40.4¹</td><td>11.0</td></tr>
<tr><td>Valves</td><td>30.0</td><td>(3.0)</td><td>25.0</td><td>4.0</td></tr>
<tr><td>Hoses</td><td>20.0</td><td>8.0</td><td>18.0</td><td>7.5</td></tr>
<tr><td>Company as a whole</td><td>100.5</td><td>7.0</td><td>83.4</td><td>8.0</td></tr>
</tbody></table>"""
CHART = """Figure 2 | Orders 2022 to 2024 (in € millions)

Read from the chart:

- 2022: 12.5
- 2023: 17.5
- 2024: 16.0"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("What was the revenue of Pumps in 2024?", "€40.4 million", id="footnote"),
        pytest.param("What was the margin of Valves in 2025?", "-3.0%", id="negative percent"),
        pytest.param("Which segment had the highest revenue in 2025?", "Pumps had", id="no total"),
        pytest.param(
            "By how much did the revenue of Pumps grow from 2024 to 2025, in € millions?",
            "50.5 - 40.4 = €10.1 million; (50.5 - 40.4) / 40.4 × 100 = 25%",
            id="growth both ways",
        ),
        pytest.param(
            "By what percentage did the revenue of Pumps grow from 2024 to 2025?",
            "(50.5 - 40.4) / 40.4 × 100 = 25%",
            id="growth in percent alone",
        ),
    ],
)
def test_figures_are_said_as_people_say_them(question: str, expected: str) -> None:
    found = answer(question, SEGMENTS)
    assert expected in found
    assert "¹" not in found


def test_a_chart_s_numbers_are_looked_up_like_a_table_s() -> None:
    chart = chunk(CHART, kind="figure")
    chart.metadata["caption"] = CHART.split("\n", maxsplit=1)[0]
    question = "What does Figure 2 show for the orders of 2023?"
    found = Evidence(question, "en", number_sources([chart]))
    draft = figures(found)
    assert draft is not None
    assert "€17.5 million" in draft.text
    assert verify(draft, found).verified
    other = Evidence(question.replace("Figure 2", "Figure 3"), "en", found.sources)
    assert figures(other) is None

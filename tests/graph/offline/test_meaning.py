"""Which rows and columns a question means that does not name them all."""

import pytest

from graph.offline.answer_from_tables import figures
from graph.offline.table_question import Inquiry
from tests.passages import evidence

VISITS = """Table 3: Visits to the harbour by reason
<table><thead><tr><th>Reason</th><th>n =</th><th>%</th></tr></thead><tbody>
<tr><td>Repairs Needed</td><td>14</td><td>35.0</td></tr>
<tr><td>Fuel</td><td>20</td><td>50.0</td></tr>
<tr><td>Other</td><td>6</td><td>15.0</td></tr></tbody></table>"""
CATCH = """<table><thead><tr>
<th>Country</th><th>Herring 2010</th><th>Cod 2010</th></tr></thead><tbody>
<tr><td>Iceland</td><td>300</td><td>90</td></tr>
<tr><td>Norway</td><td>410</td><td>70</td></tr>
<tr><td>Other countries</td><td>800</td><td>30</td></tr>
<tr><td>World total (rounded)</td><td>1,500</td><td>190</td></tr></tbody></table>"""
AILMENTS = """<table><thead><tr>
<th>Ailment</th><th></th><th>Suffered</th><th>Treated</th></tr></thead><tbody>
<tr><td rowspan="2">Cough</td><td>Count</td><td>90</td><td>40</td></tr>
<tr><td>Percentage</td><td>18.0%</td><td>8.0%</td></tr>
<tr><td rowspan="2">Sprain</td><td>Count</td><td>60</td><td>55</td></tr>
<tr><td>Percentage</td><td>12.0%</td><td>11.0%</td></tr>
<tr><td rowspan="2">Fever</td><td>Count</td><td>70</td><td>50</td></tr>
<tr><td>Percentage</td><td>14.0%</td><td>10.0%</td></tr></tbody></table>"""
FUNDS = """<table><thead><tr>
<th>Country</th><th>Regional EURbn</th>
<th>Cohesion EURbn</th><th>Total EURbn</th></tr></thead><tbody>
<tr><td>Malta</td><td>0.4</td><td>0.3</td><td>0.7</td></tr>
<tr><td>Latvia</td><td>1.5</td><td>2.0</td><td>3.5</td></tr>
<tr><td>TOTAL</td><td>1.9</td><td>2.3</td><td>4.2</td></tr></tbody></table>"""
SHARES = """<table><thead><tr><th>Country</th><th>1996 (%)</th><th>1993 (%)</th></tr></thead><tbody>
<tr><td>Latvia</td><td>56</td><td>36</td></tr><tr><td>Malta</td><td>28</td><td>11</td></tr></tbody></table>"""
ASSETS = """Property, net, by segment is as follows:
<table><thead><tr><th>Segment</th><th>2018</th><th>2019</th></tr></thead><tbody>
<tr><td>Cloud</td><td>18,851</td><td>23,481</td></tr>
<tr><td>Corporate</td><td>7,342</td><td>7,939</td></tr></tbody></table>"""


@pytest.mark.parametrize(
    ("question", "table", "expected"),
    [
        pytest.param("How many visits were for repairs needed?", VISITS, "14", id="count"),
        pytest.param("What percentage of visits needed repairs?", VISITS, "35.0", id="percentage"),
        pytest.param(
            "Which country had the largest catch of herring in 2010?", CATCH, "Norway", id="ranked"
        ),
        pytest.param(
            "Which ailment had the highest count of people treated?", AILMENTS, "Sprain", id="leaf"
        ),
        pytest.param(
            "What is the ratio of the total for Latvia to that for Malta?",
            FUNDS,
            "3.5 / 0.7 = 5",
            id="total as a column",
        ),
        pytest.param(
            "By how many percentage points did the share of Latvia rise between 1993 and 1996?",
            SHARES,
            "56 - 36 = 20 percentage points",
            id="points",
        ),
    ],
)
def test_what_is_meant_is_found(question: str, table: str, expected: str) -> None:
    draft = figures(evidence(question, table))
    assert draft is not None
    assert expected in draft.text


def test_a_name_and_a_year_are_no_measure() -> None:
    question = "What was the operating income of the Cloud segment in 2019?"
    assert figures(evidence(question, ASSETS)) is None
    found = figures(evidence("What was the net property of the Cloud segment in 2019?", ASSETS))
    assert found is not None
    assert "23,481" in found.text


def test_the_groups_own_statement_comes_before_the_parent_company_s() -> None:
    group = "## 合并利润表\n\n" + _chinese("900.00")
    parent = "## 母公司利润表\n\n" + _chinese("500.00")
    for question, value in (
        ("2019年营业收入是多少？", "900"),
        ("母公司2019年营业收入是多少？", "500"),
    ):
        found = evidence(question, parent, group)
        for source, section in zip(found.sources, ("母公司利润表", "合并利润表"), strict=True):
            source.chunk.metadata["section"] = section
        best = Inquiry(found).lookups[0].pairs()[0]
        assert best.cell.text.startswith(value)


def _chinese(value: str) -> str:
    return (
        "<table><thead><tr><th>项目</th><th>2019年度</th></tr></thead><tbody>"
        f"<tr><td>营业收入</td><td>{value}</td></tr><tr><td>税金</td><td>1.00</td></tr></tbody></table>"
    )


CREW = """<table><thead><tr><th>Name</th><th>Office</th><th>Since</th></tr></thead><tbody>
<tr><td>Ann Example</td><td>Chair, harbour master</td><td>2019</td></tr>
<tr><td>Bo Sample</td><td>Treasurer</td><td>2021</td></tr></tbody></table>"""
SIZES = """<table><thead><tr><th>Proportion</th><th>1.0</th><th>1.5</th></tr></thead><tbody>
<tr><td>0.95</td><td>160</td><td>240</td></tr><tr><td>0.90</td><td>80</td><td>120</td></tr>
<tr><td>0.85</td><td>53</td><td>80</td></tr></tbody></table>"""
CRITERIA = """Table 2: Criteria for wildlife
<table><thead><tr><th>Organism</th><th>Criterion (pg/L)</th></tr></thead><tbody>
<tr><td>Mink</td><td>57</td></tr><tr><td>Eagle</td><td>100</td></tr></tbody></table>"""
GROUPS = """<table><thead><tr>
<th>Sample</th><th>First Group</th><th>Total Sample</th></tr></thead><tbody>
<tr><td>Young</td><td>20</td><td>50</td></tr><tr><td>Old</td><td>40</td><td>70</td></tr>
<tr><td>Total</td><td>60</td><td>120</td></tr></tbody></table>"""
ORIGIN = """<table><thead><tr>
<th>Country</th><th>Domestic (%)</th><th>Imported (%)</th></tr></thead><tbody>
<tr><td>Germany</td><td>14.3</td><td>76.2</td></tr>
<tr><td>Spain</td><td>100</td><td>0</td></tr></tbody></table>"""


@pytest.mark.parametrize(
    ("question", "table", "expected"),
    [
        pytest.param("Who is the treasurer?", CREW, "Bo Sample", id="a name by its office"),
        pytest.param(
            "What size is given for a proportion of 0.90 and 1.5?", SIZES, "120", id="numeric rows"
        ),
        pytest.param(
            "What is the difference between the criteria of the eagle and the mink?",
            CRITERIA,
            "100 - 57 = 43",
            id="one column needs no name",
        ),
        pytest.param(
            "What share of the total sample was in the First Group?",
            GROUPS,
            "60 / 120 × 100 = 50%",
            id="the whole by its row of totals",
        ),
        pytest.param(
            "How many people with a sprain suffered?", AILMENTS, "60", id="the row of its kind"
        ),
        pytest.param("Which country received the largest total?", FUNDS, "Latvia", id="ranked"),
        pytest.param("Which reason for visits was most common?", VISITS, "Fuel", id="by caption"),
        pytest.param(
            "Welcher Anteil wurde in Deutschland importiert?", ORIGIN, "76.2", id="from German"
        ),
    ],
)
def test_what_is_not_named_is_found(question: str, table: str, expected: str) -> None:
    draft = figures(evidence(question, table))
    assert draft is not None
    assert expected in draft.text


def test_a_lead_time_leads_nothing() -> None:
    table = CRITERIA.replace("Criterion (pg/L)", "Lead time")
    draft = figures(evidence("What is the lead time of the mink?", table))
    assert draft is not None
    assert "57" in draft.text
    assert "highest" not in draft.text


def test_a_sentence_that_says_it_all_comes_before_a_row_that_says_a_part() -> None:
    sentence = "In 2022, 40% of our revenue was earned pursuant to government contracts."
    table = """<table><thead><tr><th>Segment</th><th>2022</th></tr></thead><tbody>
<tr><td>Revenue from the government</td><td>89%</td></tr>
<tr><td>Other revenue</td><td>11%</td></tr></tbody></table>"""
    question = "What share of revenue was earned pursuant to government contracts in 2022?"
    assert figures(evidence(question, table, sentence)) is None

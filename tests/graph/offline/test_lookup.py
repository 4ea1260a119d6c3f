import pytest

from graph.offline.answer_from_tables import figures
from graph.offline.lookup import counted_noun
from tests.passages import evidence

STAFF = """<table><thead><tr><th>Obligations</th><th>2022</th></tr></thead><tbody>
<tr><td>Other employee benefits</td><td>1,095</td></tr>
<tr><td>Number of employees</td><td>156,000</td></tr></tbody></table>"""


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many employees did it have in 2022?", "employee"),
        ("How many total parameters does it have?", "parameter"),
        ("How many suppliers provide the crystals?", "supplier"),
        ("What was revenue in 2022?", ""),
    ],
    ids=["before a verb", "with an adjective", "the word itself", "another question"],
)
def test_the_noun_that_is_counted(question: str, noun: str) -> None:
    assert counted_noun(question) == noun


def test_a_row_that_only_mentions_the_noun_does_not_count_it() -> None:
    question = "How many employees did it have in 2022?"
    draft = figures(evidence(question, STAFF.replace("Number of employees", "Rent")))
    assert draft is None or "1,095" not in draft.text
    draft = figures(evidence(question, STAFF))
    assert draft is not None
    assert "156,000" in draft.text


CLOUD = """<table><thead>
<tr><th>Segment</th><th>Total revenue</th><th>Staff</th></tr></thead><tbody>
<tr><td>Cloud</td><td>5,000</td><td>7</td></tr></tbody></table>"""
INCOME = """Consolidated statements of income
<table><thead><tr><th></th><th>Total revenue</th></tr></thead><tbody>
<tr><td>Year</td><td>9,000</td></tr></tbody></table>"""


@pytest.mark.parametrize("texts", [(CLOUD,), (CLOUD, INCOME), (INCOME, STAFF, CLOUD)])
def test_the_only_row_of_a_table_need_not_be_named(texts: tuple[str, ...]) -> None:
    draft = figures(evidence("What is the total revenue?", *texts))
    assert draft is not None
    assert "5,000" in draft.text or "9,000" in draft.text

import pytest

from graph.tables.figures import figures
from graph.tables.lookup import counted_noun
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

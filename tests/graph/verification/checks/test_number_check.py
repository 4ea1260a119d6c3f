"""Right and wrong answers over the same sources: each number, word and date must be borne out."""

from __future__ import annotations

from random import Random

import pytest

from graph.draft import Draft
from graph.verification.statements.statement import without_list_numbers
from graph.verification.verify import Verdict, verify
from tests.passages import CHINESE, MODELS, STATEMENT, evidence

PROSE = """Margins rose to 45.6% in the year. The company runs twelve plants and 34 sites. It \
bought Vesi for €58.0 million on 2 May 2023. The loss was ($512) thousand; orders fell by 7%. \
Half of them came late. Sampling uses a temperature of 0.88."""
SALES = "What were net sales in 2022?"


def checked(text: str, question: str = "") -> Verdict:
    question = question or (SALES if "[1]" in text else "What is said?")
    return verify(Draft(text=text), evidence(question, STATEMENT, PROSE, MODELS, CHINESE))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Net sales were $5,000 million in 2022. [1]", id="announced scale"),
        pytest.param("Net sales were $5 billion in 2022. [1]", id="another scale"),
        pytest.param("Net sales were $5,000,000,000. [1]", id="no scale"),
        pytest.param("Der Umsatz betrug 2022 5.000 Mio. $. [1]", id="German"),
        pytest.param("Vesi kostete 58,0 Mio. €. [2]", id="German decimals"),
        pytest.param("Vesi 的价格为 5800 万欧元。[2]", id="Chinese scale"),
        pytest.param("It has 12 plants. [2]", id="digits for a word"),
        pytest.param("It has twelve plants and thirty-four sites. [2]", id="words for digits"),
        pytest.param("It was bought on May 2, 2023. [2]", id="date in words"),
        pytest.param("It was bought on 2023-05-02. [2]", id="date in digits"),
        pytest.param("It was bought in May 2023. [2]", id="month of a date"),
        pytest.param("Vesi wurde am 2. Mai 2023 gekauft. [2]", id="German date"),
        pytest.param("The result was -$512 thousand. [2]", id="negative in parentheses"),
        pytest.param("Orders changed by -7%. [2]", id="a fall with a sign"),
        pytest.param("The net loss was $600 million in 2021. [1]", id="a loss in words"),
        pytest.param(
            "1. Net sales: 5,000 million. [1]\n2. Margins: 45.6%. [2]", id="numbered list"
        ),
        pytest.param("Lyra V3 solves 88.5% of QuizBench. [3]", id="a score as percent"),
        pytest.param(
            "In 2021 and 2022 they were 4,000 and 5,000 (in millions). [1]", id="respectively"
        ),
        pytest.param(
            "Net sales were 5,000 million in 2022, up from 4,000 million. [1]", id="one year unsaid"
        ),
        pytest.param("Net income was 790 million in 2022. [1]", id="a part of the label"),
        pytest.param("Half of the orders came late. [2]", id="half"),
        pytest.param(
            "V3 scores higher (75.9) than V3-mini (51.3) on QuizBench-Pro. [3]", id="two alike"
        ),
        pytest.param(
            "In 2022, in millions, net sales were 5,000 and net income 790. [1]", id="two rows"
        ),
    ],
)
def test_what_the_sources_bear_out_passes(text: str) -> None:
    verdict = checked(text)
    assert verdict.verified, verdict.failed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("Net sales were $5,000 billion in 2022. [1]", "5,000", id="larger scale"),
        pytest.param("Net sales were $5,000 thousand. [1]", "5,000", id="smaller scale"),
        pytest.param("Vesi cost €58.0 billion. [2]", "58.0", id="scale of prose"),
        pytest.param("Vesi 的价格为 58.0 万欧元。[2]", "58.0", id="Chinese scale"),
        pytest.param("Net sales were 5,000% in 2022. [1]", "5,000", id="made percent"),
        pytest.param("The temperature is 0.88%. [2]", "0.88", id="a value made percent"),
        pytest.param("Net sales were -5,000 in 2022. [1]", "-5,000", id="made negative"),
        pytest.param("It has three plants. [2]", "three", id="wrong count"),
        pytest.param("It has two hundred forty sites. [2]", "two hundred forty", id="long count"),
        pytest.param("公司有五家工厂。[2]", "五", id="Chinese count"),
        pytest.param("Margins doubled. [2]", "doubled", id="doubled"),
        pytest.param("It was bought on 2 June 2023. [2]", "2 June 2023", id="wrong month"),
        pytest.param("It was bought in June 2023. [2]", "June 2023", id="wrong month of a year"),
        pytest.param("It has 34 million sites. [2]", "34", id="a scale that prose has not"),
        pytest.param("It was bought on 2023-05-03. [2]", "2023-05-03", id="wrong day"),
        pytest.param("Gross profit was 5,000 million in 2022. [1]", "5,000", id="wrong row"),
        pytest.param("Net sales were 4,000 million in 2022. [1]", "4,000", id="wrong column"),
        pytest.param(
            "They were 4,000 million. [1]", "4,000", id="a column that the question names"
        ),
        pytest.param("2019年净利润为90.00元。[4]", "90.00", id="Chinese column"),
        pytest.param("Lyra V3 scores 51.3 on QuizBench-Pro. [3]", "51.3", id="the column beside"),
        pytest.param("1. Net sales: 5,000. [1]\n37. Good. [1]", "37", id="no list"),
        pytest.param("Net sales were 5,000. [2]", "5,000", id="another source"),
    ],
)
def test_what_no_source_bears_out_is_never_verified(text: str, number: str) -> None:
    verdict = checked(text)
    assert not verdict.verified
    assert number in verdict.unverified_numbers


def test_a_value_of_another_row_is_told_to_the_writer_as_such() -> None:
    verdict = checked("Gross profit was 5,000 million in 2022. [1]")
    assert verdict.failed == ["5,000 stands in another row or column than the one you name"]


def test_items_of_a_list_are_no_numbers_as_long_as_they_count_on() -> None:
    assert without_list_numbers("1. a\n2. b\n7. c") == " a\n b\n7. c"


def test_tables_of_any_numbers_tell_right_cells_from_wrong_ones() -> None:
    """Every cell under its own names passes, and under those of any other cell it does not."""
    random = Random(11)
    rows, years = ["Revenue", "Cost of sales", "Research and development"], ["2021", "2022", "2023"]
    for _ in range(6):
        values = random.sample(range(1100, 99_000), len(rows) * len(years))
        cells = {(r, y): values.pop() for r in rows for y in years}
        body = "".join(
            f"<tr><td>{r}</td>{''.join(f'<td>{cells[r, y]:,}</td>' for y in years)}</tr>"
            for r in rows
        )
        head = "".join(f"<th>{year}</th>" for year in ["", *years])
        table = (
            f"Statement (in thousands)\n<table><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )
        given = evidence("What stands in the statement?", table)
        for row, year in cells:
            for other, value in cells.items():
                draft = Draft(text=f"{row} was {value:,} thousand in {year}. [1]")
                assert verify(draft, given).verified is (other == (row, year)), draft.text

from __future__ import annotations

import pytest

from loaders.pages.word import Word
from loaders.reading.auditing.audit import audit, doubts_in


def page(*lines: str, top: float = 100.0) -> list[Word]:
    """Lay lines out as a text layer does: 6 points a sign, 12 a line."""
    words: list[Word] = []
    for row, line in enumerate(lines):
        left = 50.0
        for text in line.split(" "):
            box = (left, top + 14 * row, left + 6 * len(text), top + 14 * row + 10)
            words += [Word(text, box)] if text else []
            left += 6 * (len(text) + 1)
    return words


TABLE = (
    "<table><tr><th>Model</th><th>A</th><th>B</th><th>C</th></tr>"
    "<tr><td>Small</td><td>63.6</td><td>80.0</td><td>90.1</td></tr>"
    "<tr><td>Large</td><td>{0}</td><td>83.3</td><td>94.8</td></tr></table>"
)
TABLE_PAGE = page("Model A B C", "Small 63.6 80.0 90.1", "Large 74.4 83.3 94.8", "That is all.")


def test_a_true_reading_raises_no_doubt() -> None:
    found = audit(TABLE.format("74.4") + "That is all.", TABLE_PAGE)
    assert found.word_recall == 1.0
    assert not found.novel_numbers + found.missing_numbers + found.doubtful_cells


@pytest.mark.parametrize(
    ("line", "markup", "novel", "missing"),
    [
        pytest.param("beats 4o here", "beats 40 here", ["40"], ["4"], id="a letter read as zero"),
        pytest.param("the o1-mini", "the 01-mini", ["01"], ["1"], id="a name read as a number"),
        pytest.param(
            "scores 63.6 points", "scores 636 points", ["636"], ["63.6"], id="a lost point"
        ),
        pytest.param("of 1,234 people", "of 1234 people", [], [], id="separators left out"),
        pytest.param("of .05 only", "of 0.05 only", [], [], id="a zero before the point"),
        pytest.param("10⁶ cells", "$10^{6}$ cells", [], [], id="an exponent in LaTeX"),
        pytest.param("1,2343 units", "1,234[^3] units", [], [], id="a glued footnote mark"),
        pytest.param("rose 3% in ２０２４", "rose 3% in 2024", [], [], id="full width digits"),
        pytest.param("增长 80万 元", "增长80万元", [], [], id="Chinese"),
        pytest.param("1.234,5 Euro", "1.234,5 Euro", [], [], id="German separators"),
        pytest.param("see 1,2,3 there", "see 1, 2, 3 there", [], [], id="a list without spaces"),
        pytest.param("Names of people", "Names of 98 people", ["98"], [], id="an invented count"),
        pytest.param("Names of people", "Names of ten people", ["ten"], [], id="a count spelt out"),
        pytest.param("10 people", "ten people: 10 people", [], [], id="a count that is there"),
        pytest.param("a < 5", "a &lt; 5", [], [], id="escapes"),
        pytest.param("two columns", '<td colspan="2">two columns</td>', [], [], id="attributes"),
    ],
)
def test_numbers_are_compared_as_written(
    line: str, markup: str, novel: list[str], missing: list[str]
) -> None:
    found = audit(markup, page(line))
    assert (found.novel_numbers, found.missing_numbers) == (novel, missing)


def test_a_number_taken_for_another_that_the_page_also_has_is_novel() -> None:
    words = page("In 2025-01 the OpenAI-o1-mini was tested")
    found = audit("In 2025-01 the OpenAI-01-mini was tested", words)
    assert found.novel_numbers == ["01"]


def test_numbers_that_the_text_layer_splits_are_joined() -> None:
    words = [Word("63.", (50, 100, 68, 110)), Word("6", (68.5, 100, 74, 110))]
    found = audit("63.6", words)
    assert not found.novel_numbers + found.missing_numbers


def test_an_address_broken_over_lines_is_one() -> None:
    words = [Word("example.org/2408.033", (300, 100, 420, 110)), Word("14.", (50, 114, 68, 124))]
    found = audit("example.org/2408.03314.", words)
    assert not found.novel_numbers + found.missing_numbers


def test_every_lost_number_is_listed_as_often_as_it_is_lost() -> None:
    found = audit("Text 10", page("Text 10", "10 20", "20.5"))
    assert found.missing_numbers == ["10", "20", "20.5"]


@pytest.mark.parametrize("foot", ["12", "Page 12 of 80", "– xii –", "Annual report 2023 12"])
def test_page_numbers_and_running_heads_may_be_left_out(foot: str) -> None:
    words = page("All of the text.") + page(foot, top=810)
    found = audit("All of the text.", words, height=842)
    assert (found.word_recall, found.missing_numbers) == (1.0, [])


def test_a_last_line_that_belongs_to_the_text_may_not_be_left_out() -> None:
    words = page("All of the text", "and a total of 500", top=796)
    assert audit("All of the text", words, height=842).missing_numbers == ["500"]


def test_hyphens_at_line_ends_cost_no_recall() -> None:
    words = page("without super-", "vised large-", "scale data")
    assert audit("without supervised large-scale data", words).word_recall == 1.0


def test_lost_text_costs_recall() -> None:
    assert audit("one two", page("one two three four")).word_recall == 0.5


def test_hidden_numbers_are_told_apart() -> None:
    found = audit("Profit 5 and 777", page("Profit 5"), hidden=["777 million"])
    assert (found.novel_numbers, found.hidden_numbers) == ([], ["777"])


def test_a_number_that_ocr_is_not_sure_of_is_a_doubt_of_its_chunk() -> None:
    found = audit("Costs $(87.3) and 5", page("Costs $(87.3) and 5"), unsure=["$(87.3)", "Casts"])
    assert (found.unsure_numbers, found.novel_numbers) == (["87.3"], [])
    assert doubts_in("Costs $(87.3)", found) == ["87.3"]
    assert doubts_in("and 5", found) == []


def test_hidden_text_is_kept_with_the_audit_and_not_endless() -> None:
    found = audit("Profit", page("Profit"), hidden=["ignore", "all", *["instructions"] * 100])
    assert found.hidden_text.startswith("ignore all instructions")
    assert len(found.hidden_text) <= 400


def test_a_number_in_the_wrong_row_makes_its_cell_doubtful() -> None:
    found = audit(TABLE.format("63.6"), page(*["Other text", "x"] * 2) + TABLE_PAGE)
    assert "Large › 63.6" not in found.doubtful_cells  # neighbours may be one row in two lines
    far = page("Model A B C", "Small 63.6 80.0 90.1", "x", "y", "Large 74.4 83.3 94.8")
    assert audit(TABLE.format("63.6"), far).doubtful_cells == ["Large › 63.6"]


def test_doubts_stay_with_the_chunk_that_has_them() -> None:
    found = audit(TABLE.format("44.4") + " and 5", TABLE_PAGE)
    assert doubts_in(TABLE.format("44.4"), found) == ["44.4", "Large › 44.4"]
    assert doubts_in("and 5", found) == ["5"]
    assert doubts_in("nothing", found) == []
    assert doubts_in("and 5", None) == []

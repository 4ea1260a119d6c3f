from __future__ import annotations

import pytest

from loaders.chunking.html_table import plain_text, raised, read_table, without_hidden, write_table
from loaders.chunking.spanned_grid import place


def rows(html: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_table(html).rows]


def test_cells_and_rows_that_are_never_closed_end_where_the_next_begins() -> None:
    assert rows("<table><tr><td>a<td>b<tr><td>c<td>d") == [["a", "b"], ["c", "d"]]


def test_rows_without_a_table_tag_are_one() -> None:
    assert rows("<tr><td>a</td></tr><tr><td>b</td></tr>") == [["a"], ["b"]]


def test_spans_heads_and_caption_are_kept() -> None:
    table = read_table(
        "<table><caption>Dues <b>2025</b></caption><thead><tr><th colspan='2'>Both</th></tr>"
        "</thead><tr><td rowspan=3>a</td><td>1</td></tr></table>"
    )
    assert (table.caption, table.head_rows) == ("Dues 2025", 1)
    assert [(cell.colspan, cell.header) for cell in table.rows[0]] == [(2, True)]
    assert [cell.rowspan for cell in table.rows[1]] == [3, 1]


def test_text_between_rows_is_kept_as_a_cell() -> None:
    assert rows("<table><tr><td>a</td></tr>lost<tr><td>b</td></tr></table>") == [
        ["a"],
        ["lost"],
        ["b"],
    ]


def test_a_table_within_a_cell_is_that_cells_text() -> None:
    inner = "<table><tr><td>x</td><td>y</td></tr></table>"
    assert rows(f"<table><tr><td>a {inner}</td><td>b</td></tr></table>") == [["a x y", "b"]]


def test_only_the_first_table_is_read_and_nothing_is_none() -> None:
    assert rows("<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>") == [["a"]]
    assert rows("no table") == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("12.5<sup>1</sup>", "12.5¹"),
        ("a<br>b &amp; <b>c</b>", "a b & c"),
        ("5<sup>*</sup>", "5*"),
        ("x<sup>ix</sup>", "x[^ix]"),
    ],
)
def test_formatting_goes_and_raised_marks_stay_raised(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_a_mark_without_raised_signs_is_told_from_its_number() -> None:
    assert raised(" 12 ") == "¹²"
    assert raised("§") == "§"


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- x -->",
        "<script>x</script>",
        "<style>x",
        "<p hidden>x</p>",
        '<div style="display: none">x<div>y</div>z</div>',
    ],
)
def test_what_a_browser_does_not_show_is_gone(hidden: str) -> None:
    assert without_hidden(f"a{hidden}") == "a"


def test_what_is_written_is_read_as_the_same_grid() -> None:
    html = (
        "<table><tr><th>a</th><th colspan=2>&lt;b&gt;</th></tr>"
        "<tr><td rowspan=2>c</td><td>1</td><td>2</td></tr><tr><td>3</td><td></td></tr></table>"
    )
    grid = place(read_table(html).rows)
    written = write_table(grid, 1, 1)
    assert "&lt;b&gt;" in written
    assert '<th rowspan="2">c</th>' in written
    assert place(read_table(written).rows).rows() == grid.rows()

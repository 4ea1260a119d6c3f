from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.chunking.spanned_grid import RawCell
from loaders.chunking.sum_check import mismatches
from loaders.chunking.table import Table

TWO_LEVELS = """<table><thead>
<tr><th rowspan="2">Model</th><th colspan="2">AIME</th><th>MATH</th></tr>
<tr><th>pass@1</th><th>cons@64</th><th>pass@1</th></tr></thead>
<tbody><tr><td>A</td><td>63.6</td><td>80.0</td><td>90.0</td></tr></tbody></table>"""


def test_a_cell_knows_its_row_and_both_header_levels() -> None:
    table = Table.from_html(TWO_LEVELS)
    assert table.to_lines() == [
        "A › AIME › pass@1 = 63.6",
        "A › AIME › cons@64 = 80.0",
        "A › MATH › pass@1 = 90.0",
    ]


def test_a_spanning_cell_stands_on_its_first_position_only() -> None:
    assert Table.from_html(TWO_LEVELS).rows[:2] == [
        ["Model", "AIME", "", "MATH"],
        ["", "pass@1", "cons@64", "pass@1"],
    ]


def test_headers_are_recognised_without_any_tag() -> None:
    table = Table.from_rows(
        [
            ["", "Year ended", "", "", ""],
            ["", "2015", "", "2016", ""],
            ["Net sales:", "", "", "", ""],
            ["Online (1)", "$", "76,863", "$", "(4)"],
            ["Total", "", "80", "", "—"],
        ]
    )
    assert (table.header_rows, table.header_columns) == (2, 1)
    first, second, *_ = table.cells()
    assert first.row_path == ("Net sales", "Online (1)")
    assert first.column_path == ("Year ended", "2015")
    assert (first.text, first.amount) == ("$76,863", Decimal(76863))
    assert second.column_path == ("Year ended", "2016")
    assert second.amount == Decimal(-4)


def test_a_group_in_its_own_column_heads_the_rows_beneath() -> None:
    table = Table.from_html(
        "<table><tr><th>Field</th><th>Test</th><th>Score</th></tr>"
        "<tr><td rowspan=2>Code</td><td>Alpha</td><td>1.5</td></tr>"
        "<tr><td>Beta</td><td>2.5</td></tr><tr><td>Math</td><td>Alpha</td><td>3.5</td></tr></table>"
    )
    assert [cell.row_path for cell in table.cells()] == [
        ("Code", "Alpha"),
        ("Code", "Beta"),
        ("Math", "Alpha"),
    ]


def test_caption_and_header_lend_their_scale() -> None:
    table = Table.from_html(
        "<table><tr><th></th><th>2020</th><th>Change (%)</th></tr>"
        "<tr><td>Sales</td><td>1.5</td><td>3</td></tr></table>",
        caption="Table 1: Sales in millions of euros",
    )
    sales, change = table.cells()
    assert sales.amount == Decimal("1500000")
    assert change.quantity is not None
    assert change.quantity.percent
    assert change.amount == Decimal(3)


def test_broken_html_keeps_every_cell() -> None:
    for html in (
        "<table><tr><td>a<td>b<tr><td>c<td>d",
        "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>",
        "<TABLE><thead><tr><th>a</th><th>b<tbody><td>c</td><td>d</table> after",
        "<p>x</p><table><tr><td>a</td><td>b</td></tr></tr><td>c</td><td>d</td></table>",
    ):
        assert Table.from_html(html).rows == [["a", "b"], ["c", "d"]]


def test_a_table_within_a_cell_is_that_cells_text() -> None:
    table = Table.from_html(
        "<table><tr><td>a<table><tr><td>x</td><td>y</td></tr></table></td><td>b</td></tr></table>"
    )
    assert table.rows == [["a x y", "b"]]


def test_only_table_tags_survive() -> None:
    html = (
        '<table onclick="x()"><tr><td style="a" onload=\'b\'>1<script>alert(1)</script></td>'
        '<td><img src=x onerror="c">&lt;b&gt; <a href="javascript:d">link</a></td></tr></table>'
    )
    assert Table.from_html(html).to_html() == (
        "<table>\n<tbody>\n<tr><th>1</th><td>&lt;b&gt; link</td></tr>\n</tbody>\n</table>"
    )


def test_spans_beyond_all_measure_cost_nothing() -> None:
    html = "<table>" + "<tr><td rowspan=60000 colspan=99999>1</td></tr>" * 2000 + "</table>"
    assert Table.from_html(html).height == 2000


def test_a_total_that_does_not_foot_is_told() -> None:
    table = Table.from_rows(
        [["", "A", "B"], ["x", "10", "5"], ["y", "20", "6"], ["Total", "30", "14"]]
    )
    [mismatch] = mismatches(table)
    assert (mismatch.path, mismatch.stated, mismatch.computed) == (
        ("Total", "B"),
        Decimal(14),
        Decimal(11),
    )


def test_rounded_totals_foot() -> None:
    table = Table.from_rows(
        [
            ["", "A", "Summe"],
            ["x", "10,3", "10,3"],
            ["y", "20,3", "20,4"],
            ["Gesamt", "30,7", "30,7"],
        ]
    )
    assert mismatches(table) == []


TEXTS = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=8).map(str.strip)
CELLS = st.builds(
    RawCell, text=TEXTS, rowspan=st.integers(1, 4), colspan=st.integers(1, 4), header=st.booleans()
)
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=8)


@settings(deadline=None)
@given(ROWS)
def test_no_cell_is_lost_and_none_invented(rows: list[list[RawCell]]) -> None:
    table = Table.from_raw(rows)
    given_texts = sorted(cell.text for row in rows for cell in row if cell.text)
    assert sorted(text for row in table.rows for text in row if text) == given_texts


@settings(deadline=None)
@given(ROWS)
def test_written_and_read_again_a_table_is_the_same(rows: list[list[RawCell]]) -> None:
    table = Table.from_raw(rows)
    again = Table.from_html(table.to_html())
    assert [row for row in again.rows if any(row)] == [row for row in table.rows if any(row)]


@settings(deadline=None)
@given(ROWS, st.data())
def test_a_part_repeats_the_header_and_keeps_its_rows(
    rows: list[list[RawCell]], data: st.DataObject
) -> None:
    table = Table.from_raw(rows)
    if not table.body:
        return
    start = data.draw(st.sampled_from(table.body))
    part = table.part(start, table.height)
    header = sorted(text for row in table.rows[: table.header_rows] for text in row if text)
    assert sorted(text for row in part.rows[: part.header_rows] for text in row if text) == header
    kept = [text for row in part.rows for text in row]
    for row in table.rows[start:]:
        assert all(text in kept for text in row if text)


def test_a_header_over_all_data_columns_heads_them_and_a_unit_there_does_not() -> None:
    years = "<tr><th></th><th>2023</th><th>2022</th></tr>"
    head = f"<thead><tr><th></th><th colspan=2>{{}}</th></tr>{years}</thead>"
    body = "<tbody><tr><td>Sales</td><td>5</td><td>4</td></tr></tbody>"
    ended = Table.from_html(f"<table>{head.format('Year ended June 30,')}{body}</table>")
    assert ended.column_path(1) == ("Year ended June 30,", "2023")
    scaled = Table.from_html(f"<table>{head.format('(in millions)')}{body}</table>")
    assert scaled.column_path(1) == ("2023",)
    assert scaled.titles == ("(in millions)",)


def test_a_unit_column_is_said_with_its_values_and_is_no_data() -> None:
    table = Table.from_rows(
        [
            ["Parameter", "Min", "Max", "Unit"],
            ["Supply voltage", "1.8", "3.6", "V"],
            ["Wake-up time", "", "4", "ms"],
        ]
    )
    assert table.to_lines() == [
        "Supply voltage › Min = 1.8 V",
        "Supply voltage › Max = 3.6 V",
        "Wake-up time › Max = 4 ms",
    ]


def test_a_footnote_mark_is_no_part_of_a_label() -> None:
    table = Table.from_rows([["", "2024¹"], ["Free cash flow²", "512"], ["Area in m²", "40"]])
    assert table.to_lines() == ["Free cash flow › 2024 = 512", "Area in m² › 2024 = 40"]


def test_money_to_a_mill_of_nothing_is_thousands_in_every_language() -> None:
    table = Table.from_html(
        "<table><thead><tr><th>Revista de la universidad</th><th>Costo de publicación (USD)</th>"
        "</tr></thead><tbody><tr><td>Una de las revistas</td><td>$80</td></tr>"
        "<tr><td>Otra de la ciudad</td><td>$1,000</td></tr></tbody></table>"
    )
    assert [cell.amount for cell in table.cells()] == [80, 1000]


def test_a_label_of_its_own_ends_the_labels_that_the_one_above_holds() -> None:
    rows = "".join(
        f"<tr><th>{lender}</th><th>{contract}</th><th>{kind}</th><td>{amount}</td></tr>"
        for lender, contract, kind, amount in (
            ("Oriel", "2011-04", "fixed", "498"),
            ("", "2016-01", "fixed", "124"),
            ("Total", "", "", "622"),
        )
    )
    head = "<thead><tr><th>Lender</th><th>Contract</th><th>Kind</th><th>Left</th></tr></thead>"
    table = Table.from_html(f"<table>{head}<tbody>{rows}</tbody></table>")
    assert table.to_lines() == [
        "Oriel › 2011-04 › fixed › Left = 498",
        "Oriel › 2016-01 › fixed › Left = 124",
        "Total › Left = 622",
    ]


def test_a_part_of_its_own_is_no_part_of_the_group_above_also_when_it_is_written_again() -> None:
    html = (
        "<table><thead><tr><th></th><th>All</th><th>Men</th></tr></thead><tbody>"
        "<tr><td>Position</td><td></td><td></td></tr><tr><td>Wing</td><td>36</td><td>20</td></tr>"
        "</tbody><tbody><tr><td>Injured</td><td>22</td><td>9</td></tr>"
        "<tr><td>Female</td><td>54</td><td>0</td></tr></tbody></table>"
    )
    table = Table.from_html(html)
    for one in (table, Table.from_html(table.to_html()), table.part(1, table.height)):
        paths = {" › ".join(cell.row_path) for cell in one.cells()}
        assert paths == {"Position › Wing", "Injured", "Female"}
    total = Table.from_html(html.replace("Injured", "Total"))
    assert ("Position", "Total") in {cell.row_path for cell in total.cells()}


def test_a_part_right_below_the_name_of_a_group_is_its_own() -> None:
    html = (
        "<table><tr><th></th><th>All</th><th>Men</th></tr><tbody>"
        "<tr><td colspan=3>Position</td></tr></tbody><tbody>"
        "<tr><td>Wing</td><td>36</td><td>20</td></tr></tbody></table>"
    )
    assert Table.from_html(html).to_lines()[0] == "Position › Wing › All = 36"

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document

from loaders.chunking.chunks import make_chunks
from loaders.chunking.table import Table
from loaders.pages.page import Outcome, Reading

HEADER = ["Region", "2019", "2020"]


def table(rows: list[list[str]], *, header: bool, caption: str = "") -> str:
    head = f"<thead>{row_of(HEADER, 'th')}</thead>" if header else ""
    body = "".join(row_of(row, "td") for row in rows)
    return f"<chunk>\n{caption}\n<table>{head}<tbody>{body}</tbody></table>\n</chunk>"


def row_of(cells: list[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def rows(start: int, stop: int) -> list[list[str]]:
    return [[f"Region {row}", f"{row}.1", f"{row}.2"] for row in range(start, stop)]


def chunks_of(*pages: str) -> list[Document]:
    readings = [Reading(number, Outcome.OK, page, "local") for number, page in enumerate(pages)]
    return list(make_chunks("report.pdf", readings))


def test_a_table_over_a_page_break_becomes_one() -> None:
    [chunk] = chunks_of(
        table(rows(0, 3), header=True, caption="Table 1: Regions"), table(rows(3, 5), header=True)
    )
    whole = Table.from_html(chunk.page_content)
    assert [row[0] for row in whole.rows] == ["Region", *(f"Region {row}" for row in range(5))]
    assert chunk.metadata["pages"] == [0, 1]
    assert chunk.metadata["row_pages"] == [0, 0, 0, 1, 1]


def test_a_line_at_the_foot_parts_no_table_whose_head_is_repeated() -> None:
    upper = table(rows(0, 3), header=True, caption="Regions")
    foot = "<chunk>\nHarbour Office: report of 2020\n</chunk>"
    [one, _] = chunks_of(upper + foot, table(rows(3, 5), header=True))
    assert len(Table.from_html(one.page_content).body) == 5
    prose = "<chunk>\nThe regions of the south are told on the next page.\n</chunk>"
    assert len(chunks_of(upper + prose, table(rows(3, 5), header=True))) == 3


def test_a_continuation_without_header_is_joined() -> None:
    [chunk] = chunks_of(table(rows(0, 3), header=True), table(rows(3, 5), header=False))
    assert len(Table.from_html(chunk.page_content).body) == 5


def test_a_caption_that_says_continued_is_joined() -> None:
    [chunk] = chunks_of(
        table(rows(0, 3), header=True, caption="Table 1: Regions"),
        table(rows(3, 5), header=True, caption="Table 1: Regions (continued)"),
    )
    assert len(Table.from_html(chunk.page_content).body) == 5


def test_a_table_over_three_pages_becomes_one() -> None:
    [chunk] = chunks_of(*(table(rows(3 * page, 3 * page + 3), header=True) for page in range(3)))
    assert chunk.metadata["row_pages"] == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_a_head_at_the_foot_of_a_page_heads_the_rows_of_the_next() -> None:
    head = f"<chunk>\n<table><tbody>{row_of(HEADER, 'td')}</tbody></table>\n</chunk>".replace(
        "2019", "Area"
    ).replace("2020", "Cost")
    [chunk] = chunks_of(head, table(rows(0, 4), header=False))
    whole = Table.from_html(chunk.page_content)
    assert whole.rows[0] == ["Region", "Area", "Cost"]
    assert whole.header_rows == 1
    assert chunk.metadata["row_pages"] == [0, *[1] * 4] or chunk.metadata["row_pages"] == [1] * 4


def test_a_head_that_was_read_in_too_few_columns_opens_the_group_below_it() -> None:
    """Its columns are told by the rows of the next page, which repeats it."""
    foot = [["Region", "2019 2020"], ["Coast, in kg", ""]]
    body = "".join(row_of(row, "td") for row in foot)
    upper = f"<chunk>\nTable 1: Catch\n<table><tbody>{body}</tbody></table>\n</chunk>"
    [chunk] = chunks_of(upper, table(rows(0, 3), header=True))
    cells = list(Table.from_html(chunk.page_content).cells())
    assert [cell.row_path for cell in cells][::2] == [
        ("Coast, in kg", f"Region {row}") for row in range(3)
    ]
    assert {cell.column_path for cell in cells} == {("2019",), ("2020",)}
    assert chunk.metadata["pages"] == [0, 1]
    other = upper.replace("2019 2020", "2019 2021")
    assert len(chunks_of(other, table(rows(0, 3), header=True))) == 2


def test_a_continuation_without_the_column_that_is_mostly_empty_is_widened() -> None:
    upper = [[f"Item {n}", f"{n}.50", "2.10" if n % 2 else "", f"{n + 9}.00"] for n in range(1, 7)]
    lower = [[f"Item {n}", f"{n}.50", f"{n + 9}.00"] for n in range(7, 12)]
    head = row_of(["What", "Net", "Rebate", "Gross"], "th")
    body = "".join(row_of(row, "td") for row in upper)
    first = f"<chunk>\n<table><thead>{head}</thead><tbody>{body}</tbody></table>\n</chunk>"
    [chunk] = chunks_of(first, table(lower, header=False))
    whole = Table.from_html(chunk.page_content)
    assert whole.rows[7] == ["Item 7", "7.50", "", "16.00"]
    assert whole.rows[-1] == ["Item 11", "11.50", "", "20.00"]


SHEET = [["Project", "Budget"], ["Alder", "120"], ["Birch", "95"], ["Elm", "95"], ["Fir", "48"]]


def sheet(lines: list[list[str]], *, foot: int = 300, after: str = "") -> str:
    head, *body = lines
    inner = "".join(row_of(row, "td") for row in body)
    place = f'box="54 66 300 {foot}"'
    grid = f"<table {place}><thead>{row_of(head, 'th')}</thead><tbody>{inner}</tbody></table>"
    return f"<chunk {place}>\n{grid}\n</chunk>" + after


def wide(*pages: str) -> list[list[str]]:
    return Table.from_html(chunks_of(*pages)[0].page_content).rows


RISKS = [["Risk", "Start"], ["low", "May"], ["high", "June"], ["low", "July"], ["low", "August"]]
STAFF = [["Staff", "Site"], ["31", "Hull"], ["7", "Goole"], ["12", "Hull"], ["5", "Hull"]]


def test_a_sheet_that_goes_on_sideways_is_one_table() -> None:
    rows = wide(sheet(SHEET), sheet(RISKS, foot=302), sheet(STAFF))
    assert rows == [a + b + c for a, b, c in zip(SHEET, RISKS, STAFF, strict=True)]


def test_labels_that_are_printed_again_on_the_second_half_of_a_sheet_stand_once() -> None:
    again = [[label[0], *risk] for label, risk in zip(SHEET, RISKS, strict=True)]
    assert wide(sheet(SHEET), sheet(again)) == [a + b for a, b in zip(SHEET, RISKS, strict=True)]


def test_figures_without_a_label_belong_to_the_rows_of_the_page_before() -> None:
    prose = "<chunk>\nThe council met in May.\n</chunk>"
    totals = [["Total", "Share"], ["900", "3"], ["310", "9"], ["1,480", ""], ["(40)", "7"]]
    read = wide(sheet(SHEET, after=prose), sheet(totals, after=prose))
    assert read == [a + b for a, b in zip(SHEET, totals, strict=True)]
    counted = [["No.", "Share"], ["9", "3"], ["10", "9"], ["11", ""], ["12", "7"]]
    assert wide(sheet(SHEET), sheet(counted)) == SHEET


def test_a_table_of_its_own_at_the_same_place_of_the_next_page_is_no_second_half() -> None:
    people = [["Person", "Role"], ["Ann", "chair"], ["Ben", "clerk"], ["Cy", "chair"], ["Di", "-"]]
    prose = "<chunk>\nThe council met in May.\n</chunk>"
    for other in (
        sheet(people),
        sheet(RISKS, foot=320),
        sheet(RISKS[:-1]),
        sheet(RISKS, after=prose),
    ):
        assert wide(sheet(SHEET), other) == SHEET


def test_another_table_is_left_alone() -> None:
    first = table(rows(0, 3), header=True, caption="Table 1: Regions")
    for second in (
        table(rows(3, 5), header=True, caption="Table 2: Others"),
        table([["A", "1"], ["B", "2"]], header=False),
        table(rows(3, 5), header=True).replace("2019", "Sales").replace("2020", "Cost"),
        "Prose stands first.\n\n" + table(rows(3, 5), header=True),
    ):
        chunks = chunks_of(first, second)
        assert len([chunk for chunk in chunks if chunk.metadata["kind"] == "table"]) == 2


def test_pieces_of_a_stitched_table_cite_their_own_page() -> None:
    boxed = ['<chunk box="0 0 9 9">', '<chunk box="0 5 9 7">']
    pages = [
        table(rows(150 * page, 150 * page + 150), header=True).replace("<chunk>", boxed[page])
        for page in range(2)
    ]
    chunks = chunks_of(*pages)
    assert len(chunks) > 2
    assert chunks[0].metadata["pages"] == [0]
    assert chunks[-1].metadata["pages"] == [1]
    assert chunks[-1].metadata["box"] == [0.0, 5.0, 9.0, 7.0]


def test_a_broken_sentence_is_mended_and_cites_both_pages() -> None:
    first, second = chunks_of(
        "The committee found that the results of the second experiment empower",
        "models to learn. The next sentence stands on its own page.",
    )
    assert first.page_content.endswith("experiment empower models to learn.")
    assert first.metadata["pages"] == [0, 1]
    assert second.page_content == "The next sentence stands on its own page."
    assert second.metadata["page"] == 1


def test_a_hyphen_at_the_page_break_is_mended() -> None:
    [chunk] = chunks_of("This shows a clear and consistent improve-", "ment of the results.")
    assert chunk.page_content == "This shows a clear and consistent improvement of the results."


def test_chinese_goes_on_without_a_space() -> None:
    first, _ = chunks_of(
        "该模型在推理能力方面取得了显著的进步并且在多个测试中", "超过了其他模型。这是新的句子。"
    )
    assert first.page_content.endswith("多个测试中超过了其他模型。")


def test_a_whole_sentence_stays_where_it_is() -> None:
    first, second = chunks_of("This sentence is whole.", "this one too, lower case or not.")
    assert (first.metadata["pages"], second.metadata["pages"]) == ([0], [1])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=5), st.booleans())
def test_rows_out_are_rows_in_less_repeated_headers(sizes: list[int], header: bool) -> None:
    starts = [sum(sizes[:page]) for page in range(len(sizes))]
    pages = [
        table(rows(start, start + size), header=header or not start)
        for start, size in zip(starts, sizes, strict=True)
    ]
    names: list[str] = []
    row_pages: list[int] = []
    for chunk in chunks_of(*pages):
        part = Table.from_html(chunk.page_content)
        names += [part.rows[row][0] for row in part.body]
        row_pages += chunk.metadata["row_pages"]
    assert names == [f"Region {row}" for row in range(sum(sizes))]
    assert row_pages == [page for page, size in enumerate(sizes) for _ in range(size)]


def test_a_caption_at_the_foot_of_a_page_goes_with_the_table_of_the_next() -> None:
    def page(*parts: str) -> str:
        return "".join(f"<chunk>\n{part}\n</chunk>" for part in parts)

    prose = "The council met and heard both officers of the harbour."
    foot = "Subject to change"
    after = table(rows(0, 2), header=True)
    *_, numbered = chunks_of(page(prose, "Table 4: Regions", foot), after)
    assert numbered.metadata["caption"] == "Table 4: Regions"
    assert numbered.metadata["pages"] == [1]
    *_, unnumbered = chunks_of(page(prose), page(prose, "Regions, £ million"), after)
    assert unnumbered.metadata["caption"] == "Regions, £ million"
    *_, first = chunks_of(page(prose, foot), after)
    assert first.metadata["caption"] == ""
    *_, told = chunks_of(page(prose), page(prose, "We list all regions."), after)
    assert told.metadata["caption"] == ""

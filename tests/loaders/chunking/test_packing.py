from __future__ import annotations

from loaders.chunking.block import Block
from loaders.chunking.packing import MOST_TOKENS, Draft, Packer, row_spans
from loaders.chunking.table import Table
from loaders.chunking.text_pieces import token_count

SENTENCE = "The dues of the inner harbour rose by a tenth in the second quarter of the year. "


def packed(*pages: list[Block]) -> list[Draft]:
    packer = Packer()
    drafts = [draft for page, blocks in enumerate(pages) for draft in packer.pack(blocks, page)]
    return [*drafts, *packer.finish()]


def text(said: str) -> Block:
    return Block("text", said, box=(0, 0, 10, 10))


def heading(said: str, level: int = 1) -> Block:
    return Block("heading", said, level=level)


def test_short_paragraphs_stand_together_under_their_heading() -> None:
    [draft] = packed([heading("1 Dues"), text("One."), text("Two.")])
    assert draft.content == "# 1 Dues\n\nOne.\n\nTwo."
    assert draft.section == "1 Dues"


def test_no_piece_of_text_is_longer_than_a_chunk_may_be() -> None:
    drafts = packed([text(SENTENCE * 100)])
    assert len(drafts) > 1
    assert all(draft.tokens <= MOST_TOKENS for draft in drafts)
    assert " ".join(draft.content for draft in drafts).split() == (SENTENCE * 100).split()


def test_a_heading_at_the_foot_waits_for_the_page_that_follows() -> None:
    first, second = packed([text(SENTENCE * 10), heading("2 Staff")], [text(SENTENCE * 10)])
    assert "Staff" not in first.content
    assert second.content.startswith("# 2 Staff")
    assert list(second.pages) == [1]


def test_headings_with_nothing_beneath_are_kept() -> None:
    [draft] = packed([heading("1 Dues")])
    assert draft.content == "# 1 Dues"


def test_a_list_stands_with_the_line_that_introduces_it() -> None:
    drafts = packed([text(SENTENCE * 20), text("There are:"), Block("list", "- one\n- two")])
    assert drafts[-1].content.endswith("There are:\n\n- one\n- two")


def test_a_table_is_cut_between_rows_into_pieces_that_know_their_place() -> None:
    rows = [["Site", "Remark"], *([f"Site {n}", "some words of a remark"] for n in range(120))]
    block = Block("table", table=Table.from_rows(rows, head_rows=1), caption="Table 1: Sites")
    drafts = packed([block])
    assert [draft.piece for draft in drafts] == list(range(len(drafts)))
    assert {draft.pieces for draft in drafts} == {len(drafts)}
    assert all(draft.caption == "Table 1: Sites" for draft in drafts)
    starts = [draft.first_row for draft in drafts]
    assert starts[0] == 0
    assert starts == sorted(set(starts))


def test_a_groups_name_is_not_the_last_row_of_a_piece() -> None:
    words = "some words of a remark that is long enough"
    rows = [["Site", "Remark", "Staff"]]
    for group in range(12):
        rows += [[f"Group {group}", "", ""]]
        rows += [[f"Site {group}.{n}", words, str(n)] for n in range(5)]
    table = Table.from_rows(rows, head_rows=1)
    spans = row_spans(table, 300)
    assert len(spans) > 2
    assert [row for span in spans for row in span] == list(table.body)
    assert not any(table.is_group_row(span[-1]) for span in spans)


def test_a_table_that_fits_is_one_piece() -> None:
    table = Table.from_rows([["a", "b"], ["c", "1"], ["d", "2"]], head_rows=1)
    assert row_spans(table, MOST_TOKENS) == [table.body]
    assert token_count("abcd" * 4) == 4

"""What stands in a margin is text unless it comes again on the pages around."""

from __future__ import annotations

from loaders.pages.page_layout import Sheet, Token
from loaders.reading.layout.blocks import Block, unsaid, without_running

NEAR = frozenset({"larkmoor", "plc", "report", "#"})


def edge(text: str, left: float = 60) -> Block:
    """A line at the top of a page of 842 points, as the layout calls a running head."""
    tokens = [Token(word, (left, 30, left + 40, 40)) for word in text.split()]
    return Block("page-header", (left, 30, left + 200, 40), tokens)


def left(blocks: list[Block], margins: frozenset[str] | None) -> list[str]:
    sheet = Sheet(595, 842, [], margins=margins, earlier=margins or frozenset())
    return [
        " ".join(token.text for token in block.tokens) for block in without_running(blocks, sheet)
    ]


def test_a_head_that_comes_again_is_left_out() -> None:
    assert left([edge("Larkmoor plc 7")], NEAR) == []


def test_a_row_alone_at_the_top_of_a_page_is_no_running_head() -> None:
    assert left([edge("Larkmoor plc 74 12 503 44")], NEAR) != []


def test_a_title_that_stands_on_one_page_alone_is_text() -> None:
    assert left([edge("Older Adults and Technology Use")], NEAR) != []


def test_what_is_on_the_line_of_a_running_head_goes_with_it() -> None:
    assert left([edge("Larkmoor plc"), edge("Where we work", left=400)], NEAR) == []


def test_a_single_page_cannot_tell_and_all_but_its_number_is_text() -> None:
    assert left([edge("Older Adults and Technology Use")], None) != []
    assert left([edge("Invoice 4711")], None) != []
    assert left([edge("Page 3 of 7")], None) == []
    assert left([edge("Budget"), edge("2 May 2024", left=400)], None) == ["Budget", "2 May 2024"]


def test_a_page_that_was_cut_from_a_longer_document_has_running_heads() -> None:
    number = Block("page-footer", (300, 800, 312, 810), [Token("37", (300, 800, 312, 810))])
    sheet = Sheet(595, 842, [])
    kept = without_running([edge("Larkmoor plc"), edge("Policy KL-2207", 400), number], sheet)
    assert [block.tokens[0].text for block in kept] == ["Policy"]
    told = "left out as a running head: Larkmoor plc"
    assert unsaid([edge("Larkmoor plc"), *kept, number], kept, sheet) == [told]


def test_a_running_head_that_a_page_before_has_said_is_not_told() -> None:
    sheet = Sheet(595, 842, [], margins=NEAR, earlier=NEAR)
    assert unsaid([edge("Larkmoor plc 7")], [], sheet) == []

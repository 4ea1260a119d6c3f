from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document

from loaders.chunking.chunks import make_chunks, searched_text
from loaders.chunking.table import Table
from loaders.chunking.text_pieces import token_count
from loaders.pages.page import Audit, Outcome, Reading
from loaders.text.sentence_splitter import sentences


def chunks_of(*pages: str) -> list[Document]:
    readings = [Reading(number, Outcome.OK, page, "local") for number, page in enumerate(pages)]
    return list(make_chunks("report.pdf", readings))


def long_table(rows: int, *, caption: str = "Table 1: Counts") -> str:
    body = "".join(
        f"<tr><td>Row number {row}</td><td>{row}.5</td><td>some longer words {row}</td></tr>"
        for row in range(rows)
    )
    head = "<thead><tr><th>Name</th><th>Value</th><th>Remark</th></tr></thead>"
    return f"<chunk>\n{caption}\n<table>{head}<tbody>{body}</tbody></table>\n</chunk>"


SENTENCE = "The value of item {0} in Fig. {0} rose by 1.5 percent, e.g. in the second quarter."


def test_a_long_table_repeats_its_header_and_caption() -> None:
    chunks = chunks_of(long_table(200))
    assert len(chunks) > 5
    assert len({chunk.metadata["table_id"] for chunk in chunks}) == 1
    names = []
    for chunk in chunks:
        assert chunk.page_content.startswith("Table 1: Counts")
        table = Table.from_html(chunk.page_content)
        assert table.rows[0] == ["Name", "Value", "Remark"]
        names += [table.rows[row][0] for row in table.body]
    assert names == [f"Row number {row}" for row in range(200)]


def test_prose_is_cut_between_sentences_only() -> None:
    paragraph = " ".join(SENTENCE.format(number) for number in range(200))
    chunks = chunks_of(f"<chunk>\n{paragraph}\n</chunk>")
    assert len(chunks) > 5
    for chunk in chunks:
        assert 128 <= token_count(chunk.page_content) <= 512
        assert chunk.page_content.startswith("The value")
        assert chunk.page_content.endswith("quarter.")
    assert " ".join(chunk.page_content for chunk in chunks) == paragraph


def test_every_sentence_ends_where_a_reader_would_end_it() -> None:
    cases = {
        "See Fig. 3 for details. It rose to 1.5.": 2,
        "Das gilt z. B. am 31. Dezember 2023. Danach nicht.": 2,
        "Dies betrifft ca. 5 Mio. Euro. Mehr nicht.": 2,
        "J. Smith et al. Measured it. Done!": 2,
        "模型达到了97.3%。它优于其他模型！真的吗？": 3,
        "1. First item of all. 2. Second.": 2,
    }
    assert {text: len(list(sentences(text))) for text in cases} == cases


def test_chunks_know_their_section_and_place() -> None:
    chunks = chunks_of(
        '<chunk box="1 2 3 4">\n# Report\n</chunk><chunk box="1 5 3 8">\n## 1 Results\n\n'
        + SENTENCE.format(1)
        + '\n</chunk><chunk box="1 9 6 12">\n### 1.1 Sales\n\n'
        + long_table(2).removeprefix("<chunk>")
    )
    text, table = chunks
    assert text.metadata["title"] == "Report"
    assert text.metadata["section"] == "1 Results"
    assert text.metadata["box"] == [1.0, 2.0, 3.0, 8.0]
    assert table.metadata["section"] == "1 Results › 1.1 Sales"
    assert table.page_content.startswith("### 1.1 Sales")
    assert table.metadata["caption"] == "Table 1: Counts"


def test_a_heading_directly_below_one_that_looks_the_same_goes_on_with_it() -> None:
    body = " ".join([SENTENCE.format(1)] * 9)
    page = f"# Report\n\n{body}\n\n## Balance sheets\n\n## in EUR million\n\n{body}\n\n## Notes"
    sections = [chunk.metadata["section"] for chunk in chunks_of(f"{page}\n\n{body}")]
    assert sections == ["Report", "Balance sheets · in EUR million", "Notes"]


def test_numbered_headings_keep_to_themselves() -> None:
    page = f"# Report\n\n## 1 Results\n\n## 2 Outlook\n\n{SENTENCE.format(1)}"
    assert [chunk.metadata["section"] for chunk in chunks_of(page)] == ["2 Outlook"]


def test_headings_without_number_stand_under_the_note_above_them() -> None:
    page = "\n\n".join(
        f"#### {heading}\n\n{' '.join([SENTENCE.format(1)] * 5)}"
        for heading in ("Annual report", "Note 1 - Debt", "Loans", "Leases", "Note 2 - Tax")
        for _ in range(2)
    )
    sections = [chunk.metadata["section"] for chunk in chunks_of(page)]
    assert list(dict.fromkeys(sections))[1:] == [
        "Note 1 - Debt",
        "Note 1 - Debt › Loans",
        "Note 1 - Debt › Leases",
        "Note 2 - Tax",
    ]


def test_a_lead_in_lends_its_scale_to_the_table() -> None:
    [chunk] = chunks_of("Debt was as follows (in millions):\n\n" + long_table(2, caption=""))
    table = Table.from_html(chunk.page_content, caption=chunk.metadata["caption"])
    assert [cell.amount for cell in table.cells()][:1] == [500000]


def test_metadata_is_flat_and_never_an_empty_list() -> None:
    for chunk in chunks_of(long_table(3), SENTENCE.format(1)):
        for value in chunk.metadata.values():
            values = value if isinstance(value, list) else [value]
            assert values
            assert all(isinstance(item, str | int | float) for item in values)


def test_the_same_page_gives_the_same_ids() -> None:
    first = chunks_of(SENTENCE.format(1), long_table(3))
    second = chunks_of(SENTENCE.format(1) + " More.", long_table(3))
    assert [chunk.id for chunk in first] == [
        chunk.metadata["chunk_id"] for chunk in chunks_of(SENTENCE.format(1), long_table(3))
    ]
    assert first[1].id == second[1].id
    assert first[0].id != second[0].id


def test_a_list_stays_with_its_lead_in() -> None:
    filler = " ".join(SENTENCE.format(number) for number in range(18))
    items = "\n".join(f"- {SENTENCE.format(number)}" for number in range(6))
    chunks = chunks_of(f"{filler}\n\nThe reasons are:\n\n{items}")
    [found] = [chunk for chunk in chunks if "The reasons are:" in chunk.page_content]
    assert "- The value of item 0" in found.page_content


def test_references_are_grouped() -> None:
    entries = "\n".join(
        f"<chunk>A. Author and B. Author. Title number {number}. Journal, 2024.</chunk>"
        for number in range(60)
    )
    chunks = chunks_of(f"## References\n{entries}")
    assert len(chunks) <= 3
    assert sum(chunk.page_content.count("Title number") for chunk in chunks) == 60


def test_page_numbers_and_notices_are_taken_off() -> None:
    [chunk] = chunks_of(f"{SENTENCE.format(1)} [text continues on next page]\n\nPage 22")
    assert chunk.page_content == SENTENCE.format(1)


def test_a_page_that_failed_makes_no_chunk_and_no_bridge() -> None:
    readings = [
        Reading(0, Outcome.OK, "This sentence is broken over the", "local"),
        Reading(1, Outcome.TRUNCATED, "nothing of this", "local"),
        Reading(2, Outcome.OK, "page and goes on.", "local"),
    ]
    chunks = list(make_chunks("report.pdf", readings))
    assert [chunk.metadata["pages"] for chunk in chunks] == [[0], [2]]


def test_doubts_of_the_audit_travel_with_their_chunk() -> None:
    audit = Audit(novel_numbers=["96.7"])
    reading = Reading(0, Outcome.OK, f"It scored 96.7 points.\n\n{long_table(2)}", "x", audit=audit)
    text, table = make_chunks("report.pdf", [reading])
    assert text.metadata["novel_numbers"] == ["96.7"]
    assert "novel_numbers" not in table.metadata


def test_a_table_is_searched_by_words_not_by_tags() -> None:
    [chunk] = chunks_of("# Report\n\n" + long_table(2))
    text = searched_text(chunk)
    assert "<t" not in text
    assert "Table 1: Counts" in text
    assert "Row number 1 | 1.5 | some longer words 1" in text


def test_chunks_come_while_pages_are_read() -> None:
    taken: list[int] = []

    def pages() -> list[Reading]:
        return [Reading(number, Outcome.OK, SENTENCE.format(number), "l") for number in range(50)]

    def reading() -> object:
        for page in pages():
            taken.append(page.page)
            yield page

    stream = make_chunks("report.pdf", reading())  # type: ignore[arg-type]
    next(stream)
    assert len(taken) <= 3


WORDS = st.lists(
    st.sampled_from(["alpha", "beta", "gamma.", "delta:", "42", "中文。"]), max_size=60
)
BLOCKS = st.one_of(
    WORDS.map(" ".join),
    WORDS.map(lambda words: "\n".join(f"- {word}" for word in words)),
    st.integers(1, 40).map(lambda rows: long_table(rows)),
)


@settings(deadline=None)
@given(st.lists(st.lists(BLOCKS, max_size=4), max_size=4))
def test_no_word_is_lost_between_markup_and_chunks(pages: list[list[str]]) -> None:
    chunks = chunks_of(*["\n\n".join(blocks) for blocks in pages])
    found = "\n".join(chunk.page_content for chunk in chunks)
    wanted = "\n".join(block for blocks in pages for block in blocks)
    for word in ("alpha", "beta", "gamma", "delta", "中文", "longer"):
        assert found.count(word) == wanted.count(word)
    assert sorted(re.findall(r"Row number \d+", found)) == sorted(
        re.findall(r"Row number \d+", wanted)
    )


def test_a_document_of_nothing_but_headings_is_cut_like_any_other() -> None:
    headings = [f"{'#' * (1 + number % 3)} Heading number {number}" for number in range(2000)]
    chunks = chunks_of("<chunk>\n" + "\n\n".join(headings) + "\n</chunk>")
    assert max(token_count(chunk.page_content) for chunk in chunks) <= 600
    text = "\n".join(chunk.page_content for chunk in chunks)
    assert all(heading in text for heading in headings)

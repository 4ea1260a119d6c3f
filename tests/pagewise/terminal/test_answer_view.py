from __future__ import annotations

import io
from typing import Any

from langchain_core.documents import Document
from rich.console import Console

from graph.answer import Answer, CellReference, Check, Citation, Computed
from pagewise.terminal.answer_view import (
    QUOTE_LENGTH,
    around_table,
    citation_line,
    marked_text,
    places_told,
    remarks,
    show_passage,
    show_passages,
)
from pagewise.terminal.citations import Passage
from tests.passages import STATEMENT, chunk


def answer(text: str, **more: Any) -> Answer:
    return Answer(question="?", answer=text, kind="written", **more)


def cited(**more: Any) -> Citation:
    told = {"marker": 1, "document": "a.pdf", "page": 3, "kind": "text", "quote": "Dues rose."}
    return Citation(**(told | more))


def test_a_number_that_is_not_to_be_trusted_is_marked_where_it_stands_whole() -> None:
    shown = marked_text(answer("5 of 55, 5.5 and [5] 7.", unverified_numbers=("5",)), ["7"])
    assert shown == "5 (?) of 55, 5.5 and [5] 7 (~)."


def test_steps_that_were_not_told_and_numbers_that_nobody_found_are_remarks() -> None:
    step = Computed(expression="5 - 3", result="2")
    told = answer("It is 2.", computed=(step,), unverified_numbers=("2",), verified=False)
    assert remarks(told) == ["= 5 - 3 = 2", "(?) not found in the cited sources: 2"]
    assert remarks(answer("It is 5 - 3 = 2.", computed=(step,))) == []


def test_a_check_that_says_more_than_a_mark_is_told_once() -> None:
    check = Check(what="unit", text="7 million", why="is given in thousand")
    told = answer("7 million", checks=(check,), unverified_numbers=("7 million",), verified=False)
    assert remarks(told) == [f"(?) {check}"]


def test_a_citation_says_its_page_and_its_cell_or_quote() -> None:
    assert citation_line(cited()) == "a.pdf, p. 3: “Dues rose.”"
    assert citation_line(cited(label="iii")) == "a.pdf, p. 3 (iii): “Dues rose.”"
    assert citation_line(cited(label="3", quote="")) == "a.pdf, p. 3"
    cell = CellReference(row=("Dues",), column=("2024",), value="5")
    assert citation_line(cited(cell=cell)) == "a.pdf, p. 3: Dues › 2024 = 5"
    assert len(citation_line(cited(quote="x" * 500))) < QUOTE_LENGTH + 20


def test_control_characters_of_a_document_do_nothing() -> None:
    assert "\x1b" not in citation_line(cited(quote="\x1b[31mred", document="\x1b]a.pdf"))


def test_passages_are_told_whole_where_nothing_is_claimed() -> None:
    long = "Dues rose. " * 50 + "End"
    for kind, length in (("passages", len(long)), ("quote", QUOTE_LENGTH)):
        answer = Answer(question="?", answer="[1]", kind=kind, citations=(cited(quote=long),))
        [(marker, place)] = places_told(answer)
        assert marker == "[1]"
        assert len(place.partition("“")[2].rstrip("”")) == length, kind


def test_a_chunk_is_parted_around_its_table() -> None:
    before, table, after = around_table(f"{STATEMENT}\nNotes")
    assert before.strip() == STATEMENT.split("\n")[0]
    assert table.startswith("<table>")
    assert after.strip() == "Notes"
    assert around_table("No table") == ("No table", "", "")


def test_a_passage_in_a_pipe_is_plain_lines() -> None:
    screen = Console(file=io.StringIO(), width=200)
    found: Document = chunk(STATEMENT, page=2)
    show_passage(Passage(1, [cited()], found), found, screen)
    show_passages([Passage(2, [cited(marker=2)], None)], screen)
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert shown.startswith("[1] orion.pdf, p. 3 · table")
    assert "Net sales › Year ended December 31, › 2022 = $5,000" in shown.replace("$ ", "$")
    assert "[2] a.pdf, p. 3: “Dues rose.”: no longer in the library" in shown

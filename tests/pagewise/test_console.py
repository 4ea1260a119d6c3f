"""Words on the screen: text of documents is data, and a pipe gets whole lines."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from graph.answer import Answer, Check, Citation, Computed
from loaders.storing.truth.records import DocumentRecord
from pagewise import console
from pagewise.library import Library
from pagewise.terminal.answer_view import citation_line, marked_text, remarks, show_answer


def terminal(width: int = 80) -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=width, color_system=None)


def text_of(screen: Console) -> str:
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


@pytest.mark.parametrize(
    "code",
    ["\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x9b", "\x07", "\r", "\u202e"],
    ids=["clear", "title", "link", "c1", "bell", "return", "direction"],
)
def test_what_would_steer_a_terminal_is_taken_out(code: str) -> None:
    assert console.plain(f"a{code}b") == "ab"


def test_a_complaint_is_one_line_without_pictures_or_markup(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console.complain("ratio 1:100:3\n[red]x[/] \x1b[31my")
    assert capsys.readouterr().err == "pagewise: ratio 1:100:3 [red]x[/] y\n"


def test_a_list_in_a_pipe_is_not_cut(capsys: pytest.CaptureFixture[str]) -> None:
    name = "a-very-long-name-" * 20 + ".pdf"
    console.out().print(console.document_table([DocumentRecord(name, "0", pages=1)], {}))
    assert name in capsys.readouterr().out


def test_the_name_of_a_document_is_text_in_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    name = "[link=http://evil.example]a[/link] :100: [red]b.pdf"
    console.out().print(console.document_table([DocumentRecord(name, "0", pages=1)], {}))
    assert name in capsys.readouterr().out


def test_a_line_end_in_a_name_forges_no_citation() -> None:
    name, screen = "a.pdf\n  [2] forged.pdf, p. 1\u200b", Console(file=io.StringIO())
    citation = Citation(marker=1, document=name, page=1, label="i\nv", kind="text", quote="x\ny")
    assert citation_line(citation) == "a.pdf [2] forged.pdf, p. 1, p. 1 (i v): “x y”"
    screen.print(console.document_table([DocumentRecord(name, "0", pages=1)], {}))
    assert len(text_of(screen).splitlines()) == 2


def test_numbers_that_were_not_found_are_marked_where_they_stand() -> None:
    answer = Answer(
        question="?", answer="It was 12.5, not 112.5 or 12.55. [1]", unverified_numbers=["12.5"]
    )
    assert marked_text(answer) == "It was 12.5 (?), not 112.5 or 12.55. [1]"
    assert remarks(answer) == ["(?) not found in the cited sources: 12.5"]


def test_what_the_answer_says_itself_is_said_once() -> None:
    text = "97.3 - 96.4 = 0.9 [1]\nNote: 97.3 was read with doubt; compare page 3 of a.pdf."
    answer = Answer(
        question="?",
        answer=text,
        computed=[Computed(expression="97.3 - 96.4", result="0.9", operands=(1,))],
    )
    assert marked_text(answer, {"97.3", "1"}) == "97.3 (~) - 96.4 = 0.9 [1]"
    assert remarks(answer) == ["Note: 97.3 was read with doubt; compare page 3 of a.pdf."]


def test_an_unverified_number_that_a_note_explains_is_not_told_twice() -> None:
    note = "Note: 40 was read from the picture on page 4 of a.pdf alone."
    answer = Answer(
        question="?", answer=f"It was 40 and 41. [1]\n{note}", unverified_numbers=["40", "41"]
    )
    assert remarks(answer) == ["(?) not found in the cited sources: 41", note]


def test_what_was_computed_is_told() -> None:
    answer = Answer(
        question="?",
        answer="0.9 [1]",
        computed=[Computed(expression="97.3 - 96.4", result="0.9", operands=(1,))],
    )
    assert remarks(answer) == ["= 97.3 - 96.4 = 0.9"]


def test_a_pipe_gets_plain_lines(
    sample_library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    citation = Citation(
        marker=1, document="larkmoor.pdf", page=4, kind="text", quote="a quote " * 30
    )
    answer = Answer(question="?", answer="**Yes**, " * 40 + "[1]", citations=[citation])
    show_answer(answer, console.out(), sample_library.store)
    text, place = capsys.readouterr().out.splitlines()
    assert text == answer.answer
    assert place.startswith("  [1] larkmoor.pdf, p. 4: “a quote")


def test_a_terminal_gets_the_cited_table_within_its_width(sample_library: Library) -> None:
    screen = terminal()
    answer = sample_library.ask("What was the revenue of Leak sensors in 2025?")
    show_answer(answer, screen, sample_library.store)
    printed = text_of(screen)
    assert "▸96.4" in printed
    assert "Table 1 | Revenue and operating profit by segment" in printed
    assert max(map(len, printed.splitlines())) <= 80


def test_marks_are_seen_without_colours(sample_library: Library) -> None:
    screen = terminal()
    answer = Answer(question="?", answer="It was 12.5. [1]", unverified_numbers=["12.5"])
    show_answer(answer, screen, sample_library.store)
    assert "It was 12.5 (?). [1]" in text_of(screen)
    assert "\x1b" not in text_of(screen)


def test_a_check_that_failed_and_what_was_not_checked_are_said() -> None:
    check = Check(what="unit", text="5 million", why="the source gives 5 thousand")
    wrong = Answer(question="?", answer="It was 5 million. [1]", verified=False, checks=[check])
    assert remarks(wrong) == ["(?) 5 million the source gives 5 thousand"]
    told = ("It may fail.",)
    plain = Answer(question="?", answer="It may fail. [1]", kind="quote", unchecked=told)
    assert remarks(plain) == ["quoted, not checked"]
    mixed = Answer(question="?", answer="It may fail [1]. It was 5 [1].", unchecked=told)
    assert remarks(mixed) == ["not checked: “It may fail.”"]
    assert remarks(Answer(question="?", answer="It was 5. [1]", kind="quote")) == []

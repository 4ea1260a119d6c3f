"""The commands of a conversation, typed one after the other."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from pagewise.library import Library
from pagewise.settings import Settings
from pagewise.terminal import slash_commands
from pagewise.terminal.conversation import Conversation, command_meant

QUESTION = "What was the revenue of Leak sensors in 2025?"


@pytest.fixture
def conversation(sample_library: Library) -> Conversation:
    """In a terminal of 80 columns, so that what is drawn is drawn."""
    made = Conversation(sample_library, slash_commands.run)
    made.screen = Console(file=io.StringIO(), force_terminal=True, width=80, color_system=None)
    return made


def said(conversation: Conversation, line: str) -> str:
    assert isinstance(conversation.screen.file, io.StringIO)
    start = len(conversation.screen.file.getvalue())
    conversation.hear(line)
    return conversation.screen.file.getvalue()[start:]


def test_the_sources_are_the_cited_passages_in_full(conversation: Conversation) -> None:
    said(conversation, QUESTION)
    printed = said(conversation, "/sources")
    assert "[1] larkmoor.pdf, p. 3 · table · How the year went" in printed
    assert "▸96.4" in printed
    assert "Corporate and eliminations" in printed


def test_the_page_is_drawn_into_a_file(conversation: Conversation) -> None:
    said(conversation, QUESTION)
    printed = said(conversation, "/page 3")
    path = conversation.library.settings.home / "pictures" / "larkmoor.pdf-p3.png"
    assert path.read_bytes().startswith(b"\x89PNG")
    assert "the cited place is framed" in printed
    assert str(path) in printed


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/page", "which one? Write /page N"),
        ("/page three", "write /page N"),
        ("/page 99", "has 8 pages, and no page 99"),
        ("/page 1 other.pdf", "it holds: larkmoor.pdf"),
        ("/sources", "nothing has been answered yet"),
        ("/export", "nothing has been answered yet"),
        ("/add", "which file?"),
        ("/add nowhere.pdf", "no such file or folder"),
        ('/add ""', "which file?"),
        ("/add ~nobody-of-that-name/a.pdf", "home folder"),
        ("/docments", "no such command; did you mean /documents?"),
        ("/xyz", "no such command; /help lists the commands"),
    ],
)
def test_what_cannot_be_done_is_told(
    line: str, told: str, conversation: Conversation, capsys: pytest.CaptureFixture[str]
) -> None:
    conversation.hear(line)
    assert told in capsys.readouterr().err
    assert not conversation.is_over


def test_documents_are_listed(conversation: Conversation) -> None:
    assert "larkmoor.pdf      8  local" in said(conversation, "/documents")


def test_help_names_every_command_once(conversation: Conversation) -> None:
    printed = said(conversation, "/help")
    for name in ("/sources", "/page", "/documents", "/add", "/export", "/new", "/help", "/quit"):
        assert printed.count(f"{name} ") == 1


def test_new_forgets_what_was_said(conversation: Conversation) -> None:
    said(conversation, QUESTION)
    before = conversation.thread
    said(conversation, "/new")
    assert conversation.turns == []
    assert conversation.thread != before


def test_a_conversation_is_exported_with_its_citations(
    conversation: Conversation, tmp_path: Path
) -> None:
    said(conversation, QUESTION)
    assert "1 question written to" in said(conversation, f"/export {tmp_path / 'talk.md'}")
    text = (tmp_path / "talk.md").read_text(encoding="utf-8")
    assert f"## {QUESTION}" in text
    assert "[1] larkmoor.pdf, p. 3" in text


def test_a_file_is_added_and_can_be_asked(
    tmp_path: Path, small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library(Settings(home=tmp_path, offline=True)) as library:
        conversation = Conversation(library, slash_commands.run)
        conversation.hear(f"/add '{small_pdf}'")
        conversation.hear("How many people does the company employ?")
        conversation.hear("/page 1")
        conversation.hear("/quit")
    assert conversation.is_over
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1 document | 2 pages: 2 ok")
    assert "340 people" in lines[1]
    assert lines[-1] == str(tmp_path / "pictures" / "report.pdf-p1.png")


def test_an_export_says_where_it_is_even_if_the_name_does_not(
    conversation: Conversation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said(conversation, QUESTION)
    assert str(tmp_path / "talk.md") in said(conversation, "/export talk.md").replace("\n", "")


@pytest.mark.parametrize("line", ["help", "Help!", "?", "What can you do?"])
def test_who_asks_for_help_in_words_gets_it(conversation: Conversation, line: str) -> None:
    assert "/sources" in said(conversation, line)
    assert conversation.turns == []


@pytest.mark.parametrize("line", ["exit", "quit", "Bye!", "/exit"])
def test_who_leaves_in_words_has_left(conversation: Conversation, line: str) -> None:
    said(conversation, line)
    assert conversation.is_over


def test_a_question_about_help_is_a_question() -> None:
    assert command_meant("Who offers help desks?") == ""

"""One thread of questions: what fails, what is interrupted, and what is shown meanwhile."""

from __future__ import annotations

import io
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.outputs import ChatResult
from langgraph.checkpoint.memory import InMemorySaver
from rich.console import Console

from graph.answer import Answer
from graph.build import build_graph
from graph.generation.chat_writer import ModelWriter
from pagewise.library import Library
from pagewise.settings import Settings
from pagewise.terminal import slash_commands
from pagewise.terminal.conversation import Conversation, Turn
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, Request, failing

QUESTION = "What was the revenue of Leak sensors in 2025?"
SLOW_MACHINE_S = 600


@pytest.fixture
def answered_by_gemini(sample_library: Library, gemini: GeminiEmulator, tmp_path: Path) -> Library:
    """The sample, read and embedded here, and answered by the emulator."""
    home = tmp_path / "home"
    shutil.copytree(sample_library.settings.home, home)
    chat = f"google_genai:{CHAT}"
    return Library(Settings(home=home, chat=chat, google_api_key=KEY, google_base_url=gemini.url))


def on_screen(conversation: Conversation) -> str:
    assert isinstance(conversation.screen.file, io.StringIO)
    return conversation.screen.file.getvalue()


def in_terminal(library: Library) -> Conversation:
    conversation = Conversation(library, slash_commands.run)
    conversation.screen = Console(file=io.StringIO(), force_terminal=True, width=80)
    return conversation


def test_a_failed_question_does_not_end_the_conversation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library(Settings(home=tmp_path, offline=True)) as library:
        conversation = Conversation(library, slash_commands.run)
        conversation.hear(QUESTION)
        conversation.hear("/help")
    captured = capsys.readouterr()
    assert "the library is empty: /add FILE.pdf" in captured.err
    assert "/documents" in captured.out


def test_what_a_model_writes_is_shown_before_it_is_checked(
    answered_by_gemini: Library, gemini: GeminiEmulator
) -> None:
    gemini.otherwise = lambda request: Reply("Leak sensors sold for 96.4 million. [1]")
    with answered_by_gemini as library:
        conversation = in_terminal(library)
        conversation.hear(QUESTION)
    printed = on_screen(conversation)
    assert "looking for it in the documents" in printed
    assert conversation.turns[0].answer.answer == "Leak sensors sold for 96.4 million. [1]"
    assert printed.rindex("Leak sensors sold") > printed.rindex("looking for it")


def test_a_model_that_fails_is_told_in_one_line(
    answered_by_gemini: Library, gemini: GeminiEmulator, capsys: pytest.CaptureFixture[str]
) -> None:
    gemini.otherwise = lambda request: failing(400, message="no\x1b[31m such thing")
    with answered_by_gemini as library:
        conversation = in_terminal(library)
        conversation.hear(QUESTION)
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("pagewise: ")
    assert "\x1b" not in line
    assert conversation.turns == []


def test_a_model_of_another_maker_that_fails_does_not_end_the_conversation(
    answered_by_gemini: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    class OutOfWords(GenericFakeChatModel):
        def _generate(self, *args: object, **kwargs: object) -> ChatResult:
            raise ConnectionError(f"key {KEY[:20]} is not known")

    with answered_by_gemini as library:
        chat = OutOfWords(messages=iter([]), disable_streaming=True)
        library.threaded_graph = build_graph(
            library.retriever,
            library.store.chunks,
            ModelWriter(chat, "other"),
            checkpointer=InMemorySaver(),
        )
        conversation = in_terminal(library)
        conversation.hear(QUESTION)
        conversation.hear("/documents")
    [line] = capsys.readouterr().err.splitlines()
    assert line == "pagewise: no answer (ConnectionError: key (key) is not known)"
    assert "larkmoor.pdf" in on_screen(conversation)


def test_an_interrupted_answer_is_left_and_the_next_goes_on_without_it(
    answered_by_gemini: Library, gemini: GeminiEmulator
) -> None:
    is_asked, may_answer = threading.Event(), threading.Event()

    def hang(request: Request) -> Reply:
        is_asked.set()
        may_answer.wait(SLOW_MACHINE_S)
        return Reply("Late: 96.4. [1]")

    def press_ctrl_c() -> None:
        is_asked.wait(SLOW_MACHINE_S)
        ident = threading.main_thread().ident
        assert ident is not None
        signal.pthread_kill(ident, signal.SIGINT)  # as a terminal: it wakes who waits there

    with answered_by_gemini as library:
        conversation = in_terminal(library)
        gemini.otherwise = hang
        threading.Thread(target=press_ctrl_c).start()
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            conversation.ask(QUESTION)
        assert time.monotonic() - started < SLOW_MACHINE_S
        may_answer.set()
        gemini.otherwise = lambda request: Reply("Leak sensors sold for 96.4 million. [1]")
        conversation.ask(QUESTION)
    assert [turn.answer.answer for turn in conversation.turns] == [
        "Leak sensors sold for 96.4 million. [1]"
    ]


def test_a_library_that_is_only_read_keeps_no_thread_and_understands_what_follows(
    sample_library: Library, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_library.settings.home, home)
    (home / "threads.sqlite").unlink(missing_ok=True)
    with Library(Settings(home=home, offline=True), read_only=True) as library:
        conversation = in_terminal(library)
        long = Answer(question="?", answer="No. " * 3000)  # a history as long is refused
        conversation.turns = [Turn("?", long, set())] * 20
        conversation.ask(QUESTION)
        conversation.ask("And in 2024?")
    first, second = [turn.answer for turn in conversation.turns[-2:]]
    assert "96.4" in first.answer
    assert "81.7" in second.answer
    assert not (home / "threads.sqlite").exists()

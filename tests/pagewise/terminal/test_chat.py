"""The conversation: in a pipe, in a terminal, and when a model is slow or fails."""

from __future__ import annotations

import io
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.outputs import ChatResult
from langgraph.checkpoint.memory import InMemorySaver
from rich.console import Console

from graph.build import build_graph
from graph.generation.chat_writer import ModelWriter
from pagewise.library import Library
from pagewise.settings import Settings
from pagewise.terminal import slash_commands
from pagewise.terminal.chat import models_line
from pagewise.terminal.conversation import Conversation
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, Request, failing

ROOT = Path(__file__).parents[3]
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
        may_answer.wait(60)
        return Reply("Late: 96.4. [1]")

    def press_ctrl_c() -> None:
        is_asked.wait(60)
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


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (Settings(), "Local models; nothing leaves this machine (GOOGLE_API_KEY brings Gemini)."),
        (Settings(offline=True), "Local models; nothing leaves this machine."),
        (
            Settings(reader="google_genai:a", chat="google_genai:a", embeddings="google_genai:b"),
            "a reads and answers, b finds.",
        ),
        (
            Settings(reader="google_genai:a", chat="openai:c"),
            "a reads, c answers, this machine finds.",
        ),
    ],
    ids=["no-key", "offline", "gemini", "mixed"],
)
def test_a_newcomer_is_told_which_models_work(settings: Settings, line: str) -> None:
    told = models_line(settings)
    assert told.startswith(line)
    assert len(told) <= 80


class Typed:
    """The program in a terminal of its own, and what somebody types into it."""

    def __init__(self, home: Path, *sources: str) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "main.py", "--home", str(home), "--offline", *sources],
            cwd=ROOT,
            env={"PATH": os.defpath, "TERM": "dumb", "LANG": "C.UTF-8", "HOME": str(home)},
            preexec_fn=lambda: os.login_tty(slave),
        )
        os.close(slave)
        self.shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def wait_for(self, text: str) -> None:
        until = time.monotonic() + SLOW_MACHINE_S
        while text not in self.shown:
            ready, _, _ = select.select([self.master], [], [], until - time.monotonic())
            assert ready, f"{text!r} was never shown: {self.shown!r}"
            self.shown += os.read(self.master, 65536).decode("utf-8", "replace")

    def leave(self) -> int:
        """Ctrl-D until it is heard: a terminal drops it in the moment between two modes.

        What it still says is read, else it waits for ever until somebody does.
        """
        until = time.monotonic() + SLOW_MACHINE_S
        while self.process.poll() is None and time.monotonic() < until:
            self.type("\x04")
            while self.process.poll() is None and select.select([self.master], [], [], 1)[0]:
                with suppress(OSError):  # it has left
                    self.shown += os.read(self.master, 65536).decode("utf-8", "replace")
        return self.process.wait(SLOW_MACHINE_S)


def test_ctrl_c_pressed_often_ends_nothing(sample_library: Library, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_library.settings.home, home)
    with Typed(home) as typed:
        typed.wait_for("› ")
        for _ in range(40):
            typed.type("\x03")
        typed.wait_for("Ctrl-D ends.")
        for _ in range(5):
            typed.type("\x03\x03")
            typed.process.send_signal(signal.SIGINT)
            typed.shown = ""
            typed.type(f"\x03{QUESTION}\r")
            typed.wait_for("larkmoor.pdf")
        assert typed.leave() == 0
    assert "Exception" not in typed.shown
    assert "never awaited" not in typed.shown


def test_somebody_types_asks_interrupts_and_leaves(sample_library: Library, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_library.settings.home, home)
    with Typed(home) as typed:
        typed.wait_for("› ")
        assert "1 document, 8 pages. Ask a question, or type /help." in typed.shown
        typed.type("half a ques\x03")
        typed.wait_for("Ctrl-D ends.\r\n› ")
        typed.type(f"{QUESTION}\r")
        typed.wait_for("[1] larkmoor.pdf, p. 3")
        assert typed.leave() == 0
    assert f"+{QUESTION}" in (home / "history").read_text(encoding="utf-8")
    assert (home / "history").stat().st_mode & 0o077 == 0


def test_somebody_asks_the_first_pages_while_the_others_are_read_and_leaves(
    tmp_path: Path,
) -> None:
    filling = "It stands in the hall and is looked after every week. " * 24
    pages = (f"# Pump P-{n}\n\nPump P-{n} has {40 + n} valves.\n\n{filling}" for n in range(1, 60))
    (tmp_path / "manual.txt").write_text("\f".join(pages), encoding="utf-8")
    with Typed(tmp_path / "home", str(tmp_path / "manual.txt")) as typed:
        typed.wait_for("› ")
        typed.type("How many valves does pump P-3 have?\r")
        typed.wait_for("manual.txt, p. 3")
        assert typed.leave() == 0
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        library.index([str(tmp_path / "manual.txt")])
        assert {chunk.metadata["page"] for chunk in library.store.chunks_of("manual.txt")} == set(
            range(59)
        )

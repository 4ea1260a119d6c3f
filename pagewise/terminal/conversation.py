"""One thread of questions at the terminal: what is asked, what is shown while it is answered."""

from __future__ import annotations

import queue
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from typing import NamedTuple

from rich.console import Group
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from graph.answer import Answer, Json
from graph.limits import LONGEST_TURN, MOST_TURNS
from loaders.errors import PagewiseError, UsageError
from loaders.reading.rate_limiting.model_calls import nobody_waits
from pagewise import console
from pagewise.answer_stream import add
from pagewise.library import Library
from pagewise.secrets import redaction_for
from pagewise.terminal.answer_view import show_answer
from pagewise.terminal.citations import doubtful_numbers, passages_of
from pagewise.terminal.interrupts import silent_keys
from pagewise.terminal.safe_markdown import SafeMarkdown

SEARCHING, CHECKING = "looking for it in the documents …", "not yet checked …"
MEANT = {
    **dict.fromkeys(("help", "help me", "commands", "what can you do", "what can i do"), "/help"),
    **dict.fromkeys(("exit", "quit", "bye", "goodbye"), "/quit"),
}
"""What newcomers type in words."""
RunCommand = Callable[[str, "Conversation"], None]


class Turn(NamedTuple):
    """A question, its answer, and the numbers in it that are in doubt."""

    question: str
    answer: Answer
    doubtful: Set[str]


class Conversation:
    """One thread of questions with a library; `/new` begins another."""

    def __init__(self, library: Library, run_command: RunCommand | None = None) -> None:
        """`run_command` does what a line that begins with a slash says."""
        self.library, self.run_command = library, run_command
        self.screen = console.out()
        named = library.settings.models
        self.models = ", ".join(f"{role} {model}" for role, model in named.items())
        self.is_over = False
        self.begin()

    def begin(self) -> None:
        """Forget what was said."""
        self.turns: list[Turn] = []
        self.thread = self._new_thread()
        self.carried: list[tuple[str, str]] = []
        """Turns that no thread keeps."""

    def hear(self, line: str) -> None:
        """Take a question or a command; what goes wrong is told, and the next line may come."""
        if not line:
            return
        try:
            if self.run_command and (command := command_meant(line)):
                self.run_command(command, self)
            else:
                self.ask(line)
        except PagewiseError as error:
            console.complain(str(error))
        except Exception as error:  # noqa: BLE001 - models of other makers fail in their own ways
            told = redaction_for(self.library.settings).text(str(error))
            console.complain(f"no answer ({type(error).__name__}: {told})")
        except KeyboardInterrupt:
            if not is_watched():
                raise
            kept = "; pages that were read are kept" if line.startswith("/add ") else ""
            self.screen.print(Text(f"stopped{kept}", style="dim"))

    def ask(self, question: str) -> None:
        """Answer while it is being written; remember the answer when it has been checked."""
        if not self.library.documents():
            raise UsageError("the library is empty: /add FILE.pdf, a folder or a URL, then ask")
        pieces = self.library.stream(question, thread=self.thread, history=self.carried)
        try:
            answer = Answer.model_validate(self._watch(pieces))
        except KeyboardInterrupt:
            # What was stopped may still end in its thread: this one goes on without it.
            self.thread, self.carried = self._new_thread(), self._last_turns()
            raise
        store = self.library.store
        doubtful = doubtful_numbers(passages_of(store, answer), answer)
        self.turns.append(Turn(question, answer, doubtful))
        self.carried = [] if self.thread else self._last_turns()
        self._space()
        show_answer(answer, self.screen, store)
        self._space()

    def _new_thread(self) -> str:
        return "" if self.library.read_only else uuid.uuid4().hex

    def _last_turns(self) -> list[tuple[str, str]]:
        last = self.turns[-MOST_TURNS:]
        return [(turn.question, turn.answer.answer[:LONGEST_TURN]) for turn in last]

    def _watch(self, pieces: Iterator[Json]) -> Json:
        """Show the draft as it grows; return the sum of the checked pieces."""
        total: Json = {}
        draft = ""
        with self._shown() as show:
            for piece in _from_thread(pieces):
                draft += piece.pop("draft", "")
                add(piece, total)
                if draft and not total:
                    show(draft)
        return total

    @contextmanager
    def _shown(self) -> Iterator[Callable[[str], None]]:
        """A place on the screen for what is not yet an answer; it is gone when that comes."""
        if not self.screen.is_terminal or self.screen.is_dumb_terminal:
            yield lambda draft: None
            return
        can_draw = self.screen.encoding.startswith("utf")
        spinner = Spinner("dots" if can_draw else "line", Text(SEARCHING, style="dim"))
        live = Live(
            spinner,
            console=self.screen,
            transient=True,
            refresh_per_second=8,
            vertical_overflow="ellipsis",
        )
        with silent_keys(), live:

            def show(draft: str) -> None:
                spinner.update(text=Text(CHECKING, style="dim"))
                live.update(Group(SafeMarkdown(draft), spinner))

            yield show

    def _space(self) -> None:
        if self.screen.is_terminal:
            self.screen.print()


def _from_thread(pieces: Iterator[Json]) -> Iterator[Json]:
    """Take the pieces from a thread that makes them, so that Ctrl-C need not wait for a model."""
    made: queue.SimpleQueue[Json | BaseException | None] = queue.SimpleQueue()
    is_over = threading.Event()

    def make() -> None:
        nobody_waits.set(is_over)
        try:
            for piece in pieces:
                if is_over.is_set():
                    return
                made.put(piece)
            made.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            made.put(error)

    threading.Thread(target=make, name="answering", daemon=True).start()
    try:
        while (piece := made.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        is_over.set()


def command_meant(line: str) -> str:
    """The command that a line is or asks for in words; nothing if it is a question."""
    if line.startswith("/"):
        return line
    return MEANT.get(line.casefold().strip(" ?!."), "/help" if line.strip() == "?" else "")


def is_watched() -> bool:
    """Whether somebody types and reads here; else it is a pipe."""
    return sys.stdin.isatty() and sys.stdout.isatty()

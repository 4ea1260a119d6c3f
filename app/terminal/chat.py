"""The conversation in a terminal, and its quiet twin for a pipe."""

from __future__ import annotations

import queue
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from app.models import names
from app.redaction import redaction_for
from app.report import counted
from app.settings import LOCAL, Settings
from app.terminal import console, slash
from app.terminal.passages import doubtful_numbers, passages_of
from app.terminal.safe_markdown import SafeMarkdown
from app.terminal.shown_answer import show_answer
from graph.answer import Answer
from loaders.errors import PagewiseError

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

    from app.library import Library

Json = dict[str, Any]
PROMPT = "› "
SEARCHING, CHECKING = "looking for it in the documents …", "not yet checked …"


def greet(library: Library) -> None:
    """Three lines for a newcomer: what this is, which models work, what to type."""
    if not _is_watched():
        return
    documents = library.documents()
    pages = sum(document.pages for document in documents)
    screen = console.out()
    screen.print(Text("Pagewise answers from your PDFs; each number is checked on its page."))
    screen.print(Text(models_line(library.settings)))
    if documents:
        held = f"{counted(len(documents), 'document')}, {counted(pages, 'page')}. Ask a question"
    else:
        held = "No documents yet: /add FILE.pdf, then ask"
    screen.print(Text(f"{held}, or type /help. Ctrl-D ends."))


def models_line(settings: Settings) -> str:
    """Which models work, by their bare names."""
    if settings.is_local:
        told = "Local models; nothing leaves this machine"
        return f"{told}." if settings.offline else f"{told} (GOOGLE_API_KEY brings Gemini)."
    reader, chat, embeddings = (
        "this machine" if name == LOCAL else name.partition(":")[2] or name
        for name in (settings.reader, settings.chat, settings.embeddings)
    )
    if reader == chat:
        return f"{reader} reads and answers, {embeddings} finds."
    return f"{reader} reads, {chat} answers, {embeddings} finds."


def converse(library: Library) -> None:
    """Answer questions until the input ends; a failed answer does not end the conversation."""
    conversation = Conversation(library)
    lines = _typed_lines(library) if _is_watched() else iter(sys.stdin.readline, "")
    for line in lines:
        conversation.hear(" ".join(line.split()))
        if conversation.is_over:
            return


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, its answer, and the numbers in it that are in doubt."""

    question: str
    answer: Answer
    doubtful: Set[str]


class Conversation:
    """One thread of questions with a library; `/new` begins another."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.screen = console.out()
        named = names(library.settings)
        self.models = ", ".join(f"{role} {model}" for role, model in named.items())
        self.is_over = False
        self.begin()

    def begin(self) -> None:
        """Forget what was said."""
        self.turns: list[Turn] = []
        self.thread = uuid.uuid4().hex
        self.carried: list[tuple[str, str]] = []

    def hear(self, line: str) -> None:
        """Take a question or a command; what goes wrong is told, and the next line may come."""
        if not line:
            return
        try:
            if line.startswith("/"):
                slash.run(line, self)
            else:
                self.ask(line)
        except PagewiseError as error:
            console.complain(str(error))
        except Exception as error:  # noqa: BLE001 - models of other makers fail in their own ways
            told = redaction_for(self.library.settings).text(str(error))
            console.complain(f"no answer ({type(error).__name__}: {told})")
        except KeyboardInterrupt:
            if not _is_watched():
                raise
            kept = "; pages that were read are kept" if line.startswith("/add ") else ""
            self.screen.print(Text(f"stopped{kept}", style="dim"))

    def ask(self, question: str) -> None:
        """Answer while it is being written; remember the answer when it has been checked."""
        pieces = self.library.stream(question, thread=self.thread, history=self.carried)
        try:
            answer = Answer.from_json(self._watch(pieces))
        except KeyboardInterrupt:
            # What was stopped may still end in its thread: this one goes on without it.
            self.thread = uuid.uuid4().hex
            self.carried = [(turn.question, turn.answer.answer) for turn in self.turns]
            raise
        self.carried = []
        store = self.library.store
        doubtful = doubtful_numbers(passages_of(store, answer), answer)
        self.turns.append(Turn(question, answer, doubtful))
        self._space()
        show_answer(answer, self.screen, store)
        self._space()

    def _watch(self, pieces: Iterator[Json]) -> Json:
        """Show the draft as it grows; return the sum of the checked pieces."""
        total: Json = {}
        draft = ""
        with self._shown() as show:
            for piece in _from_thread(pieces):
                draft += piece.pop("draft", "")
                for key, value in piece.items():
                    total[key] = total[key] + value if key in total else value
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
        with Live(
            spinner,
            console=self.screen,
            transient=True,
            refresh_per_second=8,
            vertical_overflow="ellipsis",
        ) as live:

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


def _is_watched() -> bool:
    """Whether somebody types and reads here; else it is a pipe."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _typed_lines(library: Library) -> Iterator[str]:
    """What is typed, with editing and with the history of this library's conversations."""
    session = _session(library)
    while True:
        try:
            yield session.prompt(PROMPT)
        except KeyboardInterrupt:
            console.out().print(Text("Ctrl-D ends.", style="dim"))
        except EOFError:
            return


def _session(library: Library) -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import FileHistory

    path = library.settings.home / "history"
    with suppress(OSError):
        path.touch(mode=0o600)
    commands = WordCompleter([*slash.COMMANDS], sentence=True)
    return PromptSession(
        history=FileHistory(str(path)), completer=commands, complete_while_typing=False
    )

"""The conversation at the terminal: greet, take lines, hand them on."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from rich.text import Text

from pagewise import console
from pagewise.indexing.index_report import counted
from pagewise.settings import LOCAL, Settings
from pagewise.terminal import slash_commands
from pagewise.terminal.conversation import Conversation, is_watched
from pagewise.terminal.interrupts import control_keys_typed, one_interrupt, signals_ignored

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

    from pagewise.library import Library

PROMPT = "› "


def greet(library: Library) -> None:
    """Three lines for a newcomer: what this is, which models work, what to type."""
    if not is_watched():
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
    for name, (in_now, total) in library.arriving().items():
        told = f"Pages 1 to {in_now} of {total} of {console.name(name)} are in so far."
        screen.print(Text(told, style="dim"))


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


def converse(library: Library, between: Callable[[], object] = lambda: None) -> None:
    """Answer questions until the input ends; a failed answer does not end the conversation.

    `between` is called after each.
    """
    conversation = Conversation(library, slash_commands.run)
    if is_watched():
        with signals_ignored(signal.SIGINT):
            _talk(library, conversation, between)
        return
    for line in iter(sys.stdin.readline, ""):
        conversation.hear(" ".join(line.split()))
        if conversation.is_over:
            return
        between()


def _talk(library: Library, conversation: Conversation, between: Callable[[], object]) -> None:
    """What is typed, with editing and with the history of this library's conversations."""
    session = _session(library)
    while not conversation.is_over:
        try:
            with control_keys_typed():
                line = session.prompt(PROMPT)
        except KeyboardInterrupt:
            console.out().print(Text("Ctrl-D ends.", style="dim"))
        except EOFError:
            return
        else:
            with one_interrupt():
                conversation.hear(" ".join(line.split()))
            between()


def _session(library: Library) -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    from pagewise.terminal.line_completer import LineCompleter

    path = library.settings.home / "history"
    with suppress(OSError):
        path.touch(mode=0o600)
    history = InMemoryHistory() if library.read_only else FileHistory(str(path))
    return PromptSession(history=history, completer=LineCompleter(), complete_while_typing=False)

"""The conversation in a terminal, and its quiet twin for a pipe."""

from __future__ import annotations

import sys
import uuid
from typing import TYPE_CHECKING

from app import console
from loaders.errors import PagewiseError

if TYPE_CHECKING:
    from app.library import Library

HELP = "Ask a question. /documents lists what is here, /new starts over, /quit ends."


def greet(library: Library) -> None:
    """Three lines for a newcomer: what this is, which models work, what to type."""
    if not sys.stdin.isatty():
        return
    settings, count = library.settings, len(library.documents())
    screen = console.out()
    screen.print("Pagewise answers from your PDFs; every number is checked against its page.")
    screen.print(
        f"{count} documents · reader {settings.reader} · answers {settings.chat} · "
        f"embeddings {settings.embeddings}",
        markup=False,
    )
    screen.print(HELP, style="dim")


def converse(library: Library) -> None:
    """Answer questions until the input ends; a failed answer does not end the conversation."""
    interactive = sys.stdin.isatty()
    screen = console.out()
    thread = uuid.uuid4().hex
    while (line := _next_line(interactive)) is not None:
        question = line.strip()
        match question:
            case "":
                continue
            case "/quit" | "/exit":
                return
            case "/help":
                screen.print(HELP)
            case "/new":
                thread = uuid.uuid4().hex
            case "/documents":
                for document in library.documents():
                    screen.print(f"{console.plain(document.name)} · {document.pages} pages")
            case _:
                _answer(library, question, thread)


def _next_line(interactive: bool) -> str | None:
    if not interactive:
        return sys.stdin.readline() or None
    try:
        return input("\n› ")
    except EOFError:
        return None


def _answer(library: Library, question: str, thread: str) -> None:
    try:
        answer = library.ask(question, thread=thread)
    except PagewiseError as error:
        console.err().print(f"pagewise: {console.plain(str(error))}", markup=False)
    except KeyboardInterrupt:
        console.err().print("stopped")
    else:
        console.show_answer(answer.to_json(), console.out())

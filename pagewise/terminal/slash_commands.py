"""The commands of a conversation: what begins with `/` is for the program, not for the models."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.table import Table
from rich.text import Text

from graph.answer import Answer
from loaders.errors import UsageError
from loaders.storing.truth.records import DocumentRecord
from pagewise import console
from pagewise.indexing.index_report import counted
from pagewise.library import Library
from pagewise.settings import terminal_names
from pagewise.terminal.answer_view import show_passages
from pagewise.terminal.conversation import Conversation

END = "/quit"


@dataclass(frozen=True, slots=True)
class Command:
    """A word, what may follow it, what it does, and the doing."""

    name: str
    operand: str
    summary: str
    do: Callable[[Conversation, str], None]


def run(line: str, conversation: Conversation) -> None:
    """Do what the line says.

    Raises:
        UsageError: There is no such command, or it lacks something.
    """
    name, _, operand = line.strip().partition(" ")
    command = COMMANDS.get(name.lower())
    if command is None:
        near = difflib.get_close_matches(name.lower(), COMMANDS, n=1)
        advice = f"did you mean {near[0]}?" if near else "/help lists the commands"
        raise UsageError(f"{name}: no such command; {advice}")
    command.do(conversation, operand.strip())


def show_help(conversation: Conversation, operand: str) -> None:
    """List the commands."""
    grid = Table.grid(padding=(0, 2))
    for command in dict.fromkeys(COMMANDS.values()):
        grid.add_row(Text(f"{command.name} {command.operand}".strip()), Text(command.summary))
    conversation.screen.print(grid)
    keys = "Everything else is a question. Ctrl-C stops an answer, Ctrl-D ends."
    conversation.screen.print(Text(keys, style="dim"))


def show_sources(conversation: Conversation, operand: str) -> None:
    """Show the passages that the last answer cites, in full."""
    from pagewise.terminal.citations import passages_of

    answer = _last(conversation)
    passages = passages_of(conversation.library.store, answer)
    if not passages:
        conversation.screen.print("The last answer cites nothing.")
    show_passages(passages, conversation.screen)


def show_page(conversation: Conversation, operand: str) -> None:
    """Draw a page with the places that the last answer cites, into a file and onto the screen."""
    from pagewise.terminal.page_picture import draw_page
    from pagewise.terminal.terminal_image import picture_code, protocol_of

    answer = conversation.turns[-1].answer if conversation.turns else None
    record, page = _page_meant(operand, answer, conversation.library)
    cited = [
        citation
        for citation in (answer.citations if answer else ())
        if (citation.document, citation.page) == (record.name, page + 1)
    ]
    picture = draw_page(record, page, cited, conversation.library.settings)
    screen = conversation.screen
    if screen.is_terminal and (protocol := protocol_of(terminal_names())):
        screen.file.write(picture_code(picture.png, protocol, min(screen.width, 80)))
        screen.file.flush()
    is_framed = any(citation.box for citation in cited)
    framed = "the cited place is framed" if is_framed else "nothing on it is cited"
    screen.print(Text(f"{console.name(record.name)}, p. {page + 1} ({framed}):"))
    screen.print(Text(str(picture.path)), soft_wrap=True)
    if picture.is_changed:
        name = console.name(record.name)
        console.complain(f"warning: {name} has changed since it was indexed; /add it again")


def _page_meant(
    operand: str, answer: Answer | None, library: Library
) -> tuple[DocumentRecord, int]:
    """The page, counted from 0; without a document's name the one that the answer cites."""
    words, name = operand.split(maxsplit=1), ""
    cited = list(answer.citations) if answer else []
    if not words and not cited:
        raise UsageError("/page: which one? Write /page N, or /page N DOCUMENT")
    if words and not words[0].isdecimal():
        raise UsageError(f"/page {operand}: write /page N, or /page N DOCUMENT")
    page = int(words[0]) - 1 if words else cited[0].page - 1
    if len(words) > 1:
        return library.require_document(words[1]), page
    documents = library.documents()
    if cited:
        near = [citation for citation in cited if citation.page == page + 1] or cited
        name = near[0].document
    elif len(documents) == 1:
        name = documents[0].name
    record = next((record for record in documents if record.name == name), None)
    if record is None:
        names = ", ".join(record.name for record in documents) or "none"
        raise UsageError(f"/page: which document? Write /page {page + 1} and one of: {names}")
    return record, page


def show_documents(conversation: Conversation, operand: str) -> None:
    """List the documents."""
    documents = conversation.library.documents()
    if not documents:
        conversation.screen.print("No documents yet: /add FILE.pdf")
        return
    grid = console.table("document", "pages", "read by", "indexed", numeric={"pages"})
    for document in documents:
        row = (document.name, document.pages, document.reader, document.indexed_at[:10])
        grid.add_row(*(Text(console.name(str(part))) for part in row))
    conversation.screen.print(grid)


def _path(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{name}: nobody here has that home folder") from error


def add_file(conversation: Conversation, operand: str) -> None:
    """Read a file into the library."""
    from pagewise.terminal.progress import Progress

    bare = operand.strip("'\"").replace("\\ ", " ")  # as terminals write a file dropped on them
    if not bare:
        raise UsageError("/add: which file? Write /add FILE.pdf, a folder or a URL")
    name = bare if "://" in bare else str(_path(bare))
    with Progress() as progress:
        report = conversation.library.index([name], on_step=progress.step)
    for failure in report.failures:
        console.complain(failure)
    for warning in report.warnings:
        console.complain(f"warning: {warning}")
    if report.documents:
        conversation.screen.print(Text(console.plain(report.line())))


def export(conversation: Conversation, operand: str) -> None:
    """Write the conversation into a new file."""
    from pagewise.terminal.export import as_markdown, write_new

    _last(conversation)
    now = datetime.now().astimezone()
    path = _path(operand or f"pagewise-{now:%Y%m%d-%H%M%S}.md")
    write_new(as_markdown(conversation.turns, conversation.models, now), path)
    told = f"{counted(len(conversation.turns), 'question')} written to {path.resolve()}"
    conversation.screen.print(Text(told), soft_wrap=True)


def start_anew(conversation: Conversation, operand: str) -> None:
    """Begin another thread."""
    conversation.begin()
    conversation.screen.print("A new conversation: what was said before is forgotten.")


def end(conversation: Conversation, operand: str) -> None:
    """Leave."""
    conversation.is_over = True


def _last(conversation: Conversation) -> Answer:
    if not conversation.turns:
        raise UsageError("nothing has been answered yet; ask a question first")
    return conversation.turns[-1].answer


COMMANDS = {
    command.name: command
    for command in (
        Command("/sources", "", "the passages that the last answer cites, in full", show_sources),
        Command("/page", "N", "a picture of a page, with the cited place framed", show_page),
        Command("/documents", "", "what is in the library", show_documents),
        Command("/add", "FILE", "read a PDF, a folder or a URL into the library", add_file),
        Command("/export", "[FILE]", "write this conversation as Markdown", export),
        Command("/new", "", "start a new conversation", start_anew),
        Command("/help", "", "this list", show_help),
        Command(END, "", "end", end),
    )
}
COMMANDS["/exit"] = COMMANDS[END]

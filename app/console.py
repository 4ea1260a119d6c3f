"""How results look in a terminal and in a pipe: one place for words, marks and colours.

What a document or a model wrote is printed as text, never as Rich markup, and never with the
control characters that would let it steer the terminal.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from loaders.estimate import Estimate
    from loaders.storing.records import DocumentRecord

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
QUOTE_LENGTH = 100


def out() -> Console:
    """Where answers go."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def err() -> Console:
    """Where progress and warnings go, so that stdout holds results only."""
    return Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())


def complain(message: str) -> None:
    """One line on stderr, as `main` prints errors."""
    err().print(f"pagewise: {' '.join(plain(message).split())}", markup=False)


def plain(text: str) -> str:
    """The text without characters that would steer a terminal."""
    return CONTROL.sub("", text)


def show_answer(answer: Mapping[str, Any], console: Console) -> None:
    """Print an answer, what was computed, what is in doubt, and where it stands."""
    console.print(Text(plain(answer["answer"])))
    for step in answer["computed"]:
        console.print(Text(f"  = {step['expression']} = {step['result']}", style="dim"))
    if answer["unverified_numbers"]:
        doubtful = ", ".join(answer["unverified_numbers"])
        console.print(Text(f"  ! not found in the cited sources: {doubtful}", style="bold red"))
    for citation in answer["citations"]:
        console.print(Text(f"  {_citation_line(citation)}", style="cyan"))


def _citation_line(citation: Mapping[str, Any]) -> str:
    place = f"[{citation['marker']}] {plain(citation['document'])}, p. {citation['page']}"
    cell = citation.get("cell")
    if cell:
        path = " › ".join([*cell["row"], *cell["column"]])
        return f"{place}: {plain(path)} = {plain(cell['value'])}"
    quote = " ".join(plain(citation.get("quote") or "").split())
    if len(quote) > QUOTE_LENGTH:
        quote = quote[: QUOTE_LENGTH - 1] + "…"
    return f"{place}: “{quote}”" if quote else place


def table(*headings: str, numeric: set[str] | None = None) -> Table:
    """A table in our one style; columns named in `numeric` are set to the right."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        grid.add_column(heading, justify="right" if heading in (numeric or set()) else "left")
    return grid


def document_table(documents: Sequence[DocumentRecord]) -> Table:
    """The library at a glance."""
    grid = table("document", "pages", "reader", "indexed", "source", numeric={"pages"})
    for document in documents:
        grid.add_row(
            plain(document.name),
            str(document.pages),
            document.reader,
            document.indexed_at,
            plain(document.source),
        )
    return grid


def document_json(document: DocumentRecord) -> dict[str, Any]:
    """A document as `list --json` prints it."""
    return {
        "document": document.name,
        "pages": document.pages,
        "reader": document.reader,
        "title": document.title,
        "source": document.source,
        "sha256": document.sha256,
        "indexed_at": document.indexed_at,
    }


def show_estimates(estimates: Sequence[Estimate], console: Console) -> None:
    """What an index run would take, a row a document."""
    figures = ("pages", "in ledger", "to send", "tokens in", "tokens out", "USD", "minutes")
    grid = table("document", *figures, numeric=set(figures))
    for estimate in estimates:
        grid.add_row(
            plain(estimate.document),
            str(estimate.pages),
            str(estimate.in_ledger),
            str(estimate.images),
            str(estimate.tokens_in),
            str(estimate.tokens_out),
            "?" if estimate.usd is None else f"{estimate.usd:.4f}",
            f"{estimate.minutes:.1f}",
        )
    console.print(grid)
    for note in dict.fromkeys(estimate.price_note for estimate in estimates):
        console.print(note, style="dim", markup=False)

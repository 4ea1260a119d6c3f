"""How results look in a terminal and in a pipe: one place for words, marks and colours.

What a document or a model wrote is printed as text, never as Rich markup, and never with the
control characters that would let it steer the terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.table import Table

from loaders.text.printable import one_line, printable

if TYPE_CHECKING:
    from loaders.estimate import Estimate
    from loaders.storing.truth.records import DocumentRecord

_PIPE_WIDTH = 10_000
"""Columns where nobody looks: lines of a pipe are not folded."""
_TIERS = "flex: PAGEWISE_GEMINI_TIER=flex, as soon as there is room; batch: index --batch, in a day"


def out() -> Console:
    """Where answers go."""
    return _console(sys.stdout, is_error=False)


def err() -> Console:
    """Where progress and warnings go, so that stdout holds results only."""
    return _console(sys.stderr, is_error=True)


def _console(stream: TextIO, *, is_error: bool) -> Console:
    """Text is text: no markup of Rich's (a file name could link), and `1:100:2` is no picture."""
    is_terminal = stream.isatty()
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows another
    return Console(
        stderr=is_error,
        highlight=False,
        emoji=False,
        markup=False,
        soft_wrap=not is_terminal,
        width=None if is_terminal else _PIPE_WIDTH,
    )


def complain(message: str) -> None:
    """One line on stderr, as `main` prints errors."""
    err().print(f"pagewise: {one_line(message)}", markup=False)


plain, name = printable, one_line
"""Without characters that would steer a terminal; and on one line, as names may hold line ends."""


def table(*headings: str, numeric: set[str] | None = None) -> Table:
    """A table in our one style; columns named in `numeric` are set to the right."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        grid.add_column(heading, justify="right" if heading in (numeric or set()) else "left")
    return grid


def document_table(
    documents: Sequence[DocumentRecord], others: Mapping[str, Sequence[str]]
) -> Table:
    """The library at a glance, with the other names of its documents."""
    grid = table("document", "pages", "reader", "indexed", "source", numeric={"pages"})
    for document in documents:
        grid.add_row(
            " = ".join(map(name, [document.name, *others.get(document.name, ())])),
            str(document.pages),
            document.reader,
            document.indexed_at,
            name(document.source),
        )
    return grid


def document_json(document: DocumentRecord, others: Sequence[str] = ()) -> dict[str, Any]:
    """A document as `list --json` prints it."""
    return {
        "document": document.name,
        "other_names": list(others),
        "pages": document.pages,
        "reader": document.reader,
        "title": document.title,
        "source": document.source,
        "sha256": document.sha256,
        "indexed_at": document.indexed_at,
    }


def show_estimates(estimates: Sequence[Estimate], console: Console) -> None:
    """What an index run would take, a row a document."""
    has_tiers = any(estimate.usd_flex or estimate.usd_batch for estimate in estimates)
    tiers = ("USD flex", "USD batch") if has_tiers else ()
    figures = ("pages", "in ledger", "to send", "tokens in", "tokens out", "USD", *tiers, "minutes")
    grid = table("document", *figures, numeric=set(figures))
    for estimate in estimates:
        grid.add_row(name(estimate.document), *_figures([estimate], has_tiers))
    if len(estimates) > 1:
        grid.add_row(f"all {len(estimates)}", *_figures(estimates, has_tiers))
    console.print(grid)
    for note in dict.fromkeys(estimate.price_note for estimate in estimates):
        console.print(note, style="dim", markup=False)
    if has_tiers:
        console.print(_TIERS, style="dim", markup=False)


def _figures(estimates: Sequence[Estimate], has_tiers: bool) -> list[str]:
    """Of all together; no sum of money where one of them is not known."""
    kinds = ("pages", "in_ledger", "images", "tokens_in", "tokens_out")
    tiers = ("usd", "usd_flex", "usd_batch") if has_tiers else ("usd",)
    prices: list[list[Any]] = [
        [one.usd and getattr(one, tier) for one in estimates] for tier in tiers
    ]
    return [
        *(str(sum(getattr(estimate, kind) for estimate in estimates)) for kind in kinds),
        *("?" if None in price else f"{sum(price):.4f}" for price in prices),
        f"{sum(estimate.minutes for estimate in estimates):.1f}",
    ]

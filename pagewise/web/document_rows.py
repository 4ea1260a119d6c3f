"""The documents as the page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from pagewise import console
from pagewise.indexing.index_report import COMPLETE
from pagewise.library import Library
from pagewise.web.document_ids import id_of


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document; `name` is what questions call it, `shown` what people read."""

    id: str
    name: str
    shown: str
    title: str
    """What the document says that it is called, if that is more than its name."""
    pages: int
    unread: int
    """Pages that are neither read nor blank."""


def document_rows(library: Library) -> list[DocumentRow]:
    """What the library holds, by name."""
    rows = []
    for record in library.documents():
        outcomes = library.store.ledger.outcomes(record.name).values()
        complete = sum(outcome in COMPLETE for outcome in outcomes)
        shown, title = console.plain(record.name), console.plain(record.title)
        if title in {shown, PurePath(shown).stem}:
            title = ""
        rows.append(
            DocumentRow(
                id_of(record.name), record.name, shown, title, record.pages, record.pages - complete
            )
        )
    return rows

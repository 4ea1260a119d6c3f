"""First questions to a document that its own tables and headings can answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from langchain_core.documents import Document

from graph.overview.headings import LEAST, contents_of
from loaders.chunking.table import DataCell, Table
from loaders.storing.truth.records import DocumentRecord
from loaders.text.language_detection import language_of
from pagewise import console
from pagewise.library import Library
from pagewise.web.texts import languages, texts

MOST = 4
LONGEST = 60
_TABLES = 12
_SAMPLE = 20
"""Chunks that tell the language of a document."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def latest(library: Library) -> list[str]:
    """Questions to the document that came last; none to an empty library."""
    records = library.documents()
    if not records:
        return []
    return list(_suggested(library, max(records, key=lambda record: record.indexed_at)))


@lru_cache(64)
def _suggested(library: Library, record: DocumentRecord) -> tuple[str, ...]:
    chunks = library.store.chunks_of(record.name)
    spoken = Counter(language_of(chunk.page_content) for chunk in chunks[:_SAMPLE])
    language = spoken.most_common(1)[0][0] if spoken else ""
    t = texts(language if language in languages() else "en")
    name = console.plain(record.name)
    general = [t.of("suggestions", "summary", document=name)]
    if len(contents_of(record, chunks)) >= LEAST:
        general.append(t.of("suggestions", "contents", document=name))
    asked = dict.fromkeys(
        t.of("suggestions", line, **values) for line, values in _of_tables(chunks)
    )
    return (*islice(asked, MOST - len(general)), *general)


def _of_tables(chunks: list[Document]) -> Iterator[tuple[str, dict[str, str]]]:
    """A change and a value, each of another table where there are several."""
    tables = [
        Table.from_html(chunk.page_content, str(chunk.metadata.get("caption", "")))
        for chunk in islice((one for one in chunks if one.metadata["kind"] == "table"), _TABLES)
    ]
    for number, table in enumerate(tables):
        cells = [cell for cell in table.cells() if _can_be_asked(cell)]
        values = (("value", {"row": _measure(cell), "column": _year(cell)}) for cell in cells)
        yield from islice(values if number % 2 else _changes(cells), 1)


def _can_be_asked(cell: DataCell) -> bool:
    words = [*cell.row_path, *cell.column_path]
    return (
        cell.quantity is not None
        and bool(cell.row_path and _YEAR.search(" ".join(cell.column_path)))
        and all(word and len(word) <= LONGEST for word in words)
    )


def _changes(cells: list[DataCell]) -> Iterator[tuple[str, dict[str, str]]]:
    """Two years of one row, the earlier first."""
    seen: dict[str, tuple[str, str]] = {}
    for cell in cells:
        row, year = _measure(cell), _year(cell)
        other = seen.setdefault(row, (year, row))[0]
        if other != year:
            before, after = sorted((other, year))
            yield "change", {"row": row, "before": before, "after": after}


def _measure(cell: DataCell) -> str:
    """What the number is, without its year: `Operating profit, Leak sensors`."""
    columns = [word for word in cell.column_path if not _YEAR.search(word)]
    return console.plain(", ".join([*columns, cell.row_path[-1]]))


def _year(cell: DataCell) -> str:
    found = _YEAR.search(" ".join(cell.column_path))
    return found[0] if found else ""

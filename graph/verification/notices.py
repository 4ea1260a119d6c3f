"""What a reader of an answer should know beside it: pages not read, numbers read with doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from graph.answer import Citation, Computed
from graph.evidence.sources import Source
from graph.knowledge.toml_data import languages, load
from loaders.chunking.declared_unit import is_bare
from loaders.pages.page import page_ranges
from loaders.pages.runs import ranges
from loaders.text.printable import one_line
from loaders.text.quantities import numbers_in

Arriving = Callable[[], Mapping[str, tuple[int, int]]]
"""By name, how many pages, from the first, can be asked of a document, and how many it has."""
UnreadPages = Callable[[str], Mapping[int, bool]]
"""The pages of a document, from 0, that are neither read nor blank, and whether each was wanted."""

_MARKER = re.compile(r"\[\d{1,3}\]")
_MOST_RUNS = 6
_MOST_REMARKS = 4


def remarks(
    text: str,
    citations: Sequence[Citation],
    computed: Sequence[Computed],
    sources: Sequence[Source],
    language: str,
) -> list[str]:
    """Doubts about the cells and numbers that an answer uses, in its language, each once.

    `sources` are those that are cited, in the order of their markers.
    """
    found: dict[str, None] = {}
    said = " ".join([_MARKER.sub("", text), *(one.expression for one in computed)])
    for marker, source in enumerate(sources, start=1):
        mine = [citation for citation in citations if citation.marker == marker]
        for remark in (
            *_doubts(said, mine, source, language),
            *_amounts(said, mine, source, language),
        ):
            found.setdefault(remark)
    return list(found)[:_MOST_REMARKS]


def from_pictures(
    numbers: Sequence[str], seen: Sequence[Source], unseen: Sequence[Source], language: str
) -> list[str]:
    """Say which unverified numbers may come from a picture, and which pictures were missing."""
    told = [
        _say("picture", language, number=number, page=seen[0].page + 1, name=seen[0].document)
        for number in (numbers if seen else ())
    ]
    told += [
        _say("unseen", language, page=source.page + 1, name=source.document) for source in unseen
    ]
    return list(dict.fromkeys(told))[:_MOST_REMARKS]


def without_room(sources: Sequence[Source], language: str) -> list[str]:
    """Say which pages were found and did not fit into the model's window."""
    told = []
    for name in dict.fromkeys(source.document for source in sources):
        pages = sorted({source.page + 1 for source in sources if source.document == name})
        told.append(_say("no_room", language, pages=", ".join(map(str, pages)), name=name))
    return told[:_MOST_REMARKS]


def unread(names: Sequence[str], pages_of: UnreadPages, language: str) -> list[str]:
    """Say which pages of these documents could not be read, and which nobody asked to read."""
    told = []
    for name in dict.fromkeys(names):
        found = pages_of(name)
        for is_wanted in (True, False):
            pages = sorted(page for page, wanted in found.items() if wanted is is_wanted)
            if not pages:
                continue
            runs = ranges(pages)
            listed = page_ranges(runs[:_MOST_RUNS])
            if left := sum(map(len, runs[_MOST_RUNS:])):
                listed = _text("more", language, pages=listed, n=left)
            phrase = "page" if len(pages) == 1 else "pages"
            phrase += "" if is_wanted else "_not_wanted"
            told.append(_say(phrase, language, pages=listed, name=name))
    return told[:_MOST_REMARKS]


def still_arriving(documents: Mapping[str, tuple[int, int]], language: str) -> list[str]:
    """Say how far each of these documents is in the library, while its other pages are read."""
    told = [
        _say("arriving", language, pages=pages, total=total, name=name)
        for name, (pages, total) in documents.items()
    ]
    return told[:_MOST_REMARKS]


def split_notices(answer: str) -> tuple[str, list[str]]:
    """An answer's own text, and the remarks that stand below it."""
    lines = answer.split("\n")
    told: list[str] = []
    while len(lines) > 1 and lines[-1].startswith(_beginnings()):
        told.insert(0, lines.pop())
    return "\n".join(lines), told


def _doubts(
    said: str, citations: Sequence[Citation], source: Source, language: str
) -> Iterator[str]:
    metadata = source.chunk.metadata
    cells = {(c.cell.row[-1:], c.cell.value): c.page for c in citations if c.cell}
    used = {mention.text for mention in numbers_in(said)}
    used |= {mention.text for _, value in cells for mention in numbers_in(value)}
    page = citations[0].page if citations else source.page + 1
    for doubt in (*metadata.get("doubts", ()), *metadata.get("novel_numbers", ())):
        row, _, number = str(doubt).rpartition(" › ")
        if number in used and (not row or not cells or ((row,), number) in cells):
            shown = cells.get(((row,), number), page)
            yield _say("doubt", language, number=number, page=shown, name=source.document)
    values = {mention.value: mention.text for mention in numbers_in(" ".join(sorted(used)))}
    for remark in metadata.get("footing", ()):
        label, _, sums = str(remark).rpartition(": ")
        stated = numbers_in(sums)
        if stated and stated[0].value in values:
            number = values[stated[0].value]
            place = {"page": page, "name": source.document}
            yield _say("footing", language, label=label, number=number, **place)


def _amounts(
    said: str, citations: Sequence[Citation], source: Source, language: str
) -> Iterator[str]:
    """What the document says once of all amounts, where a cell and the answer say nothing."""
    is_told = any(mention.scale != 1 for mention in numbers_in(said))
    if is_told or not source.amounts:
        return
    cited = {(one.cell.row, one.cell.column, one.cell.value) for one in citations if one.cell}
    bare = (cell for table in source.tables for cell in table.cells() if is_bare(cell))
    if any((cell.row_path, cell.column_path, cell.text.strip()) in cited for cell in bare):
        page = int(source.chunk.metadata["amounts_page"]) + 1
        yield _say("amounts", language, page=page, name=source.document, text=source.amounts)


def _say(phrase: str, language: str, **values: object) -> str:
    return _notices(language)["begins"] + one_line(_text(phrase, language, **values))


def _text(phrase: str, language: str, **values: object) -> str:
    return _notices(language)[phrase].format(**values)


def _notices(language: str) -> dict[str, str]:
    told: dict[str, str] = (
        load(f"messages.{language}").get("notices") or load("messages.en")["notices"]
    )
    return told


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(dict.fromkeys(_notices(code)["begins"] for code in languages("messages")))

"""What a reader of an answer should know beside it: pages not read, numbers read with doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from graph.answer import Citation, Computed
from graph.evidence.sources import Source
from loaders.text.quantities import numbers_in

UnreadPages = Callable[[str], Mapping[int, bool]]
"""The pages of a document, from 0, that are neither read nor blank, and whether each was wanted."""

_BEGINNINGS = ("Note: ", "Hinweis: ", "注意：")
_MARKER = re.compile(r"\[\d{1,3}\]")
_MOST_PAGES = 6
_MOST_REMARKS = 4

_TEXT = {
    "en": {
        "page": "Note: page {pages} of {name} could not be read.",
        "pages": "Note: pages {pages} of {name} could not be read.",
        "page not wanted": "Note: page {pages} of {name} was not asked for and not read.",
        "pages not wanted": "Note: pages {pages} of {name} were not asked for and not read.",
        "more": "{pages} and {n} more",
        "picture": "Note: {number} was read from the picture on page {page} of {name} alone.",
        "unseen": "Note: the picture on page {page} of {name} could not be looked at.",
        "doubt": "Note: {number} was read with doubt; compare page {page} of {name}.",
        "footing": "Note: on page {page} of {name} the parts of {label} do not add to {number}.",
    },
    "de": {
        "page": "Hinweis: Seite {pages} von {name} konnte nicht gelesen werden.",
        "pages": "Hinweis: Die Seiten {pages} von {name} konnten nicht gelesen werden.",
        "page not wanted": "Hinweis: Seite {pages} von {name} war nicht verlangt und wurde nicht "
        "gelesen.",
        "pages not wanted": "Hinweis: Die Seiten {pages} von {name} waren nicht verlangt und "
        "wurden nicht gelesen.",
        "more": "{pages} und {n} weitere",
        "picture": "Hinweis: {number} wurde nur aus dem Bild auf Seite {page} von {name} gelesen.",
        "unseen": "Hinweis: Das Bild auf Seite {page} von {name} war nicht zu sehen.",
        "doubt": "Hinweis: {number} wurde mit Zweifel gelesen; siehe Seite {page} von {name}.",
        "footing": "Hinweis: Auf Seite {page} von {name} ergeben die Teile von {label} nicht "
        "{number}.",
    },
    "zh": {
        "page": "注意：{name} 第 {pages} 页未能读取。",
        "pages": "注意：{name} 第 {pages} 页未能读取。",
        "page not wanted": "注意：{name} 第 {pages} 页未被要求读取，因此没有读取。",
        "pages not wanted": "注意：{name} 第 {pages} 页未被要求读取，因此没有读取。",
        "more": "{pages} 等（另有 {n} 页）",
        "picture": "注意：{number} 仅从 {name} 第 {page} 页的图片中读出。",
        "unseen": "注意：无法查看 {name} 第 {page} 页的图片。",
        "doubt": "注意：{number} 的读数存疑，请核对 {name} 第 {page} 页。",
        "footing": "注意：{name} 第 {page} 页中，{label} 的各项之和不等于 {number}。",
    },
}


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
        for remark in _doubts(said, mine, source, language):
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


def unread(names: Sequence[str], pages_of: UnreadPages, language: str) -> list[str]:
    """Say which pages of these documents could not be read, and which nobody asked to read."""
    told = []
    for name in dict.fromkeys(names):
        found = pages_of(name)
        for is_wanted in (True, False):
            pages = sorted(page for page, wanted in found.items() if wanted is is_wanted)
            if not pages:
                continue
            listed = ", ".join(str(page + 1) for page in pages[:_MOST_PAGES])
            if len(pages) > _MOST_PAGES:
                listed = _say("more", language, pages=listed, n=len(pages) - _MOST_PAGES)
            phrase = "page" if len(pages) == 1 else "pages"
            phrase += "" if is_wanted else " not wanted"
            told.append(_say(phrase, language, pages=listed, name=name))
    return told[:_MOST_REMARKS]


def split_notices(answer: str) -> tuple[str, list[str]]:
    """An answer's own text, and the remarks that stand below it."""
    lines = answer.split("\n")
    told: list[str] = []
    while len(lines) > 1 and lines[-1].startswith(_BEGINNINGS):
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


def _say(phrase: str, language: str, **values: object) -> str:
    return _TEXT.get(language, _TEXT["en"])[phrase].format(**values)

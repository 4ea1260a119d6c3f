"""A question and its answer as the page shows them: every number leads to its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from markupsafe import Markup

from graph.answer import Answer, CellReference, Citation, Computed
from graph.limits import LONGEST_PASSAGE
from graph.verification.notices import split_notices
from loaders.chunking.table import Table
from pagewise import console
from pagewise.library import Library
from pagewise.terminal.answer_view import (
    around_table,
    failed_checks,
    is_wholly_unchecked,
    marked_text,
    unchecked,
    unexplained_numbers,
)
from pagewise.terminal.citations import Passage, doubtful_numbers, passages_of
from pagewise.terminal.table_view import cited_places, is_numeric, rows_around
from pagewise.web.document_ids import id_of
from pagewise.web.matched_words import with_matches
from pagewise.web.safe_html import answer_html
from pagewise.web.texts import Texts

MOST_ROWS = 9
MOST_TABLES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A citation: where it stands, and the addresses that show it."""

    marker: int
    document: str
    page: int
    label: str
    path: tuple[str, ...]
    value: str
    quote: str
    view: str
    """The page beside the answer, with all that the answer cites of it."""
    picture: str
    """The same without a program in the browser: the page's picture with the place framed."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a cited table; `place` is set where the answer cites it."""

    text: str
    place: Place | None = None
    is_head: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class TableView:
    """What an answer cites of a table, with the rows around it; an empty row is a gap."""

    place: Place
    caption: str
    head: list[tuple[str, ...]]
    numeric: list[bool]
    """Whether a column is one of numbers."""
    rows: list[list[CellView]]


@dataclass(frozen=True, slots=True)
class Step:
    """A calculation, and the places of its operands."""

    expression: str
    result: str
    note: str
    operands: list[tuple[str, str, Place | None]]


@dataclass(frozen=True, slots=True)
class TurnView:
    """All that a turn shows."""

    question: str
    document: str
    language: str
    html: Markup
    state: str
    """`checked`, `quoted`, `unchecked`, `unchecked_quote`, `unverified`, `passages`, or nothing."""
    remarks: list[str]
    places: list[Place]
    steps: list[Step] = field(default_factory=list)
    tables: list[TableView] = field(default_factory=list)
    nearest: dict[int, TableView] = field(default_factory=dict)
    """By marker: passages that are tables, shown as such."""


def view_of(answer: Answer, library: Library, t: Texts, document: str = "") -> TurnView:
    """Put together what is shown of an answer."""
    passages = passages_of(library.store, answer)
    known = {record.name for record in library.documents()}
    places = [_place(citation, answer.citations, known) for citation in answer.citations]
    if answer.kind == "passages":
        found = [with_matches(one.quote, answer.question, answer.language) for one in places]
        places = [replace(one, quote=quote) for one, quote in zip(places, found, strict=True)]
    first = {place.marker: place for place in reversed(places)}
    links = {marker: chip(place, t) for marker, place in first.items()}
    text = marked_text(answer, doubtful_numbers(passages, answer))
    meanings = {"?": t("mark_unverified"), "~": t("mark_doubtful")}
    by_cell = {
        citation.cell: place
        for citation, place in zip(answer.citations, places, strict=True)
        if citation.cell
    }
    return TurnView(
        question=console.plain(answer.question),
        document=document,
        language=answer.language,
        html=answer_html(text, links, meanings),
        state=_state(answer),
        remarks=list(_remarks(answer, t)),
        places=places,
        steps=[_step(step, by_cell, places) for step in answer.computed],
        tables=list(_tables(passages, by_cell)),
        nearest=_nearest(passages, first) if answer.kind == "passages" else {},
    )


def chip(place: Place, t: Texts) -> Markup:
    """A marker as a link to its place."""
    name = t("citation", marker=place.marker, document=place.document, page=place.page)
    return Markup('<a class="chip cite" {} aria-label="{}">{}</a>').format(
        link(place), name, place.marker
    )


def link(place: Place) -> Markup:
    """The attributes of a link that shows a place; without its document it leads nowhere."""
    if not place.view:
        return Markup('aria-disabled="true"')
    attributes = Markup('href="{}" hx-get="{}" hx-target="#page" hx-sync="#page:replace"')
    return attributes.format(place.picture, place.view)


def _place(citation: Citation, cited: Sequence[Citation], known: set[str]) -> Place:
    view = picture = ""
    if citation.document in known:
        same = [
            other.box
            for other in cited
            if (other.document, other.page) == (citation.document, citation.page) and other.box
        ]
        boxes = list(dict.fromkeys(same))
        shown = [("box", ",".join(f"{edge:.1f}" for edge in box)) for box in boxes]
        at = [("at", str(boxes.index(citation.box) + 1))] if citation.box else []
        document = f"documents/{id_of(citation.document)}/pages/{citation.page}"
        view = f"/ui/{document}?{urlencode([*shown, *at])}"
        picture = f"/{document}.png?{urlencode([('highlight', box) for _, box in shown])}"
    label = "" if citation.label == str(citation.page) else console.plain(citation.label)
    cell = citation.cell
    return Place(
        marker=citation.marker,
        document=console.plain(citation.document),
        page=citation.page,
        label=label,
        path=tuple(map(console.plain, (*cell.row, *cell.column))) if cell else (),
        value=console.plain(cell.value) if cell else "",
        quote=_shortened(console.plain(citation.quote)),
        view=view,
        picture=picture,
    )


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_PASSAGE else f"{flat[: LONGEST_PASSAGE - 1]}…"


def _state(answer: Answer) -> str:
    if answer.kind == "passages":
        return "passages"
    if not answer.verified:
        return "unverified"
    if answer.unchecked and is_wholly_unchecked(answer):
        return _not_checked(answer)
    if answer.abstained or not answer.citations:
        return ""
    return "quoted" if answer.kind == "quote" else "checked"  # its words stand there, no more


def _not_checked(answer: Answer) -> str:
    return "unchecked_quote" if answer.kind == "quote" else "unchecked"


def _remarks(answer: Answer, t: Texts) -> Iterator[str]:
    """What failed, what was not checked, what is in doubt, each once."""
    if numbers := unexplained_numbers(answer):
        yield t("not_found", numbers=console.plain(", ".join(numbers)))
    yield from (console.plain(str(check)) for check in failed_checks(answer))
    if answer.unchecked and _state(answer) != _not_checked(answer):
        yield f"{t(_not_checked(answer))}: {console.plain(unchecked(answer))}"
    yield from map(console.plain, split_notices(answer.answer)[1])


def _step(step: Computed, by_cell: Mapping[CellReference, Place], places: Sequence[Place]) -> Step:
    return Step(
        expression=console.plain(step.expression),
        result=console.plain(step.result),
        note=console.plain(step.note),
        operands=[
            (
                " › ".join(map(console.plain, (*cell.row, *cell.column))),
                console.plain(cell.value),
                by_cell.get(cell),
            )
            for cell in step.cells
        ]
        or [
            (" › ".join(place.path) or place.quote, place.value, place)
            for place in places
            if place.marker in step.operands
        ],
    )


def _tables(
    passages: Sequence[Passage], by_cell: Mapping[CellReference, Place]
) -> Iterator[TableView]:
    cited = [one for one in passages if one.chunk and any(c.cell for c in one.citations)]
    for passage in cited[:MOST_TABLES]:
        cells = [citation.cell for citation in passage.citations if citation.cell]
        found = around_table(passage.chunk.page_content)[1] if passage.chunk else ""
        if passage.chunk and found:
            caption = console.plain(str(passage.chunk.metadata.get("caption", "")))
            yield _table(Table.from_html(found, caption), cells, by_cell)


def _nearest(passages: Sequence[Passage], places: dict[int, Place]) -> dict[int, TableView]:
    """The passages that are tables, as the rows that come near."""
    found = {}
    for passage in passages:
        _, table, below = around_table(passage.chunk.page_content if passage.chunk else "")
        quote = passage.citations[0].quote
        above, _, rows = quote.partition(" — ")
        notes = [line for line in below.split("\n") if line.strip() and line.strip() in rows]
        shown = Table.from_html(table, console.plain(" ".join([above, *notes])))
        near = {(row, 0) for row in _rows_in(shown, quote)} if table else set()
        if near:
            lines = rows_around(shown, near, MOST_ROWS)
            found[passage.marker] = _view(shown, places[passage.marker], {}, lines)
    return found


def _rows_in(table: Table, quote: str) -> list[int]:
    """The rows of which a quote says every cell, whole: `Item 1` is not in `Item 17`."""
    said = " ".join(quote.split())
    cells = {row: [" ".join(c.split()) for c in table.rows[row] if c] for row in table.body}
    return [row for row, own in cells.items() if own and all(_is_in(cell, said) for cell in own)]


def _is_in(cell: str, said: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(cell)}(?!\w|[.,]\d)", said) is not None


def _table(
    table: Table, cells: Sequence[CellReference], by_cell: Mapping[CellReference, Place]
) -> TableView:
    places = {at: by_cell[cell] for cell in cells for at in cited_places(table, [cell])}
    rows = rows_around(table, set(places), MOST_ROWS)
    return _view(table, by_cell[cells[0]], places, rows)


def _view(
    table: Table, place: Place, places: Mapping[tuple[int, int], Place], rows: Sequence[int]
) -> TableView:
    return TableView(
        place=place,
        caption=table.caption,
        numeric=[is_numeric(table, column) for column in range(table.width)],
        head=[tuple(map(console.plain, table.column_path(one))) for one in range(table.width)],
        rows=[_row(table, row, places) if row >= 0 else [] for row in rows],
    )


def _row(table: Table, row: int, places: Mapping[tuple[int, int], Place]) -> list[CellView]:
    texts = [console.plain(text) for text in table.rows[row]]
    if table.is_group_row(row):
        return [CellView(next(filter(None, texts), ""), is_head=True, span=table.width)]
    return [
        CellView(text, places.get((row, column)), is_head=column < table.header_columns)
        for column, text in enumerate(texts)
    ]

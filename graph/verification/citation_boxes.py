"""Where on its page a quote stands: found among the page's words, whatever breaks them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from graph.answer import CellReference, Citation
from graph.evidence.sources import Source, squeezed
from loaders.chunking.table import Table
from loaders.pages.word import Box, Word
from loaders.text.quantities import Mention, numbers_in
from loaders.text.tokenizer import fold

PageWords = Callable[[str, int], Sequence[Word]]
"""The words of a document's page with their boxes; none if its text layer has none."""

_MARGIN = 4.0
_LEAST_ALIKE = 0.6
"""The share of a quote's words that its place must hold."""
_SHORTEST = 2
_MOST_WORDS = 4000


@dataclass(frozen=True)
class Places:
    """Puts citations in their place, to the page and the box."""

    words: PageWords

    def placed(self, citation: Citation, source: Source) -> Citation:
        """The citation with the box of what it quotes, or of its chunk if that is not found."""
        if citation.cell:
            return self._cell_placed(citation, citation.cell, source)
        pages = source.chunk.metadata.get("pages") or [source.page]
        for page in dict.fromkeys([citation.page - 1, *pages]):
            near = self.near(source, page)
            if box := box_of(citation.quote, near) or alike_box(citation.quote, near):
                return _at(citation, source, page, box)
        return citation

    def numbers(self, source: Source) -> list[Mention]:
        """The numbers that the page's words have where the source stands."""
        near = [word.text for word in self.near(source, source.page)]
        return [*numbers_in(" ".join(near)), *(one for text in near for one in numbers_in(text))]

    def _cell_placed(self, citation: Citation, cell: CellReference, source: Source) -> Citation:
        page = row_page(source, cell)
        chunk_box = source.box if page == source.page else None
        box = cell_box(cell, self.near(source, page))
        return _at(citation, source, page, box or chunk_box)

    def near(self, source: Source, page: int) -> list[Word]:
        """The words of a page within the chunk's box, which is a place on its first page."""
        words = list(self.words(source.document, page))[:_MOST_WORDS]
        if source.box is None or page != source.page:
            return words
        left, top, right, bottom = source.box
        return [
            word
            for word in words
            if left - _MARGIN <= (word.box[0] + word.box[2]) / 2 <= right + _MARGIN
            and top - _MARGIN <= (word.box[1] + word.box[3]) / 2 <= bottom + _MARGIN
        ]


def _at(citation: Citation, source: Source, page: int, box: Box | None) -> Citation:
    """The citation at a page that is counted from 0."""
    place = {"page": page + 1, "label": source.label_of(page), "box": box}
    return citation.model_copy(update=place)


def row_page(source: Source, cell: CellReference) -> int:
    """The page of a cell's own row, from 0: a table may run over several."""
    for table in source.tables:
        for found in table.cells():
            if (found.row_path, found.column_path, found.text) == (
                cell.row,
                cell.column,
                cell.value,
            ):
                return page_of(source, table, found.row)
    return source.page


def page_of(source: Source, table: Table, row: int) -> int:
    """The page of a row, from 0; rows of a stitched table tell theirs, but for what is repeated."""
    pages = source.chunk.metadata.get("row_pages") or []
    own = row - (table.height - len(pages))
    return int(pages[own]) if 0 <= own < len(pages) else source.page


def box_of(text: str, words: Sequence[Word]) -> Box | None:
    """The box around the first place where the words say exactly this."""
    found = _runs(text, words)
    return _around(found[0]) if found else None


def alike_box(text: str, words: Sequence[Word]) -> Box | None:
    """The box around the words that say nearly this, in this order."""
    wanted = [key for word in text.split() if (key := _bare(word))]
    read = [_bare(word.text) for word in words]
    if len(wanted) < _SHORTEST or not read:
        return None
    blocks = SequenceMatcher(None, wanted, read, autojunk=False).get_matching_blocks()
    core = max(blocks, key=lambda block: block.size)
    if not core.size:
        return None
    reach = len(wanted) * 2
    near = [block for block in blocks if block.size and abs(block.b - core.b) <= reach]
    if sum(block.size for block in near) < _LEAST_ALIKE * len(wanted):
        return None
    return _around(
        [words[place] for block in near for place in range(block.b, block.b + block.size)]
    )


def cell_box(cell: CellReference, words: Sequence[Word]) -> Box | None:
    """The box of a cell's text: of several equal ones that on its row's line, below its column."""
    runs = _runs(cell.value, words, squeezed, whole=True) or _runs(
        cell.value, words, _bare, whole=True
    )
    found = [_around(run) for run in runs]
    if len(found) <= 1:
        return found[0] if found else None
    rows = _label_boxes(cell.row, words)
    columns = _label_boxes(cell.column, words)
    if not rows and not columns:
        return None

    def distance(box: Box) -> tuple[float, float]:
        across = min((_apart(box, row, 1) for row in rows), default=0.0)
        along = min((_apart(box, column, 0) for column in columns), default=0.0)
        return across, along

    return min(found, key=distance)


def _label_boxes(path: Sequence[str], words: Sequence[Word]) -> list[Box]:
    """Where the label nearest to the cell stands that can be found."""
    for label in reversed(path):
        if label and (runs := _runs(label, words)):
            return [_around(run) for run in runs]
    return []


def _apart(box: Box, other: Box, axis: int) -> float:
    """How far two boxes are apart along an axis; 0 if they overlap on it."""
    gap = max(box[axis], other[axis]) - min(box[axis + 2], other[axis + 2])
    return max(0.0, round(gap))


def _runs(
    text: str,
    words: Sequence[Word],
    spelling: Callable[[str], str] | None = None,
    *,
    whole: bool = False,
) -> list[list[Word]]:
    """The words that spell the text, each time that they do; `whole`: no more than the text."""
    strip = spelling or _bare
    if not (wanted := strip(text)):
        return []
    starts: list[int] = []
    ends: list[int] = []
    spelt: list[str] = []
    length = 0
    for word in words:
        bare = strip(word.text)
        starts.append(length)
        length += len(bare)
        ends.append(length)
        spelt.append(bare)
    everything = "".join(spelt)
    found: list[list[Word]] = []
    edges = (set(starts), set(ends))
    start = everything.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not whole or (start in edges[0] and end in edges[1]):
            found.append(
                [
                    word
                    for word, low, high in zip(words, starts, ends, strict=True)
                    if low < end and high > start
                ]
            )
        start = everything.find(wanted, start + 1)
    return found


def _bare(text: str) -> str:
    """Letters and digits alone, folded: line breaks, hyphens and commas make no difference."""
    return re.sub(r"[\W_]+", "", fold(text))


def _around(words: Sequence[Word]) -> Box:
    left, top, right, bottom = zip(*(word.box for word in words), strict=True)
    return min(left), min(top), max(right), max(bottom)

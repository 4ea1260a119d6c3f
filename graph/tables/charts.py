"""Charts as tables: the numbers that the reader found printed in them, a label and a value each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.checking.evidence import Source
from graph.tables.cells import Grid
from loaders.chunking.table import Table

_PAIR = re.compile(
    r"^\s*[-*•]\s+(?P<label>[^:：\n]{1,80})[:：]\s*(?P<value>[^\n]{1,40}?)\s*$", re.M
)
_NUMBERED = re.compile(
    r"(?:figure|fig\.?|chart|abbildung|abb\.?|diagramm|图)\s*(\d+)\s*[|:.：]?\s*", re.IGNORECASE
)
_SPAN = re.compile(
    r"(?:\bfrom |\bvon )?\b(?:19|20)\d\d年?\s*(?:to|and|bis|und|-|–|—|至|~)\s*(?:19|20)\d\d年?"
)
"""What the labels say more exactly."""
_ANNOUNCED = re.compile(r"[(（](?:in|单位|金额单位)\b[^()（）]*[)）]", re.IGNORECASE)
"""Currency and scale: the caption tells them to the values."""
LEAST_PAIRS = 2


def chart_grids(sources: Iterable[Source], question: str) -> Iterator[Grid]:
    """A table of two columns for each chart whose numbers were read, if it may be meant."""
    asked = _NUMBERED.search(question)
    for source in sources:
        own = _NUMBERED.search(source.caption)
        if source.kind != "figure" or (asked and own and asked[1] != own[1]):
            continue
        pairs = [(found["label"].strip(), found["value"]) for found in _PAIR.finditer(source.prose)]
        pairs = [(label, value) for label, value in pairs if re.search(r"\d", value)]
        if len(pairs) < LEAST_PAIRS:
            continue
        title = source.caption
        for aside in (_NUMBERED, _SPAN, _ANNOUNCED):
            title = aside.sub(" ", title)
        title = " ".join(title.split()).strip(" |:")
        rows = [["", title or source.section], *([label, value] for label, value in pairs)]
        table = Table.from_rows(rows, head_rows=1, caption=source.caption)
        yield Grid(source, table, chart=True)

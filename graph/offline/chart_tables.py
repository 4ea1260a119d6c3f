"""Charts as tables: the numbers that the reader found printed in them, a label and a value each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from graph.evidence.sources import Source
from loaders.chunking.table import Table
from loaders.reading.layout.charts import MARK
from loaders.text.languages import any_of, words_of

_PAIR = re.compile(
    r"^\s*[-*•]\s+(?P<label>[^:：\n]{1,80})[:：]\s*(?P<value>[^\n]{1,200}?)\s*$", re.M
)
_NAMED_VALUE = re.compile(
    r"(?P<name>[^\s,][^,]*?)\s+(?P<value>[-+−]?[$€£]?\d[\d.]*\s?%?)(?=\s*(?:,|$))"
)
_UNIT = any_of([*words_of("unit_lines", "introducers"), *words_of("unit_lines", "names")])
_ANNOUNCED = re.compile(rf"[(（][\u2e80-\uffef]*?(?:{_UNIT})\b[^()（）]*[)）]", re.IGNORECASE)
"""Currency and scale: the caption tells them to the values."""
LEAST_PAIRS = 2


def chart_tables(sources: Iterable[Source]) -> Iterator[tuple[Source, Table]]:
    """A table for each chart whose numbers were read: a label and a value a row."""
    for source in sources:
        _, mark, read = source.prose.partition(MARK)
        if not (mark or source.kind == "figure"):
            continue
        lines = _PAIR.finditer(read if mark else source.prose)
        pairs = [(found["label"].strip(), found["value"]) for found in lines]
        pairs = [(label, value) for label, value in pairs if re.search(r"\d", value)]
        if len(pairs) >= LEAST_PAIRS:
            title = _ANNOUNCED.sub(" ", source.caption) or source.section
            rows = _grouped(pairs) or [["", title], *([label, value] for label, value in pairs)]
            yield source, Table.from_rows(rows, head_rows=1, caption=source.caption)


def _grouped(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The rows of a chart with several series (`2020: Pumps 55, Valves 43`); none of others."""
    groups = [
        (label, {found["name"]: found["value"] for found in _NAMED_VALUE.finditer(values)})
        for label, values in pairs
    ]
    names = list(dict.fromkeys(name for _, group in groups for name in group))
    if len(names) < LEAST_PAIRS or not all(len(group) > 1 for _, group in groups):
        return []
    rows = [[label, *(group.get(name, "") for name in names)] for label, group in groups]
    return [["", *names], *rows]

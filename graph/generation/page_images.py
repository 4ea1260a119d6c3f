"""What a writer that sees is shown beside the text: charts that the text does not tell, doubts."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.evidence.sources import Source
from graph.knowledge.toml_data import joined
from loaders.errors import PagewiseError
from loaders.pages.word import Box
from loaders.text.tokenizer import fold, is_generic, is_stop, keys

PagePictures = Callable[[str, int, Box | None], bytes]
"""PNG of a document's page, or of the part in a box; PagewiseError if there is none to be had."""

MOST_PICTURES = 3
PICTURE_TOKENS = 1100
"""Of each, about."""
_NEAREST = 4
"""Only what was found first can be what the answer is written from."""
_LEAST_SHARED = 2
_FEWEST_VALUES = 4
"""Numbers, beside the one of its caption, that make a chart's text a table of its values."""
_CHART = re.compile(joined("retrieval", "wants", "charts"), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceImage:
    """A source and the picture of its place."""

    number: int
    page: int
    png: bytes

    def parts(self) -> list[dict[str, Any]]:
        """What a message holds of it, for any chat model of LangChain."""
        encoded = base64.b64encode(self.png).decode()
        return [
            {"type": "text", "text": f"Picture of source [{self.number}], page {self.page + 1}:"},
            {"type": "image", "base64": encoded, "mime_type": "image/png"},
        ]


@dataclass(frozen=True, slots=True)
class VisualContext:
    """The pictures for one question; `unseen` are the sources that must do without theirs."""

    shown: Sequence[SourceImage] = ()
    unseen: Sequence[int] = ()

    @property
    def seen(self) -> Sequence[int]:
        return tuple(one.number for one in self.shown)

    def parts(self) -> list[dict[str, Any]]:
        return [part for one in self.shown for part in one.parts()]


def worth_a_look(question: str, sources: Sequence[Source]) -> list[Source]:
    """What was read with doubt, and charts that are asked about, of what was found nearest.

    A chart that the question calls one is shown; another is left out if a table, or its own text
    with the values in it, has every word asked for.
    """
    near = sources[:_NEAREST]
    wanted = set(keys(question))
    asked = {key for key in wanted if not is_stop(key) and not is_generic(key)}
    is_named = bool(_CHART.search(fold(question)))
    told = any(asked <= source.keys and _has_values(source) for source in near)
    found = [
        source
        for source in near
        if (_is_doubtful(source) and wanted & source.keys)
        or ((is_named or not told) and _is_meant(source, wanted, is_named=is_named))
    ]
    return found[:MOST_PICTURES]


def look_at(question: str, sources: Sequence[Source], pictures: PagePictures) -> VisualContext:
    """The pictures that are worth a look; those that cannot be had are named."""
    found: list[SourceImage] = []
    missing: list[int] = []
    for source in worth_a_look(question, sources):
        try:
            png = pictures(source.document, source.page, source.box)
        except PagewiseError:
            missing.append(source.number)
        else:
            found.append(SourceImage(source.number, source.page, png))
    return VisualContext(tuple(found), tuple(missing))


def _is_doubtful(source: Source) -> bool:
    metadata = source.chunk.metadata
    return bool(metadata.get("doubts") or metadata.get("novel_numbers"))


def _has_values(source: Source) -> bool:
    """Whether the source writes down what can be looked up: a table, or a chart's values."""
    return bool(source.tables) or (source.kind == "figure" and len(source.said) >= _FEWEST_VALUES)


def _is_meant(source: Source, wanted: set[str], *, is_named: bool) -> bool:
    """Whether a chart is asked about: by that word, or by what it is a chart of."""
    if source.kind != "figure":
        return False
    return is_named or len(wanted & source.keys) >= _LEAST_SHARED

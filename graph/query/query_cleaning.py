"""What a question is about, without what it says of the answer's form or of where it stands.

What is taken out becomes blanks, so that every word keeps its place in the question. The words
that tell it are those of `knowledge/retrieval.*.toml`, of all languages together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from graph.knowledge.toml_data import joined
from loaders.text.analyzer import ASKING, RUN

_SENTENCES = re.compile(r"(?<=[?!。？！])\s*|(?<=[a-z)\]]\.)\s+|(?<=\s\.)\s+")
_QUESTION_MARK = re.compile(r"[?？]")
_SHAPES = {
    "tells": r"\s*(?:{instructions.tells})",
    "asks": r"[?？]|{instructions.asks}",
    "form": r"[(（](?:{instructions.asides})\b[^()（）]*[)）]|{instructions.form}",
    "limit": (
        r"\b(?:{instructions.limits})(?!\s*(?:19|20)\d\d\b)\s*[$€£]?\s?\d[\d,.]*"  # no year
    ),
    "document": (
        r"\b(?:{place.leads})\s+(?:{place.articles})?\s*"
        r"(?:(?!(?:{place.breaks})\b)[^\s,?.;]+(?:,(?=\s\d))?\s+){0,14}?(?:{place.documents})\b"
        r"(?=\s*(?:[?.,;]|$))"
    ),
    "statement": (
        r",?\s*\b(?:{place.statement_leads})\s+(?:{place.statement_articles})?\s*"
        r"(?:consolidated\s+)?(?:{place.statements})\b\s*[:,]?"
    ),
}
"""What stands between the words; where to look is told to the search, not looked for."""


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    words = re.compile(r"\{(\w+)\.(\w+)\}")
    filled = words.sub(lambda slot: joined("retrieval", *slot.groups()), _SHAPES[shape])
    return re.compile(filled, re.IGNORECASE)


def without_instructions(question: str) -> str:
    """The question without `Round to two decimals` and `(in millions)`."""
    pieces = [piece for piece in _SENTENCES.split(question) if piece]
    if any(_pattern("asks").search(piece) for piece in pieces):
        place = 0
        for piece in pieces:
            place = question.index(piece, place)
            if _pattern("tells").match(piece) and not _QUESTION_MARK.search(piece):
                question = blanked(question, [(place, place + len(piece))])
            place += len(piece)
    return _all_blanked(_pattern("form"), question)


def subject_of(question: str) -> str:
    """What is asked about: without instructions, limits, `in the … survey`, and `是多少`."""
    found = _all_blanked(_pattern("limit"), without_instructions(question))
    if RUN.search(question):
        cut = _all_blanked(ASKING, found)
        found = cut if _has_content(cut) else found
    bare = _all_blanked(_pattern("document"), _all_blanked(_pattern("statement"), found))
    return bare if _has_content(bare) else found


def _has_content(text: str) -> bool:
    return bool(re.search(r"\w{4,}.*\w{4,}|[\u3400-\u9fff]{2}", text))


def _all_blanked(pattern: re.Pattern[str], text: str) -> str:
    return blanked(text, [match.span() for match in pattern.finditer(text)])


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in these places."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text

"""Whether a question wants evidence from each of several documents, and of which years."""

from __future__ import annotations

import re
from functools import cache

from graph.knowledge import toml_data
from loaders.text.tokenizer import fold

KIND = "documents"
YEAR = re.compile(r"(?:19|20)\d\d")
LONGEST_SPAN = 30
"""Years from one end to the other; more is no row of yearly reports."""


def asks_each(question: str) -> bool:
    """Whether several documents are held against each other: `Which company …`, `compare`."""
    folded = fold(question)
    return any(pattern.search(folded) for pattern in _patterns("each"))


def years_asked(question: str) -> set[str]:
    """The years of a question, those between `from 2022 to 2024` as well."""
    folded = fold(question)
    years = set(YEAR.findall(folded))
    for pattern in _patterns("spans"):
        for match in pattern.finditer(folded):
            first, last = sorted(map(int, YEAR.findall(match[0])))
            if last - first <= LONGEST_SPAN:
                years |= {str(year) for year in range(first, last + 1)}
    return years


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(pattern.replace("{year}", r"(?:[fc]y ?)?(?:19|20)\d\d"))  # FY2024
        for language in toml_data.languages(KIND)
        for pattern in toml_data.load(f"{KIND}.{language}")["across"][kind]
    )

"""What reports call the things that people ask for: the rows behind a ratio, and other names.

The vocabulary is `knowledge/statements.toml`; it serves the search, which may be wrong, and no
answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from graph.knowledge.toml_data import load
from loaders.text.analyzer import is_run, pieces, terms_of


@dataclass(frozen=True, slots=True)
class Concept:
    """What people ask for, by all its names, and what documents have of it."""

    names: tuple[str, ...]
    """As stems between blanks."""
    phrases: tuple[str, ...]
    titles: tuple[str, ...]
    """Of the statements in which it stands."""


def related(question: str) -> list[str]:
    """The phrases that documents use for what the question names."""
    return list(dict.fromkeys(chain.from_iterable(one.phrases for one in _meant(question))))


def statements(question: str) -> list[str]:
    """The titles of those statements in which it stands."""
    return list(dict.fromkeys(chain.from_iterable(one.titles for one in _meant(question))))


def headings(kind: str) -> tuple[str, ...]:
    """What heads that which is not meant: the `parent` alone, `notes`."""
    return tuple(load("statements")["headings"][kind])


@lru_cache(maxsize=256)
def _meant(question: str) -> tuple[Concept, ...]:
    asked = _stems(question)
    return tuple(one for one in _concepts() if any(name in asked for name in one.names))


def _stems(text: str) -> str:
    """Stems between blanks, so that a phrase is found at the borders of words; runs as they are."""
    written = " "
    for piece in pieces(text):
        found = terms_of(piece)
        written += piece if is_run(piece) else f"{found[0]} " if found else ""
    return written


@cache
def _concepts() -> tuple[Concept, ...]:
    return tuple(map(_concept, load("statements")["concepts"]))


def _concept(entry: dict[str, Any]) -> Concept:
    titles = load("statements")["titles"]
    return Concept(
        tuple(_stems(name).strip() if is_run(name) else _stems(name) for name in entry["names"]),
        tuple(entry.get("phrases", ())),
        tuple(title for name in entry.get("statements", ()) for title in titles[name]),
    )

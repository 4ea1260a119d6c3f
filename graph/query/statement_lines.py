"""The lines of financial statements, by all names that `knowledge/synonyms.toml` has for them."""

from __future__ import annotations

from functools import cache

from graph.knowledge.toml_data import load
from graph.query.formulas import formulas_in
from graph.query.subject_terms import measures, tokens_of
from loaders.text.tokenizer import is_cjk


def lines_in(text: str) -> tuple[str, ...]:
    """The names of the lines of financial statements that a text names, in its order."""
    found = (token.key[1:] for token in tokens_of(text) if token.key[0] == "@")
    return tuple(dict.fromkeys(name for name in found if name in _lines()))


def names_line(text: str) -> bool:
    """Whether a text names what financial statements print, or what follows from it."""
    return bool(lines_in(text) or formulas_in(text))


def names_measure(text: str) -> bool:
    """Whether a text names something that is measured in numbers."""
    known = measures() | _lines()
    return names_line(text) or any(
        token.key.removeprefix("@") in known for token in tokens_of(text)
    )


def names_thing(text: str) -> bool:
    """Whether a text is one thing that we know by its names, and no measure: a country."""
    keys = [token.key for token in tokens_of(text)]
    return len(keys) == 1 and keys[0][0] == "@" and keys[0][1:] not in measures() | _lines()


@cache
def _lines() -> frozenset[str]:
    return frozenset().union(*load("statements")["lines"].values())


def phrases_of(line: str, language: str) -> list[str]:
    """What documents call it: in Chinese for a Chinese question, else in letters."""
    phrases: list[str] = load("synonyms")["phrases"].get(line, [])
    wide = [phrase for phrase in phrases if is_cjk(phrase)]
    return wide if language == "zh" and wide else [one for one in phrases if one not in wide]

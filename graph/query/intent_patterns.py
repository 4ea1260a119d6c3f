"""What questions say besides their subject, as each language says it: read from `intent.*.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from graph.knowledge.toml_data import languages, load
from loaders.text.tokenizer import fold, keys

NUMBER = r"(?:[$€£]\s?)?(\d[\d.,']*)"


@dataclass(frozen=True)
class IntentPatterns:
    """The patterns and words of one language, ready to be used."""

    operation: dict[str, re.Pattern[str]]
    forms: dict[str, re.Pattern[str]]
    """The words that the patterns of operations are made of: what rises, what differs."""
    order: dict[str, re.Pattern[str]]
    asks: dict[str, re.Pattern[str]]
    gives: dict[str, re.Pattern[str]]
    """What a sentence that answers says: the reason."""
    bound: dict[str, re.Pattern[str]]
    decimals: re.Pattern[str]
    whole: re.Pattern[str]
    counts: dict[str, int]
    words: dict[str, frozenset[str]]
    titles: dict[str, str]
    """What the title of a table tells of its numbers: patterns of words."""
    dimensions: dict[str, frozenset[str]]
    """What `how old`, `how long` ask for: age, length, by their adjectives."""

    def of(self, group: str, text: str) -> list[str]:
        """The names of a group whose patterns a folded text matches, in the file's order."""
        return [name for name, pattern in getattr(self, group).items() if pattern.search(text)]


@cache
def patterns_for(language: str) -> IntentPatterns:
    """The patterns of a language; those of English where it has no file."""
    data = load(f"intent.{language if language in languages('intent') else 'en'}")
    form = data["format"]
    return IntentPatterns(
        operation=_compiled(data["operation"], data["forms"]),
        forms={name: re.compile(pattern) for name, pattern in data["forms"].items()},
        order=_compiled(data["order"]),
        asks=_compiled(data["asks"]),
        gives=_compiled(data["gives"]),
        bound=_compiled(data["bound"]),
        decimals=re.compile(form["decimals"]),
        whole=re.compile(form["whole"]),
        counts=data["counts"],
        words={name: frozenset(keys(fold(text))) for name, text in data["words"].items()},
        titles=data["titles"],
        dimensions={name: frozenset(text.split()) for name, text in data["dimensions"].items()},
    )


def _compiled(
    group: dict[str, list[str]], forms: Mapping[str, str] = MappingProxyType({})
) -> dict[str, re.Pattern[str]]:
    parts = {"number": NUMBER, **forms}
    return {name: re.compile(_filled("|".join(group[name]), parts)) for name in group}


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern

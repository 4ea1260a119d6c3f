"""What questions say besides their subject, as each language says it: read from `intent.*.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.knowledge.toml_data import languages, load
from loaders.text.tokenizer import fold, keys

NUMBER = r"(?:[$€£]\s?)?(\d[\d.,']*)"


@dataclass(frozen=True)
class IntentPatterns:
    """The patterns and words of one language, ready to be used."""

    operation: dict[str, re.Pattern[str]]
    order: dict[str, re.Pattern[str]]
    asks: dict[str, re.Pattern[str]]
    gives: dict[str, re.Pattern[str]]
    """What a sentence that answers says: the reason."""
    bound: dict[str, re.Pattern[str]]
    decimals: re.Pattern[str]
    whole: re.Pattern[str]
    counts: dict[str, int]
    words: dict[str, frozenset[str]]
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
        operation=_compiled(data["operation"]),
        order=_compiled(data["order"]),
        asks=_compiled(data["asks"]),
        gives=_compiled(data["gives"]),
        bound=_compiled(data["bound"]),
        decimals=re.compile(form["decimals"]),
        whole=re.compile(form["whole"]),
        counts=data["counts"],
        words={name: frozenset(keys(fold(text))) for name, text in data["words"].items()},
        dimensions={name: frozenset(text.split()) for name, text in data["dimensions"].items()},
    )


def _compiled(group: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(group[name]).replace("{number}", NUMBER)) for name in group}

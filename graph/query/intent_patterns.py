"""What questions say besides their subject, as each language says it: read from `intent.*.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.knowledge.toml_data import languages, load
from loaders.text.tokenizer import fold, keys

NEVER = r"(?!)"
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
    scale: re.Pattern[str]
    counts: dict[str, int]
    scales: dict[str, int]
    words: dict[str, frozenset[str]]

    def of(self, group: str, text: str) -> list[str]:
        """The names of a group whose patterns a folded text matches, in the file's order."""
        return [name for name, pattern in getattr(self, group).items() if pattern.search(text)]


@cache
def patterns_for(language: str) -> IntentPatterns:
    """The patterns of a language; those of English where it has no file.

    A language need not have every line that English has.
    """
    data = load(f"intent.{language if language in languages('intent') else 'en'}")
    form = data.get("format", {})
    return IntentPatterns(
        operation=_compiled(data, "operation"),
        order=_compiled(data, "order"),
        asks=_compiled(data, "asks"),
        gives=_compiled(data, "gives"),
        bound=_compiled(data, "bound"),
        decimals=re.compile(form.get("decimals", NEVER)),
        whole=re.compile(form.get("whole", NEVER)),
        scale=re.compile(form.get("scale", NEVER)),
        counts=data.get("counts", {}),
        scales=data.get("scales", {}),
        words={name: frozenset(keys(fold(text))) for name, text in _lines(data, "words", "")},
    )


def _compiled(data: dict[str, Any], group: str) -> dict[str, re.Pattern[str]]:
    told = {name: "|".join(patterns) or NEVER for name, patterns in _lines(data, group, ())}
    return {name: re.compile(one.replace("{number}", NUMBER)) for name, one in told.items()}


def _lines(data: dict[str, Any], group: str, nothing: Any) -> list[tuple[str, Any]]:
    """The lines of a group, and nothing for those that only English has."""
    return list({**dict.fromkeys(load("intent.en")[group], nothing), **data.get(group, {})}.items())

"""Figures that reports seldom print and people ask for: `knowledge/formulas.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.knowledge.toml_data import load
from loaders.text.tokenizer import keys

AVERAGE = re.compile(r"average of (\w+)")
_NAMES = re.compile(r"[a-z]\w*")


@dataclass(frozen=True)
class Formula:
    """How a figure follows from lines that reports print."""

    phrase: str
    """As the question says it."""
    expression: str
    percent: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """The names of the lines, as `synonyms.toml` has them."""
        return tuple(dict.fromkeys(_NAMES.findall(AVERAGE.sub(r"\1", self.expression))))


@cache
def _known() -> list[tuple[str, Formula]]:
    """Every formula under each of its names, the longest names first."""
    found = [
        (_stems(name), Formula(name, expression, bool(entry.get("percent"))))
        for entry in load("formulas").values()
        for name in entry["names"]
        for expression in (entry["formula"], entry.get("instead"))
        if expression
    ]
    return sorted(found, key=lambda item: -len(item[0]))


def formulas_in(question: str) -> list[Formula]:
    """The formulas that a question names; more than one if a figure follows in several ways."""
    text = _stems(question)
    longest = next((name for name, _ in _known() if name in text), "")
    return [formula for name, formula in _known() if longest and name == longest]


def _stems(text: str) -> str:
    return f" {' '.join(keys(text))} "

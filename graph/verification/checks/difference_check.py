"""Whether a cell has a value, and whether it is a difference."""

from __future__ import annotations

from graph.knowledge.toml_data import languages
from graph.query.intent_patterns import patterns_for
from graph.verification.checks.cell_check import is_value
from graph.verification.statements.facts import Fact, values_of
from loaders.text.quantities import Mention
from loaders.text.tokenizer import keys

_DIFFERENCES = frozenset({"difference", "change"})


def holds(fact: Fact, number: Mention) -> bool:
    """Whether a fact has a number, as it is or rounded."""
    if fact.cell and fact.cell.quantity:
        return is_value(number, fact.cell)
    return any(values_of(number) & values_of(one) for one in fact.numbers)


def is_difference(fact: Fact) -> bool:
    """By a word of the heads, in any language, or by heads without words: `+/-`, `Δ`."""
    if fact.cell is None or any(not keys(label) for label in fact.cell.column_path):
        return True
    heads = frozenset(keys(fact.heads))
    return any(
        heads & patterns_for(language).words.get(operation, frozenset())
        for language in languages("intent")
        for operation in _DIFFERENCES
    )

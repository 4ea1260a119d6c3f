"""Whether a difference that is asked for is one: a cell's own value is none."""

from __future__ import annotations

from collections.abc import Iterator

from graph.answer import Check
from graph.knowledge.toml_data import languages
from graph.query.analysis import analyse
from graph.query.intent_patterns import patterns_for
from graph.verification.checks.cell_check import is_value
from graph.verification.statements.facts import Fact, values_of
from graph.verification.statements.statement import Statement
from loaders.text.quantities import Mention
from loaders.text.tokenizer import keys

_DIFFERENCES = frozenset({"difference", "change"})


def difference_faults(statement: Statement) -> Iterator[Check]:
    """`62 more`, where 62 is what a row has: nobody worked out how much more.

    What is said of two values may name both; a cell may be headed as a difference itself.
    """
    evidence = statement.evidence
    operation = analyse(evidence.question, evidence.language).operation
    if operation not in _DIFFERENCES or len(statement.values) != 1 or statement.values[0].percent:
        return
    number = statement.values[0]
    saying = patterns_for(evidence.language).words.get(operation, frozenset())
    if not any(word in saying for word in keys(statement.text)):
        return
    held = [fact for fact in statement.facts if holds(fact, number)]
    if held and not any(fact.cell is None or is_difference(fact) for fact in held):
        yield Check(what="calculation", text=number.text, why="is a value, and no difference")


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

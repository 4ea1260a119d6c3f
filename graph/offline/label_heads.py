"""Labels that go on behind what they name: `LED lighting in the west wing`, `Solar panels, 80 kWp`.

What follows tells apart those that begin alike; where only one begins so, that one is meant, and
the answer prints the whole of its label.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from graph.generation.messages import say
from graph.knowledge.toml_data import languages
from graph.offline.label_matching import hits_of
from graph.offline.table_view import Heading
from graph.query.grammar import DEFAULT, grammar_of
from graph.query.subject_terms import Token
from loaders.text.tokenizer import fold

LEAST_SAID = 2
"""Words; a single one may be any thing's: the `income` of `Income from associates`."""


def head_said(row: Heading, terms: Sequence[Token]) -> frozenset[int]:
    """The places of the terms that say how a label begins, if it goes on with an addition."""
    places = hits_of(row.leaf, terms)
    said = {index for indices in places.values() for index in indices}
    length = len(said)
    is_head = said == set(range(length)) and LEAST_SAID <= length < len(row.leaf)
    return frozenset(places) if is_head and _is_added(row, length) else frozenset()


def _is_added(row: Heading, length: int) -> bool:
    """Whether a comma or a preposition stands before the rest; what is of a part is less."""
    gap = fold(row.label[row.leaf[length - 1].end : row.leaf[length].start]).split()
    rest = fold(row.label[row.leaf[length - 1].end :]).split()
    is_apart = bool(gap) and not row.leaf[length].joined and _ands().isdisjoint(rest)
    grammar = grammar_of(row.label, DEFAULT)
    return is_apart and not any(grammar.has("genitives", word) for word in gap)


@cache
def _ands() -> frozenset[str]:
    return frozenset(fold(say("and", language)).strip() for language in languages("messages"))

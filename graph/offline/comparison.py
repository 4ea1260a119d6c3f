"""Which of several documents leads, where the question names them: `Norvale or Halmstad`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.draft import Draft
from graph.generation.messages import say
from graph.offline.evidence_view import EvidenceView
from graph.offline.lookup import agreed, readings
from graph.offline.ranking import are_comparable, picked
from graph.offline.table_view import FoundCell
from graph.offline.wording import are_signed, as_costs, label_of, use, value_of
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, holds, keys_in

Rivals = Mapping[frozenset[str], Sequence[Token]]


def compared(view: EvidenceView) -> Draft | None:
    """The one that leads, and the others' values: each of them one sure cell of its documents."""
    if not view.analysis.order or view.analysis.operation:
        return None
    rivals = _rivals(view)
    if len(rivals) < 2 or any(a & b for a in rivals for b in rivals if a is not b):
        return None
    named = {term for terms in rivals.values() for term in terms}
    kinds = patterns_for(view.evidence.language).words["light"]  # the company of `which company`
    rest = tuple(t for t in view.analysis.terms if t not in named and t.key not in kinds)
    found = {_name(terms): _cell(view, rest, where) for where, terms in rivals.items()}
    known = as_costs([cell for cell in found.values() if cell is not None])
    amounts = {cell.amount for cell in known}
    if are_signed(known) or not len(rivals) == len(known) == len(amounts):
        return None
    cells = dict(zip(found, known, strict=True))
    return _said(view, cells) if are_comparable(list(cells.values())) else _both(view, cells)


def _rivals(view: EvidenceView) -> Rivals:
    """The terms that name some of the documents and not the others, by what they name."""
    names = {name: keys_in(name.rpartition(".")[0]) for name in view.documents}
    found: dict[frozenset[str], list[Token]] = {}
    for term in view.analysis.subject:
        where = frozenset(name for name, own in names.items() if holds(own, term.key))
        if 0 < len(where) < len(names):
            found.setdefault(where, []).append(term)
    return found


def _name(terms: Sequence[Token]) -> str:
    return " ".join(term.text for term in terms)


def _cell(view: EvidenceView, rest: Sequence[Token], where: frozenset[str]) -> FoundCell | None:
    """The one number that these documents give for what is left of the question."""
    analysis = replace(view.analysis.about(rest), asks=view.analysis.asks)
    found = agreed([one for one in readings(view, analysis, rest) if one.document in where])
    if found is None or len(found.cells) != 1 or found.cells[0].cell.quantity is None:
        return None
    return found.cells[0]


def _both(view: EvidenceView, cells: Mapping[str, FoundCell]) -> Draft:
    """What cannot be ranked, such as two currencies, is given side by side."""
    language = view.evidence.language
    items = [
        f"{name}: {label_of(cell)} {value_of(cell, language)} [{cell.source.number}]"
        for name, cell in cells.items()
    ]
    text = say("each", language, items="; ".join(items))
    return Draft(text=text, uses=[use(cell) for cell in cells.values()], kind="cell")


def _said(view: EvidenceView, cells: Mapping[str, FoundCell]) -> Draft:
    language, order = view.evidence.language, view.analysis.order
    is_high = order == "highest"
    first, *others = sorted(cells, key=lambda name: cells[name].amount or 0, reverse=is_high)
    best = cells[first]
    value = value_of(best, language)
    lead = say("among", language, label=first, order=say(order, language), value=value,
               measure=label_of(best))  # fmt: skip
    rest = [
        f"{name}: {value_of(cells[name], language)}. [{cells[name].source.number}]"
        for name in others
    ]
    return Draft(
        text=" ".join([f"{lead} [{best.source.number}]", *rest]),
        uses=[use(cell) for cell in cells.values()],
        computed=[picked(order, list(cells.values()), best)],
        kind="computed",
    )

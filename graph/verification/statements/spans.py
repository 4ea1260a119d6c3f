"""For how long an amount is: per night, monthly, im Jahr."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.verification.statements.facts import Fact
from graph.verification.statements.vocabulary import phrases_in
from loaders.text.quantities import Mention

_NEAR = 40
_END = re.compile(r"[.;,。；，](?:\s|$)|\d")


def other_span(
    text: str, number: Mention, fact: Fact, theirs: Mention
) -> Iterator[tuple[str, str]]:
    """What the source says a number is for, if that is another span than the answer's."""
    mine = _beside(text, number)
    told = phrases_in("spans", fact.context) if fact.cell else frozenset()
    told = told or _beside(fact.text, theirs)
    parts_of_years = {one.endswith("_months") for one in mine}
    told = frozenset(one for one in told if one.endswith("_months") in parts_of_years)
    if mine and told and not mine & told:
        yield "period", f"the source gives it per {sorted(told)[0]}, not per {sorted(mine)[0]}"


def _beside(text: str, number: Mention) -> frozenset[str]:
    """What is said behind a number, or else before it: the monthly rent is £7,250."""
    before = _END.split(text[max(0, number.start - _NEAR) : number.start])[-1]
    return _behind(text, number) or phrases_in("spans", before)


def _behind(text: str, number: Mention) -> frozenset[str]:
    """What is said behind a number, before the next one."""
    window = text[number.end : number.end + _NEAR]
    end = _END.search(window)
    rest = window[: end.start()] if end else window
    if end and end[0].isdigit():
        rest = rest.rstrip().rpartition(" ")[0]  # of `im Jahr 2025`
    return phrases_in("spans", rest)

"""For how long an amount is: per night, monthly, im Jahr."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.verification.statements.facts import Fact
from graph.verification.statements.vocabulary import phrases_in
from loaders.text.quantities import Mention

_NEAR = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_END = re.compile(r"[.;,。；，](?:\s|$)|\d")


def other_span(
    text: str, number: Mention, fact: Fact, theirs: Mention
) -> Iterator[tuple[str, str]]:
    """What the source says a number is for, if that is another span than the answer's."""
    mine = _beside(text, number)
    told = phrases_in("spans", fact.context) if fact.cell else frozenset()
    unit = fact.cell.quantity.unit if fact.cell and fact.cell.quantity else ""
    told = told or phrases_in("spans", unit.replace("/", "per ")) or _beside(fact.text, theirs)
    parts_of_years = {one.endswith("_months") for one in mine}
    told = frozenset(one for one in told if one.endswith("_months") in parts_of_years)
    if mine and told and not mine & told:
        per = f"per {sorted(told)[0]}, not per {sorted(mine)[0]}"
        yield (
            "period",
            f"the source gives it {'for other months' if True in parts_of_years else per}",
        )


def _beside(text: str, number: Mention) -> frozenset[str]:
    """What is said behind a number, or else before it: the monthly rent is £7,250."""
    window = text[max(0, number.start - _NEAR) : number.start]
    before = phrases_in("spans", _END.split(window)[-1])
    dated = phrases_in("spans", _END.split(_YEAR.sub("", window))[-1])  # first half of 2024: €10
    parts_of_years = frozenset(one for one in dated if one.endswith("_months"))
    return _behind(text, number) or before or parts_of_years


def _behind(text: str, number: Mention) -> frozenset[str]:
    """What is said behind a number, before the next one."""
    window = text[number.end : number.end + _NEAR]
    end = _END.search(window)
    rest = window[: end.start()] if end else window
    if end and end[0].isdigit():
        rest = rest.rstrip().rpartition(" ")[0]  # of `im Jahr 2025`
    return phrases_in("spans", rest)

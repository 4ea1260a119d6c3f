"""Whether a number of an answer is a number of a source: value, sign, scale, percent, unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graph.evidence.sources import Source
from graph.verification.counted_rows import counts_things
from graph.verification.facts import Fact, content_of, values_of
from graph.verification.measures import Said, is_other_currency, units_in
from graph.verification.vocabulary import language_in, says
from loaders.text.currencies import currencies_in
from loaders.text.quantities import Mention
from loaders.text.tokenizer import is_stop, keys
from loaders.text.unit_symbols import multiple_signs
from loaders.text.units import scale_in

_MINUS = re.compile(r"-\s*\S?\s*$")
_NEAR = 80
_IN_PARENTHESES = re.compile(r"[(（]\s*[^\s\w]?\s*$")
_PREFIX = re.compile(r"(?<![\w-])(?P<prefix>[A-Z][A-Z&/]+)[ -]$")


@dataclass(frozen=True)
class Claim:
    """A number of an answer with what the answer says of it."""

    number: Mention
    said: Said
    sentence: str
    announced: frozenset[Decimal]
    """Scales that the answer or the question says for its numbers: `in millions`."""


Difference = tuple[str, str]
"""What differs, and how the source has it."""


def differences(claim: Claim, fact: Fact, number: Mention) -> list[Difference] | None:
    """How a fact's number differs from the one that is claimed; None if it is another number."""
    if not _digits(claim.number) & _digits(number):
        return None  # scales and percent only move the point
    said = fact.said(number)
    if _is_identifier(number, fact) and not _names_it(claim, number, fact):
        return None
    values, others = values_of(claim.number), fact.values(number)
    mine = {value * claim.said.scale for value in values_of(claim.number)}
    theirs = {value * said.scale for value in others}
    if not (mine & theirs or values & others or _is_share(claim, said, others)):
        return None
    found = [*_sign(claim, fact, number), *_unit(claim, fact, said)]
    if not mine & theirs and not _is_share(claim, said, others):
        found += _scale(claim, fact, number, said)
    return found


def _digits(number: Mention) -> set[tuple[int, ...]]:
    return {value.normalize().as_tuple().digits for value in number.readings}


def _is_share(claim: Claim, said: Said, others: set[Decimal]) -> bool:
    """79 % for 0.79."""
    if not claim.said.percent or said.percent or said.currency or said.unit:
        return False
    return bool({value / 100 for value in values_of(claim.number)} & others)


def _sign(claim: Claim, fact: Fact, number: Mention) -> Iterator[Difference]:
    if claim.number.value < 0 <= number.value and not _is_loss(fact, number):
        yield "sign", f"the source has {number.text} without a minus"


def _is_loss(fact: Fact, number: Mention) -> bool:
    if fact.cell:
        quantity = fact.cell.quantity
        return bool(quantity and quantity.value < 0) or _says_loss(fact.heads)
    before = fact.text[max(0, number.start - _NEAR) : number.start]
    return bool(_IN_PARENTHESES.search(before)) or _says_loss(before)


def _says_loss(text: str) -> bool:
    return says("loss", text) or _MINUS.search(text) is not None


def _scale(claim: Claim, fact: Fact, number: Mention, said: Said) -> Iterator[Difference]:
    """The digits are the same and the amounts are not."""
    mine, theirs = claim.said.scale, said.scale
    if mine == 1 and theirs in claim.announced:
        return
    if theirs == 1 and _is_announced(mine, fact, number, said):
        return
    if mine == 1 and not claim.said.currency and counts_things(fact, claim.said.noun):
        return
    told = f"{theirs:f}" if theirs != 1 else "no scale"
    yield "scale", f"the source gives {number.text} with {told}, not {mine:f}"


def _is_announced(scale: Decimal, fact: Fact, number: Mention, said: Said) -> bool:
    if said.percent or said.unit:
        return False
    if fact.cell or fact.source.kind != "text":
        return scale in fact.source.scales
    return any(
        one.scale == scale
        and 0 < one.start - number.end < _NEAR
        and not content_of(fact.text[number.end : one.start])
        for one in fact.numbers
    )


def _unit(claim: Claim, fact: Fact, said: Said) -> Iterator[Difference]:
    mine = claim.said
    if mine.percent and not said.percent:
        yield from _percent(claim, fact, said)
    elif mine.currency:
        yield from _currency(mine.currency, fact, said)
    elif mine.unit:
        yield from _named_unit(mine.unit, fact, said)
    elif mine.noun:
        yield from _noun(claim, fact, said)


def _percent(claim: Claim, fact: Fact, said: Said) -> Iterator[Difference]:
    """`79.8` of a column of scores is said as 79.8 %; amounts, counts and fractions are not."""
    is_bare = not (said.currency or said.unit or said.scale != 1)
    values = values_of(claim.number)
    is_score = fact.cell is not None and is_bare and any(1 < value <= 100 for value in values)
    others = {value for number in fact.numbers for value in fact.values(number)}
    if not is_score and not _is_share(claim, said, others):
        yield "unit", "the source does not give it as percent"


def _currency(mine: str, fact: Fact, said: Said) -> Iterator[Difference]:
    if said.percent or (said.unit and not said.currency):
        yield "unit", f"the source gives {'percent' if said.percent else said.unit}, not {mine}"
    elif said.currency:
        if is_other_currency(mine, said.currency):
            yield "unit", f"the source gives {said.currency}, not {mine}"
    elif not has_currency(mine, fact.source):
        yield "unit", f"the source does not say {mine}"


def has_currency(mine: str, source: Source) -> bool:
    """Whether a source counts in a currency."""
    known = currencies_in(source.everything) | {quantity.currency for quantity in source.quantities}
    return any(one and not is_other_currency(mine, one) for one in known)


def _named_unit(mine: str, fact: Fact, said: Said) -> Iterator[Difference]:
    if said.unit == mine or (not said.unit and mine in units_in(fact.context)):
        return
    if not said.unit and not said.percent and not said.currency:
        if mine in units_in(fact.text) or _has_title(mine, fact.source):
            return
        yield "unit", f"the source does not say {mine}"
        return
    theirs = said.unit or ("percent" if said.percent else said.currency)
    yield "unit", f"the source gives {theirs}, not {mine}"


def _has_title(unit: str, source: Source) -> bool:
    return any(unit in units_in(title) for table in source.tables for title in table.titles)


def _noun(claim: Claim, fact: Fact, said: Said) -> Iterator[Difference]:
    """A thing that the source counts elsewhere: 312 sites, for 312 employees."""
    mine = next(iter(keys(claim.said.noun)), "")
    theirs = next(iter(keys(said.noun)), "") if said.noun else ""
    if said.unit in multiple_signs():
        return  # 1.5 times
    if fact.cell and said.unit and mine and not is_stop(mine) and mine not in fact.source.keys:
        if language_in(claim.sentence) == language_in(fact.source.everything):
            yield "unit", f"the source gives {said.unit}, not {claim.said.noun}"
        return
    if fact.cell or not theirs or not mine or mine == theirs or is_stop(mine) or is_stop(theirs):
        return
    is_elsewhere = mine in fact.source.keys and mine not in content_of(fact.text)
    if is_elsewhere and theirs not in content_of(claim.sentence):
        yield "unit", f"the source counts {said.noun}, not {claim.said.noun}"


def _is_identifier(number: Mention, fact: Fact) -> bool:
    """The digits of a name: COVID-19, ISO 9001, R1."""
    if number.in_name:
        return True
    text = fact.cell.text if fact.cell else fact.text
    is_bare = number.text.isdigit() and number.scale == 1 and not number.percent
    return is_bare and _PREFIX.search(text[: number.start]) is not None


def _names_it(claim: Claim, number: Mention, fact: Fact) -> bool:
    """Whether the answer has the name, or the day, that the digits belong to."""
    if claim.number.in_name:
        return True
    text = fact.cell.text if fact.cell else fact.text
    prefix = _PREFIX.search(text[: number.start])
    if prefix and not number.in_name:
        return prefix["prefix"] in claim.sentence
    return False


def announced_in(*texts: str) -> frozenset[Decimal]:
    """The scales that texts say for all their numbers."""
    return frozenset(scale_in(line) for text in texts for line in text.split("\n")) - {Decimal(1)}

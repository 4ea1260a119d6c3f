"""Whether a number of an answer is a number of a source: value, sign, scale, percent, unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from graph.evidence.sources import Source
from graph.verification.checks.counted_rows import counts_things
from graph.verification.statements.facts import Fact, content_of, values_of
from graph.verification.statements.measures import (
    Said,
    is_other_currency,
    said_of,
    unit_of,
    units_in,
)
from graph.verification.statements.rounding import SCALES, is_rounding
from graph.verification.statements.spans import other_span
from graph.verification.statements.vocabulary import language_in, says, vocabulary_of
from loaders.chunking.table import DataCell, Table
from loaders.text.currencies import currencies_in
from loaders.text.label_units import label_kind, scale_in
from loaders.text.quantities import Mention, numbers_in
from loaders.text.scale_words import letter_scale
from loaders.text.tokenizer import is_stop, keys
from loaders.text.unit_symbols import money_units, multiple_signs, shown_unit

_PARTS = frozenset({"cents", "pence"})
"""Hundredths of whatever currency a source has."""
_OF_GAS = ("", "CO₂", "CO₂e")
"""Tonnes of CO₂e are tonnes."""
_MINUS = re.compile(r"-\s*\S?\s*$")
_NEAR = 80
_TWO_WORDS = re.compile(r" [^\W\d_]+ (?P<last>[^\W\d_]+)")
_LETTER = re.compile(r"\(([A-Za-z])\)\s*$")
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

    around: Sequence[Source] = ()
    """All of the cited documents: one says once what its tables count in."""
    is_about: bool = False
    """Whether it is told as rounded."""
    is_step: bool = False
    """Whether it is a number of a calculation that is shown: those go without their scale."""

    @property
    def last_word(self) -> str:
        """Of two words right behind it the second: of 250 operating hours the hours."""
        found = _TWO_WORDS.match(self.sentence, self.number.end)
        return found["last"] if found else ""

    @cached_property
    def is_of_money(self) -> bool:
        """Whether a number of the sentence has a currency."""
        return any(said_of(self.sentence, one).currency for one in numbers_in(self.sentence))


Difference = tuple[str, str]
"""What differs, and how the source has it."""

UNCHECKED = "unchecked"
"""Of what holds nothing that is checked, or does not say of which of several values it speaks."""
UNPROVEN = "unproven"
"""What differs only in that the source is silent: nothing speaks against the claim, nor for it."""


def differences(claim: Claim, fact: Fact, number: Mention) -> list[Difference] | None:
    """How a fact's number differs from the one that is claimed; None if it is another number."""
    said = _as_declared(claim, fact, fact.said(number))
    if _is_identifier(number, fact) and not _names_it(claim, number, fact):
        return None
    values, others = values_of(claim.number), fact.values(number)
    mine = {value * claim.said.scale for value in values_of(claim.number)}
    if claim.said.unit in _PARTS and said.currency:
        mine = {value / 100 for value in values}
    theirs = {value * said.scale for value in others}
    if claim.said.currency and _is_in_parts(said):
        theirs = {value / 100 for value in theirs}
    is_same = bool(mine & theirs) or _is_rounding(claim, theirs)
    is_bare = not is_same and _is_of_no_scale(claim, fact, said)
    is_bare = is_bare and _is_rounding(claim, {one * scale for one in theirs for scale in SCALES})
    if not (is_same or is_bare or values & others or _is_share(claim, said, others)):
        return None
    found = [*_sign(claim, fact, number), *_unit(claim, fact, said)]
    found += other_span(claim.sentence, claim.number, fact, number)
    if is_bare:
        found.append((UNPROVEN, "the source does not say in what it counts"))
    elif not is_same and not _is_share(claim, said, others):
        found += _scale(claim, fact, number, said)
    return found


def _is_in_parts(said: Said) -> bool:
    """`17.2` of a column in pence per kWh is £0.172."""
    return said.unit.partition("/")[0] in _PARTS


def _as_declared(claim: Claim, fact: Fact, said: Said) -> Said:
    """With what the document says once of all amounts, where a cell says nothing of its own.

    It may be a count as well, which an answer then tells without a currency.
    """
    declared, mine = fact.source.declared, claim.said
    is_amount = bool(mine.currency) or mine.scale == declared.scale
    if fact.cell is None or not said.counts_nothing or mine.percent or mine.unit or not is_amount:
        return said
    return replace(said, scale=declared.scale, currency=declared.currency)


def _is_of_no_scale(claim: Claim, fact: Fact, said: Said) -> bool:
    """Whether an amount of money is given in a table that says neither its currency nor a scale."""
    is_silent = fact.cell is not None and said.counts_nothing and not fact.source.scales
    return is_silent and claim.is_of_money


def _is_rounding(claim: Claim, amounts: Iterable[Decimal]) -> bool:
    """In the scale that the answer says with the number, or once for all."""
    scales = {claim.said.scale, *claim.announced}
    return any(
        is_rounding(amount, value, scale, fewest=1 if claim.is_about else 2 if scale != 1 else 3)
        for amount in amounts
        for value in claim.number.readings
        for scale in scales
    )


def _is_share(claim: Claim, said: Said, others: set[Decimal]) -> bool:
    """79 % for 0.79, and 0.79 for 79 %."""
    if said.percent and claim.said.counts_nothing:
        return bool({value * 100 for value in values_of(claim.number) if value < 1} & others)
    if not claim.said.percent or said.percent or said.currency or said.unit:
        return False
    return bool({value / 100 for value in values_of(claim.number)} & others)


def _sign(claim: Claim, fact: Fact, number: Mention) -> Iterator[Difference]:
    if claim.number.value < 0 <= number.value and not _is_loss(fact, number):
        yield "sign", f"the source has {number.text} without a minus"
    is_dropped = number.value < 0 < claim.number.value and _needs_sign(fact, number)
    if is_dropped and not _says_loss(claim.sentence):
        yield "sign", f"the source has {number.text} with a minus"


def _needs_sign(fact: Fact, number: Mention) -> bool:
    """A cost may be told without its minus: no temperature, and no end of an interval."""
    quantity = fact.cell.quantity if fact.cell else None
    if quantity is None:
        return False
    is_measured = quantity.unit and not quantity.percent and not quantity.currency
    return bool(is_measured) or bool(quantity.aside and quantity.value not in number.readings)


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
    if mine == 1 and (claim.is_step or theirs in claim.announced or _is_shared(claim, theirs)):
        return
    if theirs == 1 and _is_announced(mine, fact, number, said):
        return
    if mine == 1 and not claim.said.currency and counts_things(fact, claim.sentence):
        return
    told = f"{theirs:f}" if theirs != 1 else "no scale"
    is_elsewhere = claim.said.currency and any(mine in one.scales for one in claim.around)
    is_silent = theirs == 1 and fact.cell and is_elsewhere
    why = f"the source gives {number.text} with {told}, not {mine:f}"
    yield UNPROVEN if is_silent else "scale", why


def _is_shared(claim: Claim, scale: Decimal) -> bool:
    """Whether another number of the sentence says the scale: `201 million litres, after 199`."""
    others = (said_of(claim.sentence, one) for one in numbers_in(claim.sentence))
    return claim.said.counts_nothing and any(one.scale == scale for one in others)


def _is_announced(scale: Decimal, fact: Fact, number: Mention, said: Said) -> bool:
    labels = (*fact.cell.row_path, *fact.cell.column_path) if fact.cell else ()
    if said.percent or said.unit or any(map(label_kind, labels)):
        return False
    if any(
        (found := _LETTER.search(label)) and letter_scale(found[1]) == scale for label in labels
    ):
        return True  # Parameters (k)
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
        yield from _currency(claim, fact, said)
    elif mine.unit:
        if not _is_spread(claim, fact):
            yield from _named_unit(mine.unit, fact, said, claim.sentence)
    elif mine.noun:
        yield from _noun(claim, fact, said)


def _is_spread(claim: Claim, fact: Fact) -> bool:
    """1.3 of `31.2 ± 1.3` percent: how far percentages lie apart, points say as well."""
    of_cell = fact.cell.quantity if fact.cell and claim.said.unit == "pp" else None
    if "±" not in claim.sentence or vocabulary_of(claim.sentence).moves(claim.sentence):
        return False
    return bool(of_cell and of_cell.percent and of_cell.margin in claim.number.readings)


def _percent(claim: Claim, fact: Fact, said: Said) -> Iterator[Difference]:
    """`79.8` of a column of scores is said as 79.8 %; amounts, counts and fractions are not."""
    is_bare = not (said.currency or said.unit or said.scale != 1)
    values = values_of(claim.number)
    quantity = fact.cell.quantity if fact.cell else None
    is_bare = is_bare and not (quantity and quantity.aside)  # 21 of `21 (9.0)` is a count
    is_score = fact.cell is not None and is_bare and any(1 < value <= 100 for value in values)
    others = {value for number in fact.numbers for value in fact.values(number)}
    if not is_score and not _is_share(claim, said, others):
        yield "unit", "the source does not give it as percent"


def _currency(claim: Claim, fact: Fact, said: Said) -> Iterator[Difference]:
    mine = claim.said.currency
    is_part = claim.said.per.startswith(said.per)  # `par mètre` of `par mètre cube`
    if claim.said.per and not is_part:
        yield "unit", f"the source gives {said.per}, not {claim.said.per}"
    if _is_in_parts(said) or money_units().get(said.unit) == mine:
        return  # £5 of `in pounds`
    if said.percent or (said.unit and not said.currency):
        yield "unit", f"the source gives {'percent' if said.percent else said.unit}, not {mine}"
    elif said.currency:
        if is_other_currency(mine, said.currency):
            yield "unit", f"the source gives {said.currency}, not {mine}"
    elif fact.is_label and not _is_label_of_money(fact):
        yield UNPROVEN, f"the source does not say {mine}"
    elif _is_beside_money(fact) or not has_currency(mine, claim.around):
        yield "unit", f"the source does not say {mine}"


def _is_label_of_money(fact: Fact) -> bool:
    """Whether a label, or what heads it, says a currency: the 10 of `10 to 49` is no price."""
    over = [_over_label(fact.text, table) for table in fact.source.tables]
    return any(map(currencies_in, [fact.text, *over]))


def _is_beside_money(fact: Fact) -> bool:
    """Whether the heads of other columns say a currency, and those of a cell do not."""
    if fact.cell is None or currencies_in(fact.heads):
        return False
    return any(
        fact.cell in cells and any(currencies_in(" ".join(one.column_path)) for one in cells)
        for table in fact.source.tables
        for cells in [[*table.cells()]]
    )


def has_currency(mine: str, sources: Iterable[Source]) -> bool:
    """Whether one of the sources counts in a currency."""
    known = {source.declared.currency for source in sources}
    known |= {one.currency for source in sources for one in source.quantities}
    known = known.union(*(currencies_in(source.everything) for source in sources))
    return any(one and not is_other_currency(mine, one) for one in known)


def _named_unit(mine: str, fact: Fact, said: Said, sentence: str) -> Iterator[Difference]:
    if (
        said.unit in {f"{mine}{gas}" for gas in _OF_GAS}
        or said.unit.startswith((f"{mine}/", f"{mine} "))  # per something, or as it is meant
        or (mine in _PARTS and said.currency)
        or (not said.unit and mine in units_in(fact.context))
    ):
        return
    if said.currency and money_units().get(mine) == said.currency:
        return
    if not said.unit and not said.percent and not said.currency:
        if mine in units_in(fact.text) or _has_unit(mine, fact, sentence):
            return
        is_silent = (fact.cell or fact.is_label) and mine in units_in(fact.source.everything)
        yield UNPROVEN if is_silent else "unit", f"the source does not say {mine}"
        return
    yield "unit", f"the source gives {said.unit or said.currency or 'percent'}, not {mine}"


def _has_unit(unit: str, fact: Fact, sentence: str) -> bool:
    """In a title over the table, or beside another cell: a Unit column may say it once for many.

    What heads the labels, as `Age in years`, says it of those, and the price of `10 to 49 kg`.
    """
    return any(
        any(unit in units_in(title) for title in table.titles)
        or (fact.is_label and unit in units_in(_over_label(fact.text, table)))
        or (fact.is_label and _is_priced_by(unit, fact.text, table, sentence))
        or (
            fact.cell is not None
            and any(_is_in_unit(one, unit, fact.cell) for one in table.cells())
        )
        for table in fact.source.tables
    )


def _is_priced_by(unit: str, label: str, table: Table, sentence: str) -> bool:
    values = {value for one in numbers_in(sentence) for value in values_of(one)}
    return any(
        one.quantity is not None
        and one.quantity.unit == f"/{unit}"
        and label in one.column_path
        and one.quantity.value in values
        for one in table.cells()
    )


def _over_label(label: str, table: Table) -> str:
    """The corner, and the headings over a label: `Notice by years of service › 6–10`."""
    paths = {path for one in table.cells() for path in (one.row_path, one.column_path)}
    groups = (part for path in paths if label in path for part in path)
    return " ".join([table.grid.text(table.header_rows - 1, 0), *groups])


def _is_in_unit(one: DataCell, unit: str, cell: DataCell | None) -> bool:
    """Whether a cell has the unit; or is it, in the row of the one that is meant."""
    return unit == unit_of(one.unit) or (
        cell is not None and one.row == cell.row and unit == unit_of(one.text)
    )


def _noun(claim: Claim, fact: Fact, said: Said) -> Iterator[Difference]:
    """A thing that the source counts elsewhere: 312 sites, for 312 employees."""
    mine = next(iter(keys(claim.said.noun)), "")
    theirs = next(iter(keys(said.noun)), "") if said.noun else ""
    if said.unit in multiple_signs() or said.unit in units_in(claim.last_word):
        return  # 1.5 times, 250 operating hours
    is_unknown = mine not in fact.source.keys
    if fact.cell is None:
        is_unknown = not is_unknown or bool(shown_unit(claim.said.noun))  # people are no litres
    if said.unit and mine and not is_stop(mine) and is_unknown and mine not in fact.words:
        if language_in(claim.sentence) == language_in(fact.source.everything):
            yield "unit", f"the source gives {said.unit}, not {claim.said.noun}"
        return
    if fact.cell or not theirs or not mine or mine == theirs or is_stop(mine) or is_stop(theirs):
        return
    counted = {key for one in fact.numbers for key in keys(fact.said(one).noun)[:1]}
    is_elsewhere = mine in (counted if mine in fact.words else fact.source.keys)
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

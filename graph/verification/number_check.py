"""The numbers of an answer held against its sources: digits, words, dates, scales, signs, cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.answer import Check, Computed
from graph.evidence.sources import Evidence, Source
from graph.verification.cell_check import is_value, wrong_cell_numbers
from loaders.text.number_words import (
    Date,
    counts_in,
    dates_in,
    month_years_in,
    months_in,
    multiples_in,
)
from loaders.text.quantities import Mention, Quantity, numbers_in
from loaders.text.quantity_text import has_comma
from loaders.text.tokenizer import fold

PageNumbers = Callable[[Source], Sequence[Mention]]
"""The numbers that the page's own words have where a source stands."""

_SENTENCE = re.compile(
    r"[^\n。！？]+?(?:[.!?](?=\s|$)(?:\s*\[[\d\s,;]+\])*|[。！？](?:\s*\[[\d\s,;]+\])*|\n|$)"
)
_ITEM = re.compile(r"^[ \t]*(\d{1,2})[.)](?=\s)", re.MULTILINE)
_MARKS = re.compile(r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]")
_CONSTANTS = frozenset(Decimal(number) for number in (1, 2, 4, 12, 100, 360, 365))
_LOSS = re.compile(
    r"loss|decreas|declin|\bfell\b|\bfall|drop|reduc|lower|\bdown\b|negativ|minus|deficit|burden"
    r"|verlust|ruckgang|gesunken|sank|abnahme|亏损|下降|减少|降低|-\s*\S?\s*$"
)
_NEAR = 80
"""Characters before a number in which a word can tell that it is a loss."""
_ENDS = re.compile(r"[.!?](?=\s)|[。！？\n]")
_IN_PARENTHESES = re.compile(r"[(（]\s*[^\s\w]?\s*$")


@dataclass(frozen=True)
class NumberChecker:
    """What bears a draft's numbers out: its sources, its calculations, the question."""

    evidence: Evidence
    computed: Sequence[Computed]
    seen: Sequence[int]
    printed: PageNumbers
    is_quoted: bool
    """Code took the values from their cells: the cells need not be found again."""

    def faults(self, text: str, cited: Sequence[Source]) -> list[Check]:
        """The numbers of a text that its sources do not bear out, in order, each once."""
        text = without_list_numbers(text)
        found: dict[str, Check] = {}
        results = _computed_numbers(self.computed, cited)
        for match in _SENTENCE.finditer(text):
            marked = [int(n) for mark in _MARKS.findall(match[0]) for n in re.findall(r"\d+", mark)]
            near = [source for n in marked if (source := self.evidence.source(n))] or cited
            for fault in self._of_sentence(_MARKS.sub(" ", match[0]), near, results):
                found.setdefault(fault.text, fault)
        return list(found.values())

    def _of_sentence(
        self, sentence: str, sources: Sequence[Source], results: Sequence[Mention]
    ) -> Iterator[Check]:
        dates = dates_in(sentence)
        yield from (_nowhere(one.text) for one in dates if not self._is_known(one, sources))
        for month in month_years_in(sentence):
            if not any(_has_month(month, text) for text in self._texts(sources)):
                yield _nowhere(month.text)
        mentions = [
            mention
            for mention in self._mentions(sentence)
            if not any(date.start <= mention.start < date.end for date in dates)
            and not self._is_free(mention, results)
        ]
        loose = [mention for mention in mentions if not self._holds(mention, sources)]
        yield from (_nowhere(mention.text) for mention in loose)
        if not self.is_quoted:
            cells = [
                mention
                for mention in mentions
                if mention not in loose and not any(_is_said(mention, one) for one in sources)
            ]
            for mention in wrong_cell_numbers(sentence, cells, sources, self.evidence.question):
                why = "stands in another row or column than the one you name"
                yield Check(what="cell", text=mention.text, why=why)
        yield from self._spelt(sentence, sources, results)

    def _mentions(self, sentence: str) -> list[Mention]:
        """The numbers of a sentence; 13,437 is 13.437 only with a decimal comma."""
        found = numbers_in(sentence)
        if has_comma(self.evidence.language):
            return found
        return [replace(one, readings=(one.value,)) if one.scale != 1 else one for one in found]

    def _is_free(self, mention: Mention, results: Sequence[Mention]) -> bool:
        """Computed, or part of a name that the question has: `R1` is no value."""
        if any(_alike(mention, other) for other in results):
            return True
        asked = numbers_in(self.evidence.question) if mention.in_name else []
        return any(_alike(mention, other) for other in asked)

    def _holds(self, mention: Mention, sources: Iterable[Source]) -> bool:
        return any(
            supports(source, mention)
            or (
                source.number in self.seen
                and any(_alike(mention, other) for other in self.printed(source))
            )
            for source in sources
        )

    def _is_known(self, date: Date, sources: Sequence[Source]) -> bool:
        """Whether the day is named; or its parts are, in a form that is not known here."""
        if any(date.agrees(other) for other in dates_in(self.evidence.question)):
            return True
        for source in sources:
            if any(date.agrees(other) for other in dates_in(source.everything)):
                return True
            parts = {Decimal(date.day), Decimal(date.year or date.day)}
            if date.month in months_in(source.everything) and parts <= {
                mention.value for mention in source.numbers
            }:
                return True
        return False

    def _texts(self, sources: Sequence[Source]) -> list[str]:
        return [source.everything for source in sources] + [self.evidence.question]

    def _spelt(
        self, sentence: str, sources: Sequence[Source], results: Sequence[Mention]
    ) -> Iterator[Check]:
        texts = self._texts(sources)
        if counts := counts_in(sentence):
            known = {count.value for text in texts for count in counts_in(text)}
            known |= {mention.value for text in texts for mention in numbers_in(text)}
            known |= {mention.value for mention in results}
            yield from (_nowhere(one.text) for one in counts if one.value not in known)
        if not self.computed and (multiples := multiples_in(sentence)):
            stems = {word[:4] for text in texts for word in multiples_in(text)}
            yield from (_nowhere(word) for word in multiples if word[:4] not in stems)


def without_list_numbers(text: str) -> str:
    """Take off `1.`, `2.`, … before the items of a list, as long as they count on."""
    expected = 1

    def counted(match: re.Match[str]) -> str:
        nonlocal expected
        if int(match[1]) not in {1, expected}:
            return match[0]
        expected = int(match[1]) + 1
        return ""

    return _ITEM.sub(counted, text)


def unsupported_numbers(text: str, evidence: Evidence) -> list[str]:
    """The numbers of a refusal that neither a source nor the question holds."""
    asked = numbers_in(evidence.question)
    loose = [
        mention.text
        for mention in numbers_in(_MARKS.sub(" ", text))
        if not any(_alike(mention, other) for other in asked)
        and not any(supports(source, mention) for source in evidence.sources)
    ]
    return list(dict.fromkeys(loose))


def supports(source: Source, mention: Mention) -> bool:
    """Whether a source holds the number, with the sign, scale and percent that are claimed."""
    if any(_same(mention, other, source) for other in source.numbers):
        return True
    if any(_same_cell(mention, quantity) for quantity in source.quantities):
        return True
    return mention.scale == 1 and not mention.percent and mention.value in source.counts


def _same(mention: Mention, other: Mention, source: Source) -> bool:
    """A number of the text: what it leaves open, its table or caption may announce."""
    values, others = _values(mention.readings), _values(other.readings)
    if mention.percent and not other.percent:
        return bool({value / 100 for value in values} & others)
    if mention.value < 0 <= other.value and not _is_loss(source, other):
        return False
    amounts = {value * mention.scale for value in values}
    if amounts & {value * other.scale for value in others}:
        return True
    if not values & others:
        return False
    if mention.scale == 1:
        return True
    is_open = not source.scales and (source.kind != "text" or _shares_scale(other, mention, source))
    return other.scale == 1 and (is_open or mention.scale in source.scales)


def _shares_scale(number: Mention, claimed: Mention, source: Source) -> bool:
    """Whether prose may say a number's scale further on: `($512) thousand`, `$4 and $5 million`."""
    if source.everything[number.end : number.end + 1] in {")", "）"}:
        return True
    return any(
        one.scale == claimed.scale
        and 0 < one.start - number.end < _NEAR
        and not _ENDS.search(source.everything[number.end : one.start])
        for one in source.numbers
    )


def _same_cell(mention: Mention, quantity: Quantity) -> bool:
    values = _values(mention.readings)
    if mention.value < 0 <= quantity.value:
        return False
    if mention.percent:
        # `79.8` of a column of scores is said as 79.8 %; counts and fractions are not.
        is_share = quantity.percent or (quantity.scale == 1 and 1 < abs(quantity.value) <= 100)
        return is_share and abs(quantity.value) in values
    return bool({value * mention.scale for value in values} & {abs(quantity.amount)})


def _is_loss(source: Source, other: Mention) -> bool:
    before = source.everything[max(0, other.start - _NEAR) : other.start]
    return bool(_IN_PARENTHESES.search(before) or _LOSS.search(fold(before)))


def _is_said(mention: Mention, source: Source) -> bool:
    """Whether a source says the number outside its cells too: in prose, captions, labels."""
    if any(_same(mention, other, source) for other in source.said):
        return True
    cells = (cell for table in source.tables for cell in table.cells())
    return not any(is_value(mention, cell) for cell in cells) and supports(source, mention)


def _has_month(claimed: Date, text: str) -> bool:
    """Whether a text has the month of that year, or both apart as a table's headers have them."""
    told = [*month_years_in(text), *dates_in(text)]
    if any((one.month, one.year) == (claimed.month, claimed.year) for one in told):
        return True
    bare = text
    for one in told:
        bare = bare.replace(one.text, " ")
    return claimed.month in months_in(bare) and str(claimed.year) in text


def _computed_numbers(computed: Sequence[Computed], sources: Sequence[Source]) -> list[Mention]:
    """The results of the calculations, and those operands that sources hold."""
    allowed = [mention for one in computed for mention in numbers_in(one.result)]
    for one in computed:
        steps = numbers_in(one.expression)
        constants = {*_CONSTANTS, Decimal(len(steps) - 1)}  # an average divides by its count
        allowed += [
            mention
            for mention in steps
            if mention.value in constants or any(supports(s, mention) for s in sources)
        ]
    return allowed


def _alike(mine: Mention, other: Mention) -> bool:
    """Equal as written or scaled, but for the sign, or for percent against a fraction."""
    values = _values(mine.readings) | {value * mine.scale for value in _values(mine.readings)}
    theirs = _values(other.readings) | {value * other.scale for value in _values(other.readings)}
    if values & theirs:
        return True
    return mine.percent and not other.percent and bool({value / 100 for value in values} & theirs)


def _values(readings: Iterable[Decimal]) -> set[Decimal]:
    return {abs(value) for value in readings}


def _nowhere(number: str) -> Check:
    return Check(what="number", text=number, why="stands in no cited source")

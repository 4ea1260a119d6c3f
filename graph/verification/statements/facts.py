"""What a source says, fact by fact: each number with the one cell or sentence that explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from graph.evidence.sources import Source, with_groups
from graph.verification.statements.measures import Said, is_measure, said_of, unit_of
from graph.verification.statements.vocabulary import language_in, meanings, says, vocabularies
from loaders.chunking.table import DataCell
from loaders.text.dates import dates_in
from loaders.text.language_detection import writes_comma
from loaders.text.number_formats import has_decimal_comma
from loaders.text.number_words import Spelt, counts_in, fold_in_place
from loaders.text.quantities import Mention, numbers_in
from loaders.text.sentence_splitter import cut
from loaders.text.tokenizer import is_stop, is_year, words
from loaders.text.unit_symbols import multiple_signs

_ASIDE = re.compile(r"[^\W\d_]\s*[(（][^\d()（）]{1,6}[)）]")
_PERCENT_ASIDE = re.compile(r"[^\W\d_]\s*[(（]\s*[%％]\s*[)）]")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_DATED_ASIDE = re.compile(
    r"[^\d()（）.,;:]{0,60}[(（](?P<year>(?:19|20)\d\d)\s?[:：]?\s(?P<value>[^()=]*\d[^()=]*)[)）]"
)
"""`346m (2024: £311m)`: a year and a value, the next ones behind another."""
_BRACKETS = frozenset(
    word.key for one in vocabularies().values() for word in words(one.data["text"]["brackets"])
)
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_QUARTER = re.compile(r"q[1-4]|h[12]")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[–-]\s?((?:19|20)\d\d)(?!\d)")
_LONGEST = 20
"""Years of a span, `2020–2024`, each of which it is of."""
_SHORT = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[/–-]\s?(\d\d)(?!\d)")


@dataclass(frozen=True)
class Fact:
    """One place of a source: a cell with all that heads it, or a sentence."""

    source: Source
    text: str
    """The sentence, or the cell as its table writes it."""
    cell: DataCell | None = None
    is_label: bool = False
    """Of rows or columns: what its numbers measure stands in the cells that it heads."""

    @cached_property
    def heads(self) -> str:
        """The labels that lead to a cell."""
        if self.cell is None:
            return ""
        return " › ".join([*self.cell.row_path, *self.cell.column_path])

    @cached_property
    def context(self) -> str:
        """What stands over it: heads, caption, section."""
        return "\n".join([self.heads, self.source.caption, self.source.section])

    @cached_property
    def numbers(self) -> list[Mention]:
        if self.cell is None:
            text = with_groups(self.text) if writes_comma(self.text) else self.text
            return sorted([*numbers_in(text), *self._spelt], key=lambda one: one.start)
        return numbers_in(with_groups(self.cell.text) if self.cell.quantity else self.cell.text)

    @property
    def _spelt(self) -> list[Mention]:
        """The counts in words: `three` of three plants."""
        languages = (language_in(self.text) or language_in(self.source.everything),)
        return [as_mention(one) for one in counts_in(self.text, languages)]

    @cached_property
    def is_figure(self) -> bool:
        """Whether it has a number that measures: not only years and the digits of names."""
        return any(not one.in_name and not periods_of(one.text) for one in self.numbers)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its content words as they are compared; of a cell those of its heads too."""
        text = f"{self.heads} {self.cell.text}" if self.cell else self.text
        return content_of(text)

    @cached_property
    def periods(self) -> frozenset[str]:
        """The years and quarters that it is said of."""
        return periods_of(self.heads if self.cell else self.text)

    @cached_property
    def _has_percent_aside(self) -> bool:
        """Whether its heads say `n (%)`, or else corner or caption, if that is their only form."""
        corners = (one.grid.text(one.header_rows - 1, 0) for one in self.source.tables)
        lines = (self.source.caption, *corners)
        of_all = (one for one in lines if len(_ASIDE.findall(one)) == 1)
        is_percent = any(map(_PERCENT_ASIDE.search, (self.heads, *of_all)))
        return is_percent and not self.has_year_before_aside

    @cached_property
    def has_year_before_aside(self) -> bool:
        """Whether a line over its table says that brackets hold the year before."""
        lines = (
            self.source.caption,
            *(one for table in self.source.tables for one in table.titles),
        )
        asides = (found[0] for line in lines for found in _IN_BRACKETS.finditer(line))
        return self.cell is not None and any(map(_is_year_before, asides))

    @cached_property
    def periods_aside(self) -> frozenset[str]:
        """The year that brackets of its table hold: the one before that of the line over it."""
        if not self.has_year_before_aside or len(self._years_over) != 1:
            return frozenset()
        return frozenset(str(int(year) - 1) for year in self._years_over)

    @cached_property
    def _years_over(self) -> frozenset[str]:
        return years_of(self.periods) or years_of(periods_of(self.source.caption))

    def periods_of_number(self, number: Mention) -> frozenset[str]:
        """Those that one of its numbers is said of; what brackets date is what they hold.

        `£346m (2024: £311m)` gives the 346 to the year after.
        """
        quantity = self.cell.quantity if self.cell else None
        if quantity and self.periods_aside:
            is_aside = quantity.value not in number.readings
            return self.periods_aside if is_aside and quantity.aside else self._years_over
        aside = _DATED_ASIDE.match(self.text, number.end) if self.cell is None else None
        rest = _IN_BRACKETS.sub(" ", self.text)
        if aside and _says_no_more(aside["value"], rest) and not periods_of(rest):
            return frozenset({str(int(aside["year"]) + 1)})
        return self.periods

    def values(self, number: Mention) -> set[Decimal]:
        """What a number of it can mean; of a cell's own value its table has decided."""
        quantity = self.cell.quantity if self.cell else None
        if quantity and abs(quantity.value) in values_of(number):
            is_same = abs(quantity.value) == abs(number.value)
            if is_same or has_decimal_comma(self.source.everything) is not False:
                return {abs(quantity.value)}
            return values_of(number)  # read with a decimal comma, in a source that writes points
        if quantity is None and language_in(self.source.everything) in {"en", "zh"}:
            return {abs(number.value)}  # its language writes decimals with a point
        return values_of(number)

    def said(self, number: Mention) -> Said:
        """What a number of it counts, as far as it says."""
        if self.cell is None:
            return said_of(self.text, number)
        own = said_of(self.cell.text, number)
        quantity = self.cell.quantity
        if quantity is None:
            return own
        is_printed = quantity.unit in multiple_signs() or re.match(r"\D[^/]*/", quantity.unit)
        unit = own.unit or unit_of(quantity.unit) or (quantity.unit if is_printed else "")
        is_percent = own.percent or quantity.percent
        if len(numbers_in(quantity.aside)) == 1 and self._has_percent_aside:
            is_percent = quantity.value not in number.readings  # 21 (9.0) under `n (%)`
        return Said(
            own.scale if own.scale != 1 else quantity.scale,
            is_percent,
            own.currency or quantity.currency,
            "" if is_percent or quantity.currency else unit,
            per=own.per or (quantity.unit if quantity.unit.startswith("/") else ""),
        )


def facts_of(source: Source) -> tuple[Fact, ...]:
    """Everything that a source says, in cells and sentences."""
    return _kept(_Identity(source))


@dataclass(frozen=True, eq=False)
class _Identity:
    """A source as a key: itself, however alike another one is."""

    source: Source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self.source is other.source

    def __hash__(self) -> int:
        return id(self.source)


@lru_cache(maxsize=128)
def _kept(key: _Identity) -> tuple[Fact, ...]:
    return tuple(_made(key.source))


def _made(source: Source) -> Iterator[Fact]:
    for table in source.tables:
        yield from (Fact(source, cell.line, cell) for cell in table.cells())
        for label in dict.fromkeys(
            text for cell in table.cells() for text in (*cell.row_path, *cell.column_path)
        ):
            if re.search(r"\d", label):
                yield Fact(source, label, is_label=True)
        yield from (Fact(source, title) for title in table.titles if title)
    for line in (source.section, source.caption):
        if line.strip():
            yield Fact(source, line)
    yield from (Fact(source, sentence) for sentence in cut(source.prose))


def _is_year_before(aside: str) -> bool:
    """Whether brackets say that brackets hold the year before, and not a change since then."""
    said = content_of(aside)
    return says("year_before", aside) and len(said) <= 1 + len(said & _BRACKETS)


def _says_no_more(value: str, rest: str) -> bool:
    """Whether a value in brackets is the one before: no target, nothing that is expected."""
    known = fold_in_place(rest)
    return all(fold_in_place(word) in known for word in _LONG_WORD.findall(value))


@lru_cache(maxsize=8192)
def content_of(text: str) -> frozenset[str]:
    """The words that tell what is spoken of: no stop words, no bare numbers, no units.

    What a number counts in stands beside other numbers too, and points to none of them.
    """
    return frozenset(
        word.key
        for word in words(text)
        if not is_stop(word.key) and not word.key[0].isdigit() and not is_measure(word.text)
    )


@lru_cache(maxsize=8192)
def periods_of(text: str) -> frozenset[str]:
    """Years, quarters and half-years, in digits or words; `2023/24` is both years."""
    said = (word.key for word in words(text) if "," not in word.text)
    found = {key for key in said if is_year(key) or _QUARTER.fullmatch(key)}
    found |= {name[1:] for name in meanings(text) if _QUARTER.fullmatch(name[1:])}
    found |= {str(date.year) for date in dates_in(text) if date.year}
    for year, short in _SHORT.findall(text):
        found |= {year, f"{year[:2]}{short}"}
    for first, last in _SPAN.findall(text):
        found |= {str(year) for year in range(int(first), min(int(last), int(first) + _LONGEST))}
    return frozenset(found)


def years_of(periods: frozenset[str]) -> frozenset[str]:
    """The calendar years among periods."""
    return frozenset(period for period in periods if is_year(period))


def as_mention(count: Spelt) -> Mention:
    """A count in words as the number that it is."""
    return Mention(count.text, count.value, count.start, count.end, (count.value,))


def values_of(mention: Mention) -> set[Decimal]:
    """Every value that a number can mean, without its sign."""
    return {abs(value) for value in mention.readings}

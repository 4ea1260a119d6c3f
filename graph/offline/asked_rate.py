"""Whether a figure is per what a question asks for: per month, per inhabitant, per kg."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from graph.offline.spare_words import spoken
from graph.offline.table_view import FoundCell
from graph.query.subject_terms import holds, keys_in, tokens_of
from loaders.text.dates import months_in
from loaders.text.language_detection import language_of
from loaders.text.languages import any_of, language, words_of
from loaders.text.rates import rates_in
from loaders.text.tokenizer import fold, is_stop, keys
from loaders.text.unit_symbols import shown_unit
from loaders.text.unit_words import PERIODS

_QUARTER, _HALF = re.compile(r"\bq[1-4]\b|\bquart"), re.compile(r"\bh[12]\b")
_TIMES = PERIODS | {"h", "quarter"}


def is_per_same(question: str, of: FoundCell | str) -> bool:
    """Whether a figure is per what is asked for: no monthly fee per year, no sum per inhabitant.

    What heads the cell, or the sentence, has to name that; only what is headed by a year alone is
    per year, whether that is said or not.
    """
    asked = [word for word in per_what(question) if shown_unit(f"per {word}") != "%"]
    return _is_per_each([*asked, *rate_units(question)], question, of)


def is_per_time(question: str, cell: FoundCell) -> bool:
    """Whether a figure is per the time that an adjective or the like asks for: `annual fee`.

    An average per month may be one of months.
    """
    return _is_per_each(rate_units(question), question, cell)


def is_whole_rate(question: str, cell: FoundCell, *, counts: bool) -> bool:
    """Whether a cell is per nothing that is not asked for: `per inhabitant` is no number of them.

    Who `counts` wants no `patients per doctor`, nothing `per 100,000` and nothing `daily`, which a
    title says; else a title may only say what the rows are: `days per event`.
    """
    told = f"{cell.labels} {cell.unit}"
    nouns = {keys(word)[0] for word in _bases(told) if not shown_unit(word)}
    asked = {keys(word)[0] for word in per_what(question)}
    over = {keys(word)[0] for word in per_what(cell.title)} & keys_in(question)
    times = {one for one in rate_units(f"{cell.labels} {cell.title}") if one != "year"}
    unsaid = {one for one in times if not _is_said(one, question)}
    is_rate = bool(over or unsaid) or _of_many(cell.title)
    is_asked = bool(asked or _of_many(question) or rate_units(question))
    return nouns <= asked and not (counts and is_rate and not is_asked)


def _of_many(text: str) -> bool:
    """Whether a text says per how many: `per 100,000 inhabitants`."""
    return _per_number().search(fold(text)) is not None


@cache
def _per_number() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(words_of('unit_lines', 'per'))})\s+\d")


def rate_units(text: str) -> list[str]:
    """The units of time that something is per without the word: the month of `monthly`."""
    return [unit for unit, _, _ in rates_in(text)]


def per_what(text: str) -> list[str]:
    """What something is per, said in the text's own language, without what asks: `por qué`."""
    words = _per_words(language_of(text)).findall(fold(text))
    return [word for word in words if shown_unit(word) or not is_stop(keys(word)[0])]


@cache
def _per_words(code: str) -> re.Pattern[str]:
    words = any_of(language(code).words("unit_lines", "per"))
    return re.compile(rf"(?<![\w-])(?:{words})\s+([^\W\d_]+)")


def _is_said(unit: str, question: str) -> bool:
    """Whether a question names a time at all: the deliveries in a day."""
    return any(shown_unit(one.text) == unit for one in tokens_of(question))


def _is_per_each(asked: Sequence[str], question: str, of: FoundCell | str) -> bool:
    """What stands beside a cell in its row is said of other cells, but may be what it is per."""
    if not asked:
        return True
    cell = None if isinstance(of, str) else of
    said = f"{cell.labels} {cell.title} {cell.cell.unit} {cell.unit}" if cell else str(of)
    told, beside = fold(said), cell.beside if cell else ""
    known = {shown_unit(word) for word in re.findall(r"[^\W\d_]+", told)}
    known -= {"", cell.unit if cell else ""}  # what is counted in months is none per month
    known |= _units_per(told) | (times_of(cell.labels) if cell else set())
    words, bases = keys_in(told), {keys(one)[0] for one in _bases(f"{told} {beside}")}
    words |= keys_in(beside)
    plain = {keys(one)[0] for one in _bases(question) if shown_unit(one) not in PERIODS}
    return all(
        _is_per_unit(word, told)
        if _measures(word)
        else _is_named(word, known, bases if keys(word)[0] in plain else words)
        or (keys(word)[0] in spoken("year") and cell is not None and _is_of_year(cell, told))
        for word in asked
    )


def times_of(labels: str) -> set[str]:
    """The parts of a year that head a figure, which is per these: `month`, `quarter`, `half`."""
    parts = {"quarter": _QUARTER, "half": _HALF}
    found = {part for part, pattern in parts.items() if pattern.search(fold(labels))}
    return found | {"month"} if months_in(labels) else found


def _units_per(text: str) -> set[str]:
    """The units that something is per, with that word or without it."""
    return ({*rate_units(text)} | {*map(shown_unit, per_what(text))}) - {""}


def _is_named(word: str, known: set[str], said: Iterable[str]) -> bool:
    """Whether what a figure is per is said: a time as such, and not as what it is counted in."""
    time = shown_unit(word) or word
    return time in known if time in _TIMES else holds(frozenset(said), keys(word)[0])


def _is_of_year(cell: FoundCell, told: str) -> bool:
    """Whether a year heads a cell, and nothing tells that it is of less, or per something else."""
    is_dated = bool(cell.row.years | cell.column.years)
    is_rate = bool(_units_per(told) - {"year"} or _bases(told)) or "/" in cell.unit
    return is_dated and not times_of(cell.labels) and not is_rate


def _measures(word: str) -> bool:
    """Whether things are measured in it: mg, not a month, which labels name."""
    return shown_unit(word) not in {"", *PERIODS, "h", "min", "s"}


def _is_per_unit(word: str, told: str) -> bool:
    """What is counted in mg is nothing per mg."""
    unit = shown_unit(word)
    return f"/{unit}" in told or any(shown_unit(one) == unit for one in per_what(told))


def _bases(text: str) -> list[str]:
    """What something is per, by a word or a stroke; not the share of `earnings per share`."""
    every = [*per_what(text), *re.findall(r"[$€£]\s?/\s*([^\W\d_]{3,})", text)]
    alone = {fold(one.text) for one in tokens_of(text)}
    return [word for word in every if fold(word) in alone]

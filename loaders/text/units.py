"""What a number counts: scale, currency and unit, as unit lines, heads and labels say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from loaders.text.currencies import doubtful_codes, iso_codes, signs
from loaders.text.languages import (
    any_of,
    latin,
    phrases_of,
    unit_phrases,
    unit_table,
    wide,
    words_of,
)
from loaders.text.unit_symbols import compound_pattern, money_units, shown_unit
from loaders.text.unit_words import OF_NOTHING, PERIODS, Measure, UnitPhrase, phrase_at

_LONGEST = 300
_LONGEST_UNIT = 20
_THOUSAND = re.compile(r"(?<![\d.,])1[.,'’\u00a0 ]000(?![\d.,])")


@lru_cache(maxsize=20_000)
def measure_of(text: str, *, is_head: bool = False) -> Measure | None:
    """What a text says that is nothing but a unit: `€ million`, `ms`, `in thousands of dollars`.

    Only where no amount can stand, in a head, `CHF 1'000` is a scale.
    """
    bare = text.strip().strip("*_:： ")
    bare = _THOUSAND.sub("000", bare) if is_head else bare
    if not bare or len(bare) > _LONGEST:
        return None
    if bare[0] in "([（【" and bare[-1] in ")]）】":
        bare = bare[1:-1].strip()
    found = phrase_at(bare)
    if found and bare[found.glued :].strip(" .:：;,()"):
        rest = bare[found.end :]
        if found.measure.currency and shown_unit(rest.strip()) in money_units():
            return Measure(unit=bare)  # `€ cents`
        return _qualified(found.measure, rest) or _per_thing(found.measure, rest)
    return found.measure if found else None


def _qualified(found: Measure, rest: str) -> Measure | None:
    """With the time that it is per, or with how it is meant, as it is printed: `m OD`, `V DC`."""
    said = " ".join(rest.strip(" ,;").split())
    time = unit_table("per_time").get(said)
    if found.currency and time and not found.unit:
        return replace(found, unit=f"/{time}")
    if found.currency or not found.unit:
        return None
    is_rate = time == "year" and found.unit in OF_NOTHING  # of interest it goes without saying
    if is_rate or said in unit_phrases("bare_qualifiers"):
        return found
    is_known = time is not None or said in unit_phrases("qualifiers")
    between = "" if said[:1] == "/" else " "
    return replace(found, unit=f"{found.unit}{between}{said}") if is_known else None


def _per_thing(found: Measure, rest: str) -> Measure | None:
    """Money or a unit for each of something that is no unit: `kWh por habitante`, `€ je Platz`."""
    thing = _each().fullmatch(rest)
    is_measured = found.currency or (len(found.unit) > 1 and found.unit not in OF_NOTHING)
    if not thing or not is_measured or "/" in found.unit:
        return None
    return replace(found, unit=f"{found.unit}/{' '.join(thing['thing'].split())}")


@cache
def _each() -> re.Pattern[str]:
    per = any_of([*words_of("unit_lines", "per")])
    word = r"[^\W\d_][^\W\d_-]*"
    return re.compile(rf"\s*(?:/|\b(?:{per})\s)\s*(?P<thing>{word}(?:\s{word}){{0,3}})\.?", re.I)


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(rf"\S+(?: \S+)?/(?:(?P<unit>{compound_pattern()})(?![^\W\d_])|\d).*")


def _verbatim(text: str) -> Measure | None:
    """A unit that is known at its end only, told as it is printed: `kWhEP/m²`, `mL/min/1.73 m²`."""
    unit = text.partition(", ")[0].strip()  # without `n = 6`
    found = _compound().fullmatch(unit) if len(unit) <= _LONGEST_UNIT else None
    is_known = found and found["unit"] and (len(found["unit"]) > 1 or found["unit"] in "lLh")
    return Measure(unit=shown_unit(unit) or unit) if is_known else None


def is_unit_line(text: str) -> bool:
    """Whether a line between heading and table only says the unit of its figures."""
    found = measure_of(text, is_head=True)
    if found is None:
        return False
    is_marked = text.strip()[0] in "([（【" or _introducer().match(text.strip()) is not None
    return found.scale != 1 or bool(found.currency) or is_marked


BRACKETS = re.compile(
    r"(?<![^\W\d_\u2e80-\uffef])[(（\[【]"
    r"((?:[^()（）\[\]【】]|(?<=[^\W\d_])\([^\W\d_]\)){1,120})[)）\]】]"
)
"""What stands in brackets; those of one letter are of its unit: `[dB(A)]`, `(bar(g))`."""
_TAIL = re.compile(r"(?:[,;|:]\s|：|\s[/–—-])\s*(?P<unit>[^,;|:：]{1,60})$")
_WORD_START = re.compile(r"(?<![^\W\d_])(?=[^\s\d,;.:])")
_QUALIFIER = re.compile(r"\s(?:[^\W\d_]{2,6}\.?\s?){1,2}")
_NUMBER_BEFORE = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d\s*$)[\d.,]*\d\s*$")
_NUMBER_AFTER = re.compile(r"\s?(?!(?:19|20)\d\d(?![\d.,]))\d")


@cache
def _introducer() -> re.Pattern[str]:
    apart, run_on = (any_of(of(words_of("unit_lines", "introducers"))) for of in (latin, wide))
    return re.compile(rf"(?:\b(?:{apart})\s+|(?:{run_on})\s*[:：]?\s*)", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def measure_in(text: str) -> Measure | None:
    """What a label, a head or a line of a caption says about the numbers that it heads."""
    if len(text) > _LONGEST * 5:
        return None
    whole = measure_of(text)
    is_rate = whole is not None and whole.unit.find("/") > 1  # `kWh per inhabitant`, but `S/N`
    if whole and (whole.scale != 1 or whole.currency or whole.unit in OF_NOTHING or is_rate):
        return whole
    if _tells_several(text):
        return None
    for found in (_bracketed(text), _introduced(text), _tailing(text), _running(text)):
        if found is not None:
            return found
    return None


def _bracketed(text: str) -> Measure | None:
    for match in reversed([*BRACKETS.finditer(text)]):
        inner = match[1]
        found = measure_of(inner) or _verbatim(inner)
        if found and found.unit in OF_NOTHING and _number_of().search(text[: match.start()]):
            return Measure(kind="count")  # of `n (%)` the brackets of a cell are per cent
        if found is not None:
            return found
        phrase = phrase_at(inner.strip())
        if phrase and (phrase.is_strong or _is_qualified(inner.strip(), phrase)):
            return phrase.measure  # (% of sales), (€ million, unaudited), (€ HT)
    return None


def _is_qualified(text: str, phrase: UnitPhrase) -> bool:
    """A currency with how it is meant behind it: `€ HT`, `£ ex VAT`, `US$, from 1,000 pieces`."""
    is_money = bool(phrase.measure.currency) and _is_money(text[: phrase.end], text)
    rest = text[phrase.end :]
    is_cut = rest.startswith((",", ";")) and not _names_money(rest)
    is_meant = _QUALIFIER.fullmatch(rest) is not None and phrase_at(rest) is None  # not `EUR m²`
    return is_money and (is_cut or is_meant)


def _names_money(text: str) -> bool:
    found = (phrase_at(text, match.start()) for match in _WORD_START.finditer(text))
    return any(one is not None and one.measure.currency for one in found)


@cache
def _number_of() -> re.Pattern[str]:
    words = "|".join(map(re.escape, phrases_of("labels", "counts")))
    return re.compile(rf"(?<![^\W\d_])(?:n|{words})\W?\s*$", re.IGNORECASE)


def units_told(text: str) -> list[tuple[int, int, Measure]]:
    """Where a text gives units in brackets or behind `in`, from start to end, and what each is."""
    inner = ((one.start(), one.end(), measure_of(one[1])) for one in BRACKETS.finditer(text))
    said = [(start, end, measure) for start, end, measure in inner if measure]
    said += [(match.start(), one.end, one.measure) for match, one in _behind(text)]
    apart: list[tuple[int, int, Measure]] = []
    for one in sorted(said, key=lambda place: place[:2]):
        if not apart or one[0] >= apart[-1][1]:
            apart.append(one)
    return apart


def _tells_several(text: str) -> bool:
    """Whether things are told in units of their own: `volume in ml; shelf life in days`."""
    found = {one for *_, one in units_told(text) if one.unit not in OF_NOTHING}
    units = {(one.currency, one.unit) for one in found if one.currency or one.unit}
    return len(units) > 1 or (len(found) > 1 and any(not currency for currency, _ in units))


def _introduced(text: str) -> Measure | None:
    """`in thousands of dollars`, wherever it stands; a bare symbol only at the end."""
    for match, found in _behind(text):
        said = found.measure
        if qualified := _qualified(said, text[found.end :]):
            return qualified
        if found.is_strong or said.scale != 1 or said.currency or _is_over(text, match, found.end):
            return said
    return None


def _behind(text: str) -> Iterator[tuple[re.Match[str], UnitPhrase]]:
    """What is introduced as a unit: no number that begins with one, no time: `in the year`."""
    for match in _introducer().finditer(text):
        found = phrase_at(text, match.end())
        if found is None or _NUMBER_AFTER.match(text, found.end):
            continue
        if not (found.measure.unit in PERIODS and found.start > match.end()):
            yield match, found


def _is_over(text: str, introducer: re.Match[str], end: int) -> bool:
    """Whether the text ends behind a unit, or goes on without it: `in points of moisture`."""
    rest = text[end:].strip(" .:：;,)")
    is_letter = end - introducer.end() == 1
    return not rest or (not is_letter and _going_on().match(text, end) is not None)


@cache
def _going_on() -> re.Pattern[str]:
    more = [*words_of("unit_lines", "per"), *words_of("unit_lines", "of")]
    return re.compile(rf"[,;:.)](?!\S)|\s(?:{any_of(more)})\s", re.IGNORECASE)


def _tailing(text: str) -> Measure | None:
    match = _TAIL.search(text)
    if not match or (
        len(match["unit"].strip()) == 1 and match["unit"].strip().isupper() and "/" not in match[0]
    ):
        return None  # "Smith, J" is no joule
    return measure_of(match["unit"])


def _running(text: str) -> Measure | None:
    """Without brackets: `2024 €m`, `Revenue EUR million`, `% of sales`, `TEUR`."""
    for start in (match.start() for match in _WORD_START.finditer(text)):
        if _NUMBER_BEFORE.search(text[:start]):
            continue
        found = phrase_at(text, start)
        if found is None or _NUMBER_AFTER.match(text, found.end):
            continue
        at_end = not text[found.end :].strip(" .:：;,)")
        if found.is_strong or (at_end and start and _is_money(text[start : found.end], text)):
            return found.measure
        is_apart = text[:start].rstrip().endswith((",", ";", ":"))
        if _is_rate(found.measure.unit) and ((is_apart and not found.measure.currency) or at_end):
            return found.measure  # `annual mean, mg/kg dry weight`, `Basic charge EUR/year`
        if start == 0 and ((found.measure.scale != 1 and found.words == 1) or at_end):
            return found.measure if found.measure.scale != 1 or found.measure.currency else None
    return None


def _is_rate(unit: str) -> bool:
    """Whether a unit is one by its stroke alone, whatever follows: `mg/kg`, but no `A/B`.

    Of a price it is what that is for: `/m³`.
    """
    return unit.startswith("/") or ("/" in unit and len(unit) > len("A/B"))


def _is_money(phrase: str, text: str) -> bool:
    """A code or sign at the end of a label; in a heading in capitals a code may be a word."""
    bare = phrase.strip()
    if bare in doubtful_codes() or (bare in iso_codes() and text.isupper()):
        return False
    return bare in iso_codes() or bare in signs()


def unit_phrase(text: str) -> str:
    """The part of a heading or sentence that says a scale or a currency; empty if none does."""
    for match in reversed([*BRACKETS.finditer(text)]):
        found = measure_of(match[1])
        if found and (found.scale != 1 or found.currency):
            return match[0]
    for match in _introducer().finditer(text):
        phrase = phrase_at(text, match.end())
        if phrase and (phrase.measure.scale != 1):
            return text[match.start() : phrase.end].strip()
    return text.strip() if is_unit_line(text) else ""

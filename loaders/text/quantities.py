"""What a written number is worth: quantities in cells, mentions in text; Decimal throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from loaders.text.currencies import currency_of
from loaders.text.label_units import merged
from loaders.text.languages import pattern_of
from loaders.text.number_formats import RUN, fold_digits, has_decimal_comma, readings
from loaders.text.scale_words import (
    CURRENCY,
    LETTER_SCALE,
    PERCENT,
    SCALE,
    ledger_marks,
    letter_scale,
    scale_of,
)
from loaders.text.unit_symbols import multiple_signs
from loaders.text.unit_words import NOTHING, PERCENTS, Measure
from loaders.text.units import measure_of

Missing = Literal["", "blank", "dash", "n/a"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """The number of a table cell; `value` is as written, `amount` with its scale."""

    value: Decimal
    text: str
    unit: str = ""
    scale: Decimal = Decimal(1)
    currency: str = ""
    percent: bool = False
    high: Decimal | None = None
    """The upper end of a range whose lower end is `value`."""
    margin: Decimal | None = None
    """What stands after ±."""
    relation: str = ""
    """`<`, `≥`, `~` … if the cell says so."""
    footnote: str = ""
    aside: str = ""
    """What stands in parentheses after the number: `19.9%` in `1269 (19.9%)`."""

    @property
    def amount(self) -> Decimal:
        return self.value * self.scale

    @property
    def is_rate(self) -> bool:
        """A percentage, or so much of one thing for another: the rate of a whole is no sum."""
        return self.percent or "/" in self.unit

    @property
    def is_year(self) -> bool:
        """A bare year or span of years, which heads columns more often than it measures."""
        return _is_year(self.text, self.value)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number where it stands in a text."""

    text: str
    value: Decimal
    start: int
    end: int
    readings: tuple[Decimal, ...]
    """Every value that the digits can mean: `1.234` is 1234 in German."""
    scale: Decimal = Decimal(1)
    percent: bool = False
    in_name: bool = False
    """Part of a name (`R1`, `MATH-500`, `2.3.1`) or date: no value, yet it can be compared."""

    @property
    def amount(self) -> Decimal:
        return self.value * self.scale

    def equals(self, other: Mention) -> bool:
        """One of the readings of both is the same number, scaled or as written."""
        mine = {*self.readings, *(value * self.scale for value in self.readings)}
        return any(value in mine or value * other.scale in mine for value in other.readings)


_DIGIT = re.compile(r"\d")
_YEAR = re.compile(
    r"\s*\d{4}(?:\s*[-–/]\s*\d{2,4})?\s*"
    rf"(?:[(\[]\^?\w{{1,2}}[)\]]|[*†‡¹²³]{{1,3}}|{pattern_of('year_behind')})?\s*"
)
_EXPONENT = r"(?:[eE][-+]?[0-9]{1,2}(?![0-9A-Za-z]))"
_NUMBER = rf"(?:{RUN}|\.[0-9]{{1,20}}(?![0-9]))"
_DASHES = "-–—‐‑‒―"
_LEDGER = ledger_marks()
"""What stands behind a booking's amount: a credit counts as an outflow."""
_HEAD = re.compile(
    rf"\s*(?P<relation>[<>≤≥~≈±]=?|{pattern_of('about')})?\s*(?P<open>\()?\s*(?P<sign>[-–—+△▲])?\s*"
    rf"(?P<money>{CURRENCY})?\s*(?P<inner>\()?\s*(?P<sign2>[-–+])?\s*"
    rf"(?P<number>{_NUMBER})(?P<exponent>{_EXPONENT})?"
)
_TAIL = re.compile(
    rf"(?P<letter>{LETTER_SCALE})?\s*(?P<scale>{SCALE})?\s*(?P<money>{CURRENCY})?\s*(?P<percent>{PERCENT})?\s*"
    rf"(?P<close>\))?\s*(?P<percent2>{PERCENT})?(?P<minus>[-–−](?=\s*$))?"
    rf"(?:\s*(?:(?P<credit>{_LEDGER['credit']})|{_LEDGER['debit']})(?=\s*$))?"
)
_SPACED = re.compile(r"(?<![\w.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_RANGE = re.compile(
    rf"\s*(?:[-–—~～]|{pattern_of('range')})\s*(?:{CURRENCY})?\s*(?P<number>{_NUMBER})"
)
_MARGIN = re.compile(rf"\s*(?:±|\+/-)\s*(?P<number>{_NUMBER})")
_ASIDE = re.compile(r"\s*[(\[](?P<aside>[^()\[\]]{1,60})[)\]]")
_UNIT = re.compile(r"\s*(?P<unit>[^\d()\[\]|]{0,40})$")
_FOOTNOTE = re.compile(
    r"(?:\s*\[\^?(\w{1,3}|\*+)\]|\s*([*†‡§#]{1,4})|\s*([¹²³⁰⁴-⁹ᵃ-ᶻ]{1,3})|(?<=[\d%)])\s*\(([a-z]|[1-9])\))$"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOT_AVAILABLE = re.compile(pattern_of("missing"), re.IGNORECASE)


def missing_mark(text: str) -> Missing:
    """How a cell says that it holds nothing: `n/a`, `dash` and `blank` are three things."""
    bare = text.strip()
    if not bare:
        return "blank"
    if all(character in _DASHES + "./·†" for character in bare.replace(" ", "")) and len(bare) <= 5:
        return "dash"
    return "n/a" if _NOT_AVAILABLE.fullmatch(bare) else ""


def parse_quantity(
    text: str, *, decimal_comma: bool | None = None, measure: Measure = NOTHING
) -> Quantity | None:
    """The quantity that a cell holds, None if it is prose, a date, a name or nothing.

    `measure` is what heads and labels say of it; `decimal_comma` is the table's own habit, if it is
    known.
    """
    if len(text) > 120 or not _DIGIT.search(text) or missing_mark(text):
        return None
    joined = _SPACED.sub(lambda found: found[0].replace(" ", "\u00a0"), fold_digits(text))
    body, footnote = _split_footnote(joined)
    head = _HEAD.match(body)
    if not head:
        return None
    values = readings(_padded(head["number"]), decimal_comma)
    tail = _TAIL.match(body, head.end())
    rest = _rest(body, tail.end(), decimal_comma) if tail else None
    if not values or not tail or rest is None:
        return None
    value = values[0].scaleb(int(head["exponent"][1:])) if head["exponent"] else values[0]
    said = _own_measure(head, tail, rest.unit, measure)
    around = NOTHING if "%" in rest.aside and measure.percent else measure
    whole = _completed(said, around, is_year=_is_year(text, value))
    return Quantity(
        value=-value if _is_negative(head, tail) else value,
        text=text,
        unit=whole.unit,
        scale=whole.scale,
        currency=whole.currency,
        percent=whole.percent,
        high=rest.high,
        margin=rest.margin,
        relation=head["relation"] or "",
        footnote=footnote,
        aside=rest.aside,
    )


def _own_measure(head: re.Match[str], tail: re.Match[str], rest: str, around: Measure) -> Measure:
    """What the cell itself says beside its number; what is not understood is told as printed."""
    sign = tail["percent"] or tail["percent2"]
    if sign:
        return Measure(unit=(measure_of(sign) or NOTHING).unit or "%")
    money = head["money"] or tail["money"]
    scale_word = tail["letter"] or tail["scale"]
    if not (money or scale_word or rest):
        return NOTHING
    behind = measure_of(f"{money or ''} {rest}") or Measure(unit=rest)
    if rest in multiple_signs():
        behind = Measure(unit=rest)  # 1.5x, whatever the table counts in
    elif (money or around.currency) and (letter := letter_scale(rest)):
        behind = Measure(scale=letter)  # £12m, which is no metre
    scale = scale_of(scale_word or "")
    currency = currency_of(money) if money else behind.currency
    return Measure(scale if scale != 1 else behind.scale, currency, behind.unit)


def _completed(said: Measure, around: Measure, *, is_year: bool) -> Measure:
    """The cell's own words, and from around it what they leave open."""
    if said.unit or (said.scale != 1 and said.currency):
        return said
    if is_year and around.unit not in PERCENTS and not said.currency:
        return NOTHING if around.unit else replace(around, unit="")
    if said.scale != 1 and around.unit:
        return replace(said, unit="" if around.percent else around.unit)
    return merged([said, around]) if said != NOTHING else around


def _is_year(text: str, value: Decimal) -> bool:
    return 1800 <= value <= 2150 and _YEAR.fullmatch(fold_digits(text)) is not None


@dataclass(frozen=True, slots=True)
class _Rest:
    """What follows a number in its cell."""

    high: Decimal | None
    margin: Decimal | None
    aside: str
    unit: str


def _rest(body: str, start: int, decimal_comma: bool | None) -> _Rest | None:
    """None if what follows does not belong to a number: the cell is prose."""
    high = margin = None
    if match := _RANGE.match(body, start):
        high, start = _first(match["number"], decimal_comma), match.end()
    elif match := _MARGIN.match(body, start):
        margin, start = _first(match["number"], decimal_comma), match.end()
    if match and high is None and margin is None:
        return None
    trailing = _TAIL.match(body, start) if match else None
    start = trailing.end() if trailing else start
    aside = _ASIDE.match(body, start)
    unit = _UNIT.match(body, aside.end() if aside else start)
    if not unit or len(unit["unit"].split()) > 3:
        return None
    return _Rest(high, margin, aside["aside"].strip() if aside else "", unit["unit"].strip())


def _first(number: str, decimal_comma: bool | None) -> Decimal | None:
    found = readings(_padded(number), decimal_comma)
    return found[0] if found else None


def _padded(number: str) -> str:
    return f"0{number}" if number.startswith(".") else number


def _split_footnote(text: str) -> tuple[str, str]:
    match = _FOOTNOTE.search(text.rstrip()) if len(text) <= 120 else None
    if not match or not _DIGIT.search(text[: match.start()]):
        return text, ""
    mark = next(group for group in match.groups() if group)
    return text[: match.start()], mark.translate(_SUPERSCRIPTS)


def _is_negative(head: re.Match[str], tail: re.Match[str]) -> bool:
    in_parentheses = bool((head["open"] or head["inner"]) and tail["close"])
    signs = {head["sign"], head["sign2"], tail["minus"]} - {None, "+"}
    return in_parentheses or bool(signs) or bool(tail["credit"])


_CJK = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_TOKEN = re.compile(
    rf"(?:[^\s,()\[\]{{}}/|;:…<>=\"“”„«»%$€£¥–—~≈≤≥{_CJK}]|(?<=[0-9]),(?=[0-9])"
    r"|(?<=[0-9])(?<![0-9]{4})[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9])))+"
)
_MENTION = re.compile(
    rf"(?P<number>{RUN}|(?<![\w.])\.[0-9]{{1,20}}(?![0-9]))(?P<exponent>{_EXPONENT})?"
)
_AFTER = re.compile(
    rf"(?P<letter>{LETTER_SCALE})?\s?(?P<scale>{SCALE})?\s?(?:{CURRENCY})?\s?(?P<percent>{PERCENT})?"
)
_MONEY_TOKEN = re.compile(r"(?:USD|EUR|GBP|HKD|JPY|CNY|RMB|CHF|INR|US)(?=[0-9.])")
_MONEY_BEFORE = re.compile(rf"{CURRENCY}\s?-?$")
_LETTERS = re.compile(r"([A-Za-z]{1,3})(?![^\W_])")
_CLOCK = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?[0-9]|2[0-4]):(?P<minute>[0-5][0-9])(?![\d:]|[.,]\d)"
)
_SIGNED = re.compile(r"[-–△▲]")


def numbers_in(text: str, *, decimal_comma: bool | None = None) -> list[Mention]:
    """Every number of a text in order; those inside names and dates are there, but marked.

    `800k`, `80万` and `$1.2 billion` carry their scale; `(5)` is 5, as prose counts in
    parentheses.
    """
    folded = fold_digits(text)
    style = has_decimal_comma(folded) if decimal_comma is None else decimal_comma
    mentions: list[Mention] = []
    for token in _TOKEN.finditer(folded):
        mentions.extend(_mentions(folded, text, token, style))
    return _with_clocks(mentions, text) if ":" in text else mentions


def _with_clocks(mentions: list[Mention], text: str) -> list[Mention]:
    """`10:30` is one number, 10.30: neither its hour nor its minutes say when it is."""
    clocks = list(_CLOCK.finditer(fold_digits(text)))
    found = [one for one in mentions if not any(_is_of(one, clock) for clock in clocks)]
    for clock in clocks:
        if any(_is_of(one, clock) and not one.in_name for one in mentions):
            value = Decimal(f"{clock['hour']}.{clock['minute']}")
            found.append(Mention(text[slice(*clock.span())], value, *clock.span(), (value,)))
    return sorted(found, key=lambda one: one.start)


def _is_of(mention: Mention, clock: re.Match[str]) -> bool:
    return clock.start() < mention.end <= clock.end()


def _mentions(
    folded: str, original: str, token: re.Match[str], style: bool | None
) -> Iterator[Mention]:
    named = _starts_a_name(token[0])
    for found in _MENTION.finditer(folded, token.start(), token.end()):
        start, end = found.span()
        values = readings(_padded(found["number"]), style)
        if not values:
            yield from _parts(found, original, listed="," in found["number"], named=named)
            continue
        if found["exponent"]:
            values = tuple(value.scaleb(int(found["exponent"][1:])) for value in values)
        if not named and _has_minus(folded, start):
            start, values = start - 1, tuple(-value for value in values)
        after = _AFTER.match(folded, end)
        scale = scale_of((after["letter"] or after["scale"] or "") if after and not named else "")
        scale = _money_scale(folded, start, end) or scale
        percent = bool(after and after["percent"])
        in_name = named or _is_dated(folded, found)
        yield Mention(original[start:end], values[0], start, end, values, scale, percent, in_name)


def _money_scale(text: str, start: int, end: int) -> Decimal | None:
    """The letters behind an amount whose currency's sign stands before it: £12m, €1.2bn."""
    letters = _LETTERS.match(text, end)
    is_money = letters and _MONEY_BEFORE.search(text[max(0, start - 5) : start])
    return letter_scale(letters[1]) if letters and is_money else None


def _parts(found: re.Match[str], original: str, *, listed: bool, named: bool) -> Iterator[Mention]:
    """The numbers of a date, a version or a list that is written without spaces."""
    for part in re.finditer(r"[0-9]+", found["number"]):
        start, end = found.start() + part.start(), found.start() + part.end()
        value = Decimal(part[0])
        yield Mention(original[start:end], value, start, end, (value,), in_name=named or not listed)


def _starts_a_name(token: str) -> bool:
    bare = token.lstrip("-+.'’*_#@&^·•")
    return bare[:1].isalpha() and not _MONEY_TOKEN.match(bare)


def _has_minus(text: str, start: int) -> bool:
    if not start or not _SIGNED.match(text, start - 1):
        return False
    before = text[start - 2] if start > 1 else " "
    return before.isspace() or before in "([=<>≤≥~≈:$€£¥|*" or before > "\u2e80"


def _is_dated(text: str, found: re.Match[str]) -> bool:
    """Part of 2024-09-12 or 12/09/2024."""
    window = text[max(0, found.start() - 8) : found.end() + 8]
    return (
        re.search(
            r"(?<!\d)(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{4})(?!\d)", window
        )
        is not None
    )

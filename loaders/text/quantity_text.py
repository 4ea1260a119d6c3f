"""A quantity as people say it: `€498.7 million`, `498,7 Mio. €`, `SEK 203 million`, `2.5 ms`."""

from __future__ import annotations

import re
from decimal import Decimal

from loaders.text.languages import POWERS, Language, language, unit_set, unit_table
from loaders.text.number_formats import RUN, fold_digits, readings
from loaders.text.quantities import Quantity
from loaders.text.unit_symbols import shown_unit

_DIGITS = re.compile(rf"{RUN}|\.[0-9]+")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_GROUP = re.compile(r"\d(?P<sign>[,.'’\u00a0\u202f ])\d{3}(?!\d)")
_SWAPPED = str.maketrans(",.", ".,")
_TO = "\u2013"


def quantity_text(quantity: Quantity, code: str) -> str:
    """The quantity in a language's order: digits as printed, with sign, scale, unit and currency.

    Footnote marks, brackets around an outflow and signs in columns of their own are no part of it.
    """
    if quantity.is_year and not quantity.unit and not quantity.currency:
        return _printed(quantity, code)
    words = _speaker(code)
    return f"{_sign(quantity)}{_with_unit(quantity, _printed(quantity, code), words)}"


def amount_text(number: str, quantity: Quantity, code: str) -> str:
    """A computed number, already written out, in the unit, scale and currency of an operand."""
    digits = number.lstrip("-−")
    sign = "-" if digits != number else ""
    written = _grouped(in_number_form(digits, code), quantity.text, code)
    return f"{sign}{_with_unit(quantity, written, _speaker(code))}"


def _grouped(digits: str, like: str, code: str) -> str:
    """With thousands parted as in the operand, if that parts them: 12350 is 12,350 beside 9,750."""
    found = _GROUP.search(like)
    whole, mark, rest = digits.partition("," if has_comma(code) else ".")
    if not found or not whole.isdigit():
        return digits
    sign = found["sign"].translate(_SWAPPED) if found["sign"] == mark else found["sign"]
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", sign, whole) + mark + rest


def _speaker(code: str) -> Language:
    """The language, or English where it does not tell how amounts are said."""
    words = language(code)
    return words if "quantity" in words.sections else language("en")


def in_number_form(text: str, code: str) -> str:
    """Numbers that we wrote with a point, as the language writes them: `9.82` is `9,82` in German.

    Else 1.234 would be read as a thousand.
    """
    return _POINT.sub(",", text) if has_comma(code) else text


def has_comma(code: str) -> bool:
    """Whether a language parts decimals by a comma."""
    return language(code).text("numbers", "decimal") == ","


def _printed(quantity: Quantity, code: str) -> str:
    """The digits as they stand in the cell, with the end of a range or a margin."""
    text = fold_digits(quantity.text)
    found = [match[0] for match in _DIGITS.finditer(_without_spaces(text))]
    first = found[0] if found else format(quantity.value.copy_abs(), "f")
    first = _as_read(first, quantity.value.copy_abs(), code)
    if quantity.high is not None and len(found) > 1:
        return f"{first}{_TO}{found[1]}"
    if quantity.margin is not None and len(found) > 1:
        return f"{first} ± {found[1]}"
    return first


def _as_read(digits: str, value: Decimal, code: str) -> str:
    """As printed; but 13.800 of a German table is 13,800 in English, and the other way round.

    A point alone is left as it is: it is taken for a decimal one where nothing tells.
    """
    comma = has_comma(code)
    if readings(digits, comma)[:1] == (value,) or (comma and "," not in digits):
        return digits
    swapped = digits.translate(_SWAPPED)
    return swapped if readings(swapped, comma)[:1] == (value,) else digits


def _without_spaces(text: str) -> str:
    """Thousands that blanks part are one number."""
    return re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "\u00a0", text)


def _sign(quantity: Quantity) -> str:
    if quantity.value < 0:
        return f"{quantity.relation}-"
    return quantity.relation + ("+" if quantity.text.lstrip().startswith("+") else "")


def _with_unit(quantity: Quantity, number: str, words: Language) -> str:
    if quantity.unit == "%":
        return words.text("quantity", "percent").format(number=number)
    scale = _scale(quantity.scale, words, is_followed=bool(quantity.currency or quantity.unit))
    thing = quantity.unit.removeprefix("/")
    if quantity.currency:
        form = "money" if _currency(quantity.currency, words)[1] else "code"
        amount = words.text("quantity", form).format(
            number=number, scale=scale, currency=_currency(quantity.currency, words)[0]
        )
        return f"{amount}{_per(thing, words)}" if thing else amount
    amount = words.text("quantity", "bare").format(number=number, scale=scale)
    if not thing:
        return amount
    is_touching = not shown_unit(thing) and quantity.text.endswith(f"{number[-1:]}{thing}")
    is_touching = is_touching or thing in unit_set("touching")
    blank = "" if is_touching else " × " if thing[0].isdigit() else " "
    return f"{amount}{blank}{_unit(thing, words, is_one=quantity.value == 1)}"


def _scale(scale: Decimal, words: Language, *, is_followed: bool) -> str:
    power = scale.adjusted()
    for line in (name for name, value in POWERS.items() if value == power):
        if word := words.text("quantity_scales", line):
            return word if is_followed else word.removesuffix(" de")
    return f" × 10^{power}" if power else ""


def _currency(code: str, words: Language) -> tuple[str, bool]:
    """How a currency is shown, and whether by its sign."""
    name = words.text("quantity_currencies", code)
    sign = unit_table("shown").get(code, "")
    return name or sign or code, bool(name or sign)


def _unit(unit: str, words: Language, *, is_one: bool) -> str:
    """The symbol, or the language's word for it: the first of many, the last of one."""
    spelt = words.words("units", unit) if unit in unit_set("spelt") else ()
    if not spelt:
        return shown_unit(unit) or unit
    return spelt[-1 if is_one else 0].replace("-", " ")


def _per(thing: str, words: Language) -> str:
    if thing in unit_set("spelt"):
        return words.text("quantity", "per").format(unit=_unit(thing, words, is_one=True))
    return f"/{thing}"

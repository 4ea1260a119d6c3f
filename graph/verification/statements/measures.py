"""What a number counts where it stands in a text: scale, percent, currency, unit, noun."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from graph.verification.statements.vocabulary import vocabularies, vocabulary_of
from loaders.text.currencies import currency_of
from loaders.text.languages import any_of, pattern_of, words_of
from loaders.text.quantities import Mention
from loaders.text.scale_words import CURRENCY, LETTER_SCALE, PERCENT, SCALE, letter_scale, scale_of
from loaders.text.unit_symbols import shown_unit
from loaders.text.unit_words import measure_at

_BEFORE = re.compile(rf"(?P<money>{CURRENCY})\s?\(?[-–−]?\s?$")
_AFTER = re.compile(
    rf"(?:{LETTER_SCALE})?[\s\u00a0]?(?:{SCALE})?\s?(?:(?P<money>{CURRENCY})|(?P<percent>{PERCENT}))?"
)
_WORDS = re.compile(r"[\s\u00a0]?(?P<words>[^\W_][^\W_.]*\.?(?:[ \u00a0-][^\W\d_][^\W_]*\.?){1,2})")
_WIDE = re.compile(r"[\u2e80-\u9fff]{1,5}")
_MONEY_SCALE = re.compile(r"\s?(?P<scale>m|mn|b|bn|k|tn)(?![^\W\d_])")
"""`£12m` is no length."""
_BRACKET = re.compile(rf"\s?[)）]\s?(?P<scale>{SCALE})")
"""`(512) thousand`."""
_WORD = re.compile(r"[\s\u00a0]?-?(?P<word>[^\W\d_°Ω%‰]+(?:[/·][^\W\d_]+)*[²³]?|[%‰°ΩµμC]+)")
_BETWEEN = any_of(
    [
        word
        for one in vocabularies().values()
        for line in ("joins", "alternatives")
        for word in one.data["text"][line].split()
    ]
)
_RANGE = re.compile(
    rf"\s?(?:[-–—]|\b(?:{pattern_of('range')})|\b(?:{_BETWEEN})\b)\s?(\d[\d.,]*(?<![.,]))"
)
"""`11.7 to 12.1`, `3 and 4 kg`, up to the end of the second number; of no `week 16 was 68 %`."""
_PER = re.compile(rf"(?:/|(?<![^\W\d_])(?:{any_of([*words_of('unit_lines', 'per')])}))\s?$", re.I)
_BEFORE_A_NUMBER = re.compile(r"[\s\u00a0](?P<word>[a-z]+)[\s\u00a0]\D?\d")
"""`10 um 30 %` are no micrometres, in the language whose word it is."""
_COUNTED = frozenset({"person", "unit", "share", "in"})
"""What is counted rather than measured; `in` is an inch more rarely than a preposition."""
_LONGEST_WIDE = 5
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN"})
_YUAN = frozenset({"CNY", "JPY", "¥"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says beside a number; empty where it says nothing."""

    scale: Decimal = Decimal(1)
    percent: bool = False
    currency: str = ""
    unit: str = ""
    """As `unit_of` writes it."""
    noun: str = ""
    """The word behind the number, if it is no unit."""
    per: str = ""
    """What an amount of money is for: `/kg`."""
    follows_per: bool = False
    """Whether it says for how many an amount is: `per 1,000`."""

    @property
    def kind(self) -> tuple[bool, str, str]:
        """What is counted: only numbers of one kind are held against each other."""
        return self.percent, self.currency, self.unit

    @property
    def counts_nothing(self) -> bool:
        """Whether nothing beside the number says that it measures."""
        return not (self.percent or self.currency or self.unit or self.scale != 1)


def said_of(text: str, mention: Mention) -> Said:
    """Read what stands before and behind a number; the unit of a range is that of both ends."""
    own = _said_beside(text, mention)
    last = _RANGE.match(text, mention.end) if own.counts_nothing else None
    if last is None:
        return own
    end = replace(mention, text=last[1], start=last.start(1), end=last.end(1), percent=False)
    other = _said_beside(text, end)
    return replace(
        own, percent=other.percent, unit=other.unit, noun=own.noun if other.counts_nothing else ""
    )


def _said_beside(text: str, mention: Mention) -> Said:
    word = _BEFORE_A_NUMBER.match(text, mention.end)
    if word and vocabulary_of(text, "").by_words.search(word["word"]):
        return replace(_said_beside(f"{text[: mention.end]}.", mention), noun=word["word"])
    scale = mention.scale
    if scale == 1 and (behind := _BRACKET.match(text, mention.end)):
        scale = scale_of(behind["scale"])
    before = _BEFORE.search(text[max(0, mention.start - 20) : mention.start])
    after = _AFTER.match(text, mention.end)
    money = (before and before["money"]) or (after and after["money"]) or ""
    phrase = measure_at(text, mention.end)
    if phrase and phrase.currency and phrase.scale != 1 and not (after and after["money"]):
        return Said(phrase.scale, currency=phrase.currency)  # T€
    direct = unit_of(_WIDE.sub(r"\g<0> ", text[mention.end : mention.end + 6]).split(" ")[0])
    if direct and text[mention.end] > "\u2e80":
        return Said(unit=direct)  # 千欧 is a unit, and 千 no scale
    word = _WORD.match(text, after.end() if after else mention.end)
    if several := _unit_of_words(text, mention.end) or _unit_of_words(
        text, after.end() if after else mention.end
    ):
        return Said(scale, percent=several == "%", unit="" if several == "%" else several)
    bare = word["word"] if word else ""
    if after and after["percent"] and not money:
        bare = after["percent"] if not unit_of(bare) or unit_of(bare) == "%" else bare
    per = phrase.unit if phrase and phrase.unit.startswith("/") else ""
    unit = (
        ""
        if money
        else unit_of(text[mention.end :].lstrip(" \u00a0-").split(" ")[0]) or unit_of(bare)
    )
    percent = mention.percent or unit == "%"
    if money and scale == 1 and (letters := _MONEY_SCALE.match(text, mention.end)):
        scale = letter_scale(letters["scale"]) or scale
    return Said(
        scale,
        percent,
        currency_of(money) if money else "",
        "" if percent and unit in {"", "%"} else unit,
        "" if unit or percent else bare,
        per,
        _PER.search(text[: mention.start]) is not None,
    )


def is_other_currency(mine: str, other: str) -> bool:
    """Whether both are known, and are two: `$` may be any dollar, `¥` yen or yuan."""
    if not mine or not other or mine == other:
        return False
    for family in (_DOLLARS, _YUAN):
        if mine in family and other in family:
            return not {"USD", "¥"} & {mine, other}
    return True


def unit_of(text: str) -> str:
    """The unit that a word or symbol is; empty for any other word, and for people and pieces."""
    bare = text.strip(" .,;:()[]）（，。；\u00a0")
    if not bare:
        return ""
    unit = shown_unit(bare) or shown_unit(bare.replace("-", " ")) or _wide(bare)
    return "" if unit in _COUNTED else unit


def _unit_of_words(text: str, place: int) -> str:
    """The unit of several words: `percentage points`, `tonnes éq. CO₂`."""
    found = _WORDS.match(text, place)
    parts = re.split(r"[ \u00a0-]", found["words"]) if found else []
    several = (" ".join(parts[:count]) for count in range(len(parts), 1, -1))
    return next((unit for words in several if (unit := unit_of(words))), "")


def is_measure(word: str) -> bool:
    """Whether a word is a scale, currency or unit: it tells nothing of what is measured."""
    return bool(scale_of(word) != 1 or currency_of(word) or unit_of(word))


def units_in(text: str) -> set[str]:
    """The units that a label or caption names, each as a word by itself."""
    tokens = re.findall(r"[^\s,;:()\[\]（）=]+", text)
    pairs = [" ".join(pair) for pair in pairwise(tokens)]
    return {unit for token in [*tokens, *pairs] if (unit := unit_of(token))}


def _wide(text: str) -> str:
    """A Chinese unit stands before whatever comes next."""
    for length in range(min(_LONGEST_WIDE, len(text)), 0, -1):
        if text[0] > "\u2e80" and (unit := shown_unit(text[:length])):
            return unit
    return ""

"""What a text must be to answer: a sentence, and of the kind that is asked for."""

from __future__ import annotations

import re

from loaders.text.quantities import numbers_in
from loaders.text.tokenizer import keys

_ENDED = re.compile(r"[.!?:;。！？：；…][\"”’)\]]*\s*$|^\s*(?:[-*•]|\d+[.)])\s")
_CAPTION = re.compile(
    r"^\W*(?:figure|fig\.?|table|chart|abbildung|abb\.?|tabelle|图|表)\s*\d", re.IGNORECASE
)
_DATE = re.compile(
    r"\b\d{1,2}\.?\s+(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w*"
    r"(?:\s+\d{4})?|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\s+\d{1,2},?\s+\d{4}"
    r"|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥￥]\s?\d|\d[\d.,]*\s*(?:million|billion|thousand|Millionen|Milliarden|Tausend|Mio|Mrd|万|亿)?"
    r"\s*(?:[€$£元]|\b(?:euros?|eur|usd|dollars?|pounds?|yuan|rmb|francs?)\b)",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow much\b|\b(?:what|which) (?:price|cost)|\bwie ?viel\b|多少钱|多少元", re.IGNORECASE
)
_HOW_MANY = re.compile(
    r"\bhow (?:many|long|large|high|old)\b|\bwie (?:viele|lange|hoch)\b|多少|几", re.I
)
_WHEN = re.compile(r"\bwhen\b|\bwann\b|\bwhat (?:year|date)\b|何时|什么时候", re.IGNORECASE)
_WHO = re.compile(r"^(?:who|whom|wer|wen)\b", re.IGNORECASE)
LEAST_NAMES = 2
MOST_WORDS = 12


def is_fragment(text: str) -> bool:
    """Whether a text is a heading, a signature or a label: short, unended, with no figure."""
    if _ENDED.search(text) or _CAPTION.match(text) or re.search("[\u3400-\u9fff]", text):
        return False
    bare = _DATE.sub(" ", text)
    found = re.findall(r"[^\W\d_]+", bare)
    if len(found) > MOST_WORDS or any(not one.in_name for one in numbers_in(bare)):
        return False
    lower = sum(word[0].islower() for word in found if len(word) > 3)
    return bool(lower < 3)


def tells_name(question: str, text: str) -> bool:
    """Whether a label answers `who`: it has a name beside what the question says."""
    if not _WHO.search(question):
        return False
    asked = set(keys(question))
    names = re.findall(r"\b[A-Z][a-z]+\b", text)
    return sum(key not in asked for name in names for key in keys(name)) >= LEAST_NAMES


def answers_kind(part: str, text: str) -> bool:
    """Whether a text holds what `how much`, `how many` or `when` asks for."""
    if _HOW_MUCH.search(part):
        return bool(_MONEY.search(text))
    if _WHEN.search(part):
        return bool(_DATE.search(text))
    if _HOW_MANY.search(part):
        return any(not one.in_name for one in numbers_in(text))
    return True

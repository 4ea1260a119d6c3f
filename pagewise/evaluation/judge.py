"""Whether an answer is right, held against what a question's file says about it.

A case may carry `must` (groups that must all stand in the answer; `a|b` are alternatives), else
`answer` (one known answer), `pages` (from 1, any of them will do) and `abstain`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from loaders.text.quantities import numbers_in

Case = Mapping[str, Any]

_WORD = re.compile(r"[^\W\d_]{3,}|[\u3400-\u9fff]")
_FOOTNOTE = re.compile(r"(?<=\d)[\u00b9\u00b2\u00b3\u2070-\u2079]+")
_MARKER = re.compile(r"\[\d{1,3}\]")
ENOUGH_WORDS = 0.6
"""The share of a known answer's words that a right answer in other words still has."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What can be said of one answer; None where its case carries nothing to hold it against."""

    is_right: bool | None
    cites_gold_page: bool | None
    refused: bool
    should_refuse: bool
    why: str = ""


def judge(case: Case, reply: Case) -> Judgement:
    """Hold a reply (a line of `--answers`) against its case."""
    refused = bool(reply["abstained"])
    if should_refuse(case):
        return Judgement(refused, None, refused, True, "" if refused else "should have refused")
    pages = set(case.get("pages") or ())
    cited = bool(pages & {c["page"] for c in reply["citations"]}) if pages else None
    if not has_gold(case):
        return Judgement(None, cited, refused, False)
    if refused:
        return Judgement(False, cited, True, False, "refused, though the document says it")
    missing = missing_in(reply["answer"], case)
    why = f"missing: {', '.join(missing)}" if missing else ""
    return Judgement(not missing, cited, False, False, why)


def should_refuse(case: Case) -> bool:
    """Whether the documents do not say what is asked."""
    return bool(case.get("abstain")) or case.get("answerable") is False


def has_gold(case: Case) -> bool:
    """Whether the case says what is right."""
    return should_refuse(case) or bool(case.get("must")) or bool(case.get("answer"))


def missing_in(answer: str, case: Case) -> Sequence[str]:
    """What a right answer would say and this one does not."""
    text = _MARKER.sub(" ", answer)
    if case.get("must"):
        return [str(group) for group in case["must"] if not says(text, str(group))]
    return _missing_of_known(text, str(case["answer"]))


def says(answer: str, alternatives: str) -> bool:
    """Whether one of `a|b` stands in the answer by itself: 47 is neither in 475 nor in 4.47."""
    folded = fold(answer)
    return any(_stands_in(fold(each), folded) for each in alternatives.split("|") if each.strip())


def fold(text: str) -> str:
    """One case, one kind of dash, quote and space; no commas that group digits."""
    text = _FOOTNOTE.sub(" ", text)  # before it becomes a digit: 64.9¹ is 64.9
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = re.sub(r"[\u2018\u2019\u201c\u201d`´\"]", "'", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return " ".join(text.split())


def _stands_in(wanted: str, answer: str) -> bool:
    before = r"(?<![\d])(?<!\d[.,])" if wanted[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if wanted[-1:].isdigit() else ""
    if wanted[:1].isascii() and wanted[:1].isalpha():
        before = r"(?<![a-z])"
    return re.search(before + re.escape(wanted.strip()) + after, answer) is not None


def _missing_of_known(answer: str, known: str) -> list[str]:
    """Numbers decide where the known answer has some; else most of its words must be there."""
    wanted = numbers_in(known)
    if wanted:
        found = [mention.value for mention in numbers_in(answer)]
        return [m.text for m in wanted if not any(_agree(m.value, value) for value in found)]
    words = set(_WORD.findall(fold(known)))
    absent = words - set(_WORD.findall(fold(answer)))
    return sorted(absent) if words and len(absent) > (1 - ENOUGH_WORDS) * len(words) else []


def _agree(wanted: Decimal, found: Decimal) -> bool:
    """Equal once both are written as coarsely as the known answer is; the sign is left open."""
    digits = wanted.as_tuple().exponent
    step = Decimal(1).scaleb(digits) if isinstance(digits, int) and digits < 0 else Decimal(1)
    return abs(abs(wanted) - abs(found)) <= step / 2

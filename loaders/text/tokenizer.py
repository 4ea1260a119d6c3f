"""Words as they are compared: folded, stemmed a little, identifiers kept whole.

`GPT-4o-0513` is the words gpt, 4o, 0513; `FY2022` and `2022年` are 2022; Chinese is cut into
pairs of characters, since it has no spaces.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

CJK = r"\u3400-\u9fff\uf900-\ufaff"
_PARTICLES = "的了是在吗呢吧为于及和与或其"
_TOKEN = re.compile(
    rf"(?:(?![{_PARTICLES}])[{CJK}])+|(?:(?![{CJK}])[^\W_])+(?:[.,]\d+)*(?:(?![{CJK}])[^\W_])*"
)
_YEAR = re.compile(r"(?:fy|cy|q[1-4]fy|fiscal)?((?:19|20)\d\d)[ea]?")
_SHORT_YEAR = re.compile(r"fy(\d\d)")
_QUARTER = re.compile(r"(?:[1-4]q|q[1-4])")
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "1st": "1", "2nd": "2"}
_ORDINALS |= {"3rd": "3", "4th": "4", "erstes": "1", "zweites": "2", "drittes": "3", "viertes": "4"}

_STOP_WORDS = """
a an the of in on at by for from to with and or nor is are was were be been being do does did done
has have had having what which who whom whose when where why how much many that this these those it
its their they them there than then as if into about over under per between among both each any
all some can could may might will would shall should must please tell me us our we you your i my
according paper document report text table figure show shows shown listed list give given
stated say says mention mentioned describe described find answer question s t so not no if only
also such during most more less while during respectively using used use uses based following
der die das den dem des ein eine einer eines einem einen und oder ist sind war waren wird werden
wurde wurden hat haben hatte was wer wie wo wann warum welche welcher welches welchen wieviel
viel viele im in an am auf aus bei beim mit nach von vom zu zum zur fur uber unter laut es sie
er als auch nicht
kein keine so bitte pro um sich durch
多少 什么 请问 哪些 哪个 哪一 几个 如何 怎么 怎样 为何 请保 保留
留两 留二 两位 位小 小数 分别 简述 介绍 请简 告诉 我们
"""
"""Words that carry no content in a question (folded)."""

_GENERIC_WORDS = """
score scored scores value amount number figure result rate percentage percent point achieve reach
reached achieved get got obtain performance perform model method company benchmark test
dataset year fiscal ended ending end million billion thousand usd dollar eur euro unit total
report reported record recorded filing annual term round decimal place integer format calculate
classified listed counted assigned received receive erhielt erhielten erhalten
category type kind prevalent common frequent commonly frequently
franc pound yen yuan krone rupee
overall exact value quarter january february march april may june july august september october
november december week month day date company's
highest lowest largest smallest biggest greatest best worst higher lower larger smaller better top
maximum minimum difference average mean sum change increase decrease growth ratio separate gap beat
chronological order ascending descending quarterly yearly annually monthly
compare compared altogether combined respectively together main
punktzahl wert ergebnis anzahl prozent betrug betragt erreicht erzielt geschaftsjahr jahr million
mio mrd milliarde tausend hoch
公司 年度 年末 期末 本期 报告 告期 数据 金额 数量 使用 用了
达到 得分 分数 上得 得到 大约 情况 有限 股份
"""
"""Words that may be missing from a header without making it another one (stemmed)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as compared, as written, and where it stands."""

    key: str
    text: str
    start: int
    end: int
    joined: bool = False
    """True if it hangs on to the word before it by a hyphen, dot or slash: `GPT-4o`."""


def fold(text: str) -> str:
    """Lower case, without accents, full-width forms or typographic dashes."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).lower().replace("ß", "ss")
    text = re.sub(r"[‐-―−]", "-", text)
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Take off what number and person add; years and quarters lose their dress."""
    if match := _YEAR.fullmatch(word):
        return match[1]
    if match := _SHORT_YEAR.fullmatch(word):
        return "20" + match[1]
    if _QUARTER.fullmatch(word):
        return "q" + word.strip("q")
    if word[0].isdigit() or not word.isascii():
        return word.replace(",", "") if word[0].isdigit() else word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_cjk(text: str) -> bool:
    """Whether a word is written in Chinese characters."""
    return bool(re.search(f"[{CJK}]", text))


def words(text: str) -> list[Word]:
    """Cut a text into words; runs of Chinese characters into overlapping pairs."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        joined = (
            start > 0 and text[start - 1] in "-–/._@" and bool(found) and found[-1].end >= start - 1
        )
        if is_cjk(match.group()):
            found.extend(_pairs(match.group(), start))
            continue
        found.append(Word(stem(fold(match.group())), match.group(), start, end, joined))
    return found


def _pairs(run: str, start: int) -> list[Word]:
    run = unicodedata.normalize("NFKC", run)
    if len(run) == 1:
        return [Word(run, run, start, start + 1)]
    return [
        Word(run[i : i + 2], run[i : i + 2], start + i, start + i + 2) for i in range(len(run) - 1)
    ]


def keys(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [word.key for word in words(text)]


_STOPS = frozenset(stem(fold(word)) for word in _STOP_WORDS.split())
_GENERICS = frozenset(stem(fold(word)) for word in _GENERIC_WORDS.split())


def is_stop(key: str) -> bool:
    """Whether a word carries no content in a question."""
    return key in _STOPS or (len(key) == 1 and not key.isdigit() and not is_cjk(key))


def is_generic(key: str) -> bool:
    """Whether a word may be missing from a header without making it another one."""
    return key in _GENERICS


def is_year(key: str) -> bool:
    """Whether a word is a calendar year."""
    return bool(re.fullmatch(r"(?:19|20)\d\d", key))


def is_identifier(word: Word) -> bool:
    """Whether a word names one thing only: it mixes letters with digits, or has capitals inside."""
    text = word.text.removesuffix("s")
    if is_cjk(text):
        return False
    mixed = any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    return mixed or any(c.isupper() for c in text[1:])


def content_words(text: str) -> list[Word]:
    """The words that carry content; a hyphenated name keeps all its parts: `C-Eval`."""
    found = words(text)
    kept = []
    for place, word in enumerate(found):
        leads = place + 1 < len(found) and found[place + 1].joined
        if word.joined or not is_stop(word.key) or (leads and len(word.key) == 1):
            kept.append(word)
    return kept

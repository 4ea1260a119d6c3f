"""Numbers that a text says without digits: `twelve`, `zweihundertvierzig`, `三十四`.

The words are data (`number_words.toml`), a language each; which of them are meant is told by the
language, since `once` is 11 in Spanish and `six` the same in two.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from loaders.text.tokenizer import fold

_DIGITS = "零一二三四五六七八九"
_CHINESE = re.compile(
    r"(?<![零一二两三四五六七八九十百千万第分之])"
    r"(?P<run>[一二两三四五六七八九十][零一二两三四五六七八九十百千]*)(?P<after>[个家名项倍座条种位次年]?)"
)
_CHINESE_TIMES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Spelt:
    """A count as it is written, its value, and where it stands."""

    text: str
    value: Decimal
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class NumberWords:
    """A language's words for numbers."""

    values: Mapping[str, int]
    times: Mapping[str, int]
    one: tuple[str, ...]
    joins: str
    compounds: bool

    def spelt(self, folded: str, text: str) -> Iterator[Spelt]:
        """The numbers of a folded text; `text` is what was folded, letter by letter."""
        runs = _run_of(tuple(self.values), tuple(self.times), self.one, self.joins)
        for run in runs.finditer(folded):
            if (value := self._value(run[0])) is not None:
                yield Spelt(text[run.start() : run.end()], Decimal(value), *run.span())
        if self.compounds:
            yield from self._compound(folded, text)

    def _value(self, run: str) -> int | None:
        """`two hundred and forty` is 240."""
        known = (*self.values, *self.times, *self.one)
        found = _pieces(known, is_whole=" " in run or not self.compounds).findall(run)
        return _sum(found, self) if any(word not in self.one for word in found) else None

    def _compound(self, folded: str, text: str) -> Iterator[Spelt]:
        """`zweihundertvierzig`: the words of a number written as one."""
        whole = _run_together((*self.values, *self.times, *self.one, self.joins))
        for word in re.finditer(r"[^\W\d_]+", folded):
            if whole.fullmatch(word[0]) and (value := self._value(word[0])) is not None:
                yield Spelt(text[word.start() : word.end()], Decimal(value), *word.span())


@cache
def number_words() -> Mapping[str, NumberWords]:
    """The languages that have words for numbers."""
    return {language: _read(entry) for language, entry in word_data().items()}


@cache
def word_data() -> Mapping[str, Any]:
    """What the file says, by language."""
    path = Path(__file__).with_suffix(".toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def counts_in(text: str, languages: Iterable[str] = ("en", "de")) -> list[Spelt]:
    """The counts that a text spells out, from two on: `one` says something else too often."""
    folded = fold_in_place(text)
    known = number_words()
    found = [
        one
        for language in languages
        if language in known
        for one in known[language].spelt(folded, text)
    ]
    return list({(one.start, one.value): one for one in [*found, *_chinese(text)]}.values())


def fold_in_place(text: str) -> str:
    """Folded letter by letter, so that places stay what they are."""
    if text.isascii():
        return text.lower()
    letters = (fold(char) for char in text)
    return "".join(
        new if len(new) == 1 else old.lower() for old, new in zip(text, letters, strict=True)
    )


def _read(entry: Mapping[str, Any]) -> NumberWords:
    values = {word: n for n, word in enumerate(_words(entry["ones"]), start=2)}
    values |= {word: n * 10 for n, word in enumerate(_words(entry["tens"]), start=2)}
    values |= {fold(word): value for word, value in entry["other"].items()}
    times = {fold(word): value for word, value in entry["times"].items()}
    one = tuple(_words(entry["one"]))
    return NumberWords(values, times, one, fold(entry["joins"]), bool(entry.get("compounds")))


def _words(line: str) -> list[str]:
    return [fold_in_place(word) for word in line.split()]


@cache
def _run_of(
    values: tuple[str, ...], times: tuple[str, ...], one: tuple[str, ...], joins: str
) -> re.Pattern[str]:
    """Number words with blanks, hyphens or the language's `and` between them."""
    first = _any([*values, *times]) + (rf"|(?:{_any(one)})(?=[ -](?:{_any(times)})\b)")
    further = _any([*values, *times, one[0]])
    run = rf"(?:{first})(?:(?:[ -]|\s+{joins}\s+)(?:{further}))*"
    return re.compile(rf"(?<![\w-])(?<!\d ){run}(?![\w-])")


@cache
def _run_together(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(words)}){{2,}}")


@cache
def _pieces(words: tuple[str, ...], *, is_whole: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(words)})(?!\w)" if is_whole else _any(words))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _sum(found: Iterable[str], words: NumberWords) -> int:
    total = current = 0
    for word in found:
        if word not in words.times:
            current += words.values.get(word, 1)
        elif words.times[word] >= 1000:
            total, current = total + max(current, 1) * words.times[word], 0
        else:
            current = max(current, 1) * words.times[word]
    return total + current


def _chinese(text: str) -> Iterator[Spelt]:
    """Runs of signs, alone only before what is counted: `一` stands in too many words."""
    for run in _CHINESE.finditer(text):
        written = run["run"]
        is_long = len(written) > 1 and any(sign in _CHINESE_TIMES for sign in written)
        followed = text[run.end("run") : run.end("run") + 1]
        if followed in {"分", "万", "亿"} or (len(written) == 1 and written == "一"):
            continue
        if is_long or run["after"]:
            value = Decimal(_chinese_value(written))
            yield Spelt(written, value, run.start("run"), run.end("run"))


def _chinese_value(run: str) -> int:
    total = current = 0
    for sign in run.replace("两", "二"):
        if sign in _CHINESE_TIMES:
            total, current = total + max(current, 1) * _CHINESE_TIMES[sign], 0
        else:
            current = _DIGITS.index(sign)
    return total + current

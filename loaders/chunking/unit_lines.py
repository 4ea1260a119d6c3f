"""Unit lines brought to the tables whose figures they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from loaders.chunking.block import Block
from loaders.chunking.period_lines import is_period_line, take_line
from loaders.text.dates import months_in
from loaders.text.languages import any_of, latin, phrases_of, wide
from loaders.text.sentence_splitter import sentences
from loaders.text.units import BRACKETS, is_unit_line, measure_in, measure_of, unit_phrase

LONGEST_SENTENCE = 160
LONGEST_LINE = 200
LONGEST_DATE = 40
_MOST_SENTENCES = 3
_ENDS_IN_BRACKETS = re.compile(r"[^\n]+[(（][^()（）\n]{1,100}[)）]:?")
_COMMA = re.compile(r"[,;，；]\s")
_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]{1,100}[)）]\s*")


def take_unit_line(joined: list[Block]) -> str:
    """The unit line that the blocks so far end with, taken away from there; empty if none."""
    if not joined or joined[-1].kind not in {"text", "heading"}:
        return ""
    last = joined[-1]
    is_bracketed = last.kind == "heading" and _IN_BRACKETS.fullmatch(last.text)
    return take_line(joined) if is_bracketed or is_unit_text(last.text.split("\n")[-1]) else ""


def with_unit(table: Block, unit: str) -> Block:
    """The table with a unit line below its caption."""
    return replace(table, caption="\n".join(filter(None, (table.caption, unit)))) if unit else table


def with_units(blocks: Iterable[Block]) -> Iterator[Block]:
    """A page's blocks; a unit that its head or a heading says holds for the tables below it."""
    standing: dict[int, str] = {}
    level, before = 0, None
    for block, after in pairwise((*blocks, None)):
        if block is None:
            return
        if block.kind == "heading":
            level = block.level
            standing = {above: unit for above, unit in standing.items() if above < level}
            standing[level] = unit_phrase(block.text)
        elif block.kind == "text" and is_unit_text(block.text):
            standing[level] = block.text.strip().strip("*_").strip()
        elif block.kind == "table" and not says_unit(block.caption):
            near = _announced(before) or _shared(before, block) or _nearest(standing)
            near = near or _priced(before) or _priced(after, most=1)
            block = with_unit(block, "" if unit_phrase(block.lead_in) else near)
        before = block
        yield block


def _shared(before: Block | None, table: Block) -> str:
    """The unit line of the table right above, where nothing stands between the two."""
    if before is None or before.kind != "table" or table.caption or table.lead_in:
        return ""
    return next((line for line in before.caption.split("\n") if is_unit_text(line)), "")


def _announced(before: Block | None) -> str:
    """The heading or short sentence right above a table that says what its figures count.

    Its first clause may: `All torques in Nm, tolerance ±10 %`.
    """
    if before is not None and before.kind == "heading":
        return _bracketed(before.text)
    if before is None or before.kind != "text" or len(before.text) > LONGEST_SENTENCE:
        return ""
    text = before.text.strip()
    if unit := _bracketed(text) if _ENDS_IN_BRACKETS.fullmatch(text) else "":
        return unit
    clause = _COMMA.split(text, maxsplit=1)[0] if any(map(str.isdigit, text)) else text
    is_one = "\n" not in text and not any(map(str.isdigit, clause))
    return clause if is_one and measure_in(clause) is not None else ""


def _priced(beside: Block | None, most: int = _MOST_SENTENCES) -> str:
    """The sentence of a paragraph beside a table that says the currency of its figures.

    It names no amount itself: `Rates per person and night in CHF, half board included.`
    """
    if beside is None or beside.kind != "text":
        return ""
    told = (one.strip() for one in [*sentences(beside.text)][:most])
    return next((one for one in told if _is_of_figures(one)), "")


def _is_of_figures(sentence: str) -> bool:
    is_short = len(sentence) <= LONGEST_SENTENCE and not any(map(str.isdigit, sentence))
    said = measure_in(sentence) if is_short and _figures().search(sentence) else None
    return said is not None and bool(said.currency)


@cache
def _figures() -> re.Pattern[str]:
    words = phrases_of("unit_lines", "figures")
    return re.compile(rf"\b(?:{any_of(latin(words))})\b|{any_of(wide(words))}", re.IGNORECASE)


def _bracketed(text: str) -> str:
    """What brackets in a line say that figures count, also beside other words: `(single, £)`.

    A lone letter is no unit there: it numbers the line.
    """
    inner = BRACKETS.findall(text)
    parts = [part.strip() for one in inner for part in (*_COMMA.split(one), one)]
    units = [part for part in parts if not (len(part) == 1 and part.isalpha())]
    return next((f"({one})" for one in reversed(units) if measure_of(one)), "")


def says_unit(caption: str) -> bool:
    """Whether one of a caption's lines says what the figures count."""
    lines = (line for line in caption.split("\n") if not is_period_line(line))
    return any(measure_in(line) is not None for line in lines)


def _nearest(standing: dict[int, str]) -> str:
    return next(
        (standing[level] for level in sorted(standing, reverse=True) if standing[level]), ""
    )


def is_unit_text(line: str) -> bool:
    """Whether a line says nothing but what figures count, and of when they are."""
    bare = line.strip().strip("*_")
    unit, *rest = _COMMA.split(bare)
    is_dated = bool(rest) and all(map(_is_date, rest)) and is_unit_line(unit)
    return len(line) <= LONGEST_LINE and (is_dated or is_unit_line(bare))


def _is_date(text: str) -> bool:
    return is_period_line(text) or (bool(months_in(text)) and len(text) <= LONGEST_DATE)

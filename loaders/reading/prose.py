"""From words to running text: lines, the joins between them, hyphens mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loaders.reading.geometry import enclosing, overlap
from loaders.reading.page import Box
from loaders.reading.sheet import Token

RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
HYPHENS = "-\u00ad\u2010"

Line = list[Token]


def lines_of(tokens: Iterable[Token]) -> list[Line]:
    """Words that stand on one line, from left to right; lines from top to bottom."""
    lines: list[Line] = []
    spans: list[tuple[float, float]] = []
    for token in sorted(tokens, key=lambda token: (-(token.box[3] - token.box[1]), token.box[1])):
        top, bottom = token.box[1], token.box[3]
        best, most = -1, 0.5 * max(0.1, bottom - top)
        for index, (line_top, line_bottom) in enumerate(spans):
            common = overlap(top, bottom, line_top, line_bottom)
            if common > most:
                best, most = index, common
        if best < 0:
            lines.append([token])
            spans.append((top, bottom))
        else:
            lines[best].append(token)
    for line in lines:
        line.sort(key=lambda token: token.box[0])
    return sorted(lines, key=lambda line: (enclosing(t.box for t in line)[1], line[0].box[0]))


def line_box(line: Line) -> Box:
    """The place of a line that has words."""
    return enclosing(token.box for token in line)


def line_text(line: Sequence[Token]) -> str:
    """The words of a line with the spaces that are between them in print."""
    parts: list[str] = []
    last: Token | None = None
    for token in line:
        if last is not None and stands_apart(last, token):
            parts.append(" ")
        parts.append(shown(token))
        last = token
    return "".join(parts)


def stands_apart(last: Token, token: Token) -> bool:
    """A space is between two words of a line."""
    if last.line == token.line and last.box[0] <= token.box[0]:
        return token.spaced
    gap = token.box[0] - last.box[2]
    if CJK.match(last.text[-1]) and CJK.match(token.text[0]):
        return gap > 0.6 * token.size
    return gap > 0.12 * token.size


def shown(token: Token) -> str:
    """A raised number is written with raised digits, so that it never joins the figure before."""
    if token.raised and re.fullmatch(r"[\d+\-−()]+", token.text):
        return token.text.translate(RAISED)
    return token.text


def joined(texts: Iterable[str]) -> str:
    """Lines to one paragraph: hyphens at line ends mended, no space between Chinese lines."""
    whole = ""
    for text in texts:
        if not text:
            continue
        if not whole:
            whole = text
        elif whole[-1] in HYPHENS and len(whole) > 1 and whole[-2].isalpha() and text[0].isalpha():
            whole = mended(whole, text)
        elif CJK.match(whole[-1]) and CJK.match(text[0]):
            whole += text
        else:
            whole += " " + text
    return whole


def mended(whole: str, text: str) -> str:
    """Join a word that was broken at its hyphen; a compound keeps it."""
    if text[0].isupper() or whole[-1] not in HYPHENS:
        return whole + text
    before = re.split(r"\s", whole)[-1][:-1]
    if "-" in before or text[0].isdigit():
        return whole + text
    return whole[:-1] + text


def paragraph(tokens: Iterable[Token]) -> str:
    """The words as one run of text."""
    return joined(line_text(line) for line in lines_of(tokens))

"""From words to running text: lines, the joins between them, hyphens mended."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from loaders.pages.geometry import enclosing, overlap
from loaders.pages.page_layout import Token
from loaders.pages.word import Box
from loaders.reading.text_layer.word_boxes import is_leftward
from loaders.text.languages import WIDE, pattern_of

STRUCK = "~~"
"""Stands, as in Markdown, before and after words that are struck out."""
HYPHENS = "-\u00ad\u2010"
WORD_END = re.compile(r"[^\W\d_]+$")
WORD_START = re.compile(r"[^\W\d_]+")
COMPOUNDS = re.compile(pattern_of("compound_ends"))
"""Second parts of words that are written with a hyphen."""
PREFIXES = re.compile(pattern_of("compound_starts"))

Line = list[Token]


def lines_of(tokens: Iterable[Token]) -> list[Line]:
    """Words that stand on one line, from left to right; lines from top to bottom.

    What the page's text has on one line and baseline stays on it, even between two others.
    """
    lines: list[Line] = []
    spans: list[tuple[float, float]] = []
    homes: dict[tuple[int, float], int] = {}

    def order(token: Token) -> tuple[bool, float, float]:
        return token.raised, token.box[1] - token.box[3], token.box[1]

    for token in sorted(tokens, key=order):
        place = token.line, round(token.baseline, 1)
        best = homes.get(place, -1)
        best = homes[place] = best if best >= 0 else home_of(token, lines, spans)
        if best < 0:
            homes[place] = len(lines)
            lines.append([token])
            spans.append((token.box[1], token.box[3]))
        else:
            lines[best].append(token)
    for line in lines:
        line.sort(key=lambda token: token.box[0])
    return sorted(lines, key=lambda line: (enclosing(t.box for t in line)[1], line[0].box[0]))


def home_of(token: Token, lines: Sequence[Line], spans: Sequence[tuple[float, float]]) -> int:
    """Number of the line of which the word shares most of its height, or -1.

    A raised mark may stand half above its line, and nearer to a neighbour: its word tells.
    """
    if token.raised:
        own = next((number for number, line in enumerate(lines) if is_at(token, line)), -1)
        if own >= 0:
            return own
    top, bottom = token.box[1], token.box[3]
    best, most = -1, (0.2 if token.raised else 0.5) * max(0.1, bottom - top)
    for index, (line_top, line_bottom) in enumerate(spans):
        common = overlap(top, bottom, line_top, line_bottom)
        if common > most:
            best, most = index, common
    return best


def is_at(mark: Token, line: Line) -> bool:
    """The raised mark stands above the end of a word of the line."""
    return any(
        mark.line == token.line
        and abs(mark.box[0] - token.box[2]) < token.size
        and 0 < token.baseline - mark.baseline < token.size
        for token in line
    )


def line_box(line: Line) -> Box:
    """The place of a line that has words."""
    return enclosing(token.box for token in line)


def body_size(tokens: Iterable[Token]) -> float:
    """The size in which most characters are printed."""
    weights: dict[float, int] = {}
    for token in tokens:
        size = round(token.size * 2) / 2
        weights[size] = weights.get(size, 0) + len(token.text)
    return max(weights, key=lambda size: weights[size], default=10.0)


def line_text(line: Sequence[Token]) -> str:
    """The words of a line with the spaces that are between them in print."""
    parts: list[str] = []
    last: Token | None = None
    for token in as_read(line):
        was_struck = last is not None and last.struck
        space = " " if last is not None and stands_apart(last, token) else ""
        if was_struck and not token.struck:
            space = STRUCK + space
        parts.append(space + (STRUCK if token.struck and not was_struck else "") + token.text)
        last = token
    return "".join(parts) + (STRUCK if last is not None and last.struck else "")


def as_read(line: Sequence[Token]) -> Sequence[Token]:
    """Arabic and Hebrew are read from the right; figures and Latin words in them from the left."""
    if not reads_leftward(line):
        return line
    ordered: list[Token] = []
    run: list[Token] = []
    for token in reversed(line):
        if is_leftward(token.text) or not token.text[0].isalnum():
            ordered += [*run, token]
            run = []
        else:
            run.insert(0, token)
    return [*ordered, *run]


def reads_leftward(tokens: Iterable[Token]) -> bool:
    """Most words with letters are of a script that runs from right to left."""
    words = [token.text for token in tokens if any(char.isalpha() for char in token.text)]
    return 2 * sum(map(is_leftward, words)) > len(words)


def stands_apart(last: Token, token: Token) -> bool:
    """A space is between two words of a line."""
    if last.line == token.line and last.box[0] <= token.box[0] and not is_leftward(token.text):
        return token.spaced
    gap = max(token.box[0] - last.box[2], last.box[0] - token.box[2])
    if WIDE.match(last.text[-1]) and WIDE.match(token.text[0]):
        return gap > 0.6 * token.size
    return gap > 0.12 * token.size


def joined(texts: Iterable[str], known: Collection[str] = ()) -> str:
    """Lines to one paragraph: hyphens at line ends mended, no space between Chinese lines."""
    whole = ""
    for text in texts:
        if not text:
            continue
        if not whole:
            whole = text
        elif whole[-1] in HYPHENS and len(whole) > 1 and whole[-2].isalnum() and text[0].isalnum():
            whole = mended(whole, text, known)
        elif WIDE.match(whole[-1]) and WIDE.match(text[0]):
            whole += text
        elif whole.endswith(STRUCK) and text.startswith(STRUCK):
            whole = f"{whole[:-2]} {text[2:]}"
        else:
            whole += " " + text
    return whole


def mended(whole: str, text: str, known: Collection[str]) -> str:
    """Join a word that was broken at its hyphen; a compound keeps it.

    `known` are the words of the page: one that stands there in one form is written so.
    """
    before = WORD_END.search(whole[:-1])
    after = WORD_START.match(text)
    if before is None or after is None or is_address(whole[:-1], text):
        return whole + text
    head, tail = before[0].lower(), after[0].lower()
    if head + tail in known:
        return whole[:-1] + text
    is_compound = (
        f"{head}-{tail}" in known
        or COMPOUNDS.fullmatch(tail)
        or (head in known and tail in known and len(tail) > 2)
        or not text[0].islower()
        or PREFIXES.fullmatch(head)
    )
    return whole + text if is_compound else whole[:-1] + text


def is_address(before: str, after: str) -> bool:
    """The hyphen stands in a name that is no word: an address, a number, a compound of three."""
    left, right = re.split(r"\s", before)[-1], re.split(r"\s", after)[0]
    return bool(re.search(r"[-./@\d_]", left) or re.search(r"^[^.]*[/@\d_]|\.[a-z]", right))


def words_known(tokens: Sequence[Token]) -> frozenset[str]:
    """The words of a page that are surely whole, in small letters."""
    known: set[str] = set()
    broken = False
    for token in tokens:
        if not broken and token.text[-1] not in HYPHENS:
            known.add(token.text.strip(".,;:!?()[]“”\"'’").lower())
        broken = token.text[-1] in HYPHENS
    return frozenset(known)


def paragraph(tokens: Iterable[Token], known: Collection[str] = ()) -> str:
    """The words as one run of text."""
    return joined((line_text(line) for line in lines_of(tokens)), known)

"""A small typesetter on top of PyMuPDF that writes down the truth about what it sets.

A `Sheet` is one page. Each of its methods draws a block, notes it in `Sheet.blocks`, and returns
the height at which the next block may begin. Inline marks in a text: `**bold**`, `^1^` for a raised
footnote mark (noted as `¹`), a soft hyphen where a word may break.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

import pymupdf

Colour = tuple[float, float, float]

INK: Colour = (0.13, 0.15, 0.17)
FAINT: Colour = (0.42, 0.46, 0.48)
TEAL: Colour = (0.04, 0.33, 0.39)
AMBER: Colour = (0.80, 0.42, 0.10)
MIST: Colour = (0.92, 0.955, 0.96)
WHITE: Colour = (1.0, 1.0, 1.0)

SOFT_HYPHEN = "\u00ad"
NEVER_FIRST = "，。、；：？！）》”’%"  # these may not begin a line of Chinese
NEVER_LAST = "（《“‘"
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|\^(?P<raised>.+?)\^")
BOLD = {"helv": "hebo", "tiro": "tibo", "cour": "cobo", "heit": "hebi", "tiit": "tibi"}


@dataclass(frozen=True)
class Style:
    """How a paragraph looks; sizes in points."""

    font: str = "tiro"
    size: float = 10.2
    leading: float = 14.2
    colour: Colour = INK
    align: Literal["left", "right", "centre", "justified"] = "left"
    after: float = 6.0


BODY = Style(align="justified")
NOTE = Style(font="helv", size=7.4, leading=10, colour=FAINT, after=2)
CAPTION = Style(font="hebo", size=8.6, leading=12, colour=TEAL, after=5)
HEADINGS = {
    1: Style(font="tibo", size=21, leading=26, colour=TEAL, after=10),
    2: Style(font="hebo", size=11.4, leading=15, colour=TEAL, after=4),
}


@cache
def font(name: str) -> Any:
    """One of the fonts inside PyMuPDF: base 14 by its short name, `cjk` for Chinese."""
    return pymupdf.Font(name)


@dataclass(frozen=True)
class Piece:
    """Characters that share a font."""

    text: str
    font: str
    size: float
    rise: float = 0.0

    @property
    def width(self) -> float:
        return float(font(self.font).text_length(self.text, self.size))


@dataclass(frozen=True)
class Atom:
    """What no line break may divide, and what joins it to the atom before it."""

    pieces: tuple[Piece, ...]
    joint: Literal["space", "hyphen", "none"]

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces)


@dataclass(frozen=True)
class Line:
    """A line of atoms; `ends_paragraph` lines are not stretched."""

    atoms: tuple[Atom, ...]
    hyphenated: bool
    ends_paragraph: bool
    text: str
    """As it reads, with the space that joins it to the next line where there is one."""


def plain(text: str) -> str:
    """The text as a reader should hand it on."""
    text = INLINE.sub(lambda found: found["bold"] or found["raised"].translate(RAISED), text)
    return text.replace(SOFT_HYPHEN, "").replace("\n", " ")


def pieces_of(text: str, style: Style) -> Iterator[Piece]:
    """Split at inline marks and wherever Chinese and Latin letters meet."""
    end = 0
    for mark in INLINE.finditer(text):
        yield from _by_script(text[end : mark.start()], style)
        if mark["raised"]:
            yield Piece(mark["raised"], style.font, style.size * 0.62, style.size * 0.36)
        else:
            yield from _by_script(mark["bold"], replace(style, font=BOLD[style.font]))
        end = mark.end()
    yield from _by_script(text[end:], style)


def _by_script(text: str, style: Style) -> Iterator[Piece]:
    for run in re.findall(r"[\u2e80-\uffff]+|[^\u2e80-\uffff]+", text):
        chinese = run[0] >= "\u2e80"
        yield Piece(run, "cjk" if chinese else style.font, style.size)


def atoms_of(text: str, style: Style) -> list[Atom]:
    """Cut a text where a line may break."""
    atoms: list[Atom] = []
    held: list[Piece] = []
    joint: Literal["space", "hyphen", "none"] = "none"

    def close(following: Literal["space", "hyphen", "none"]) -> None:
        nonlocal joint
        if held:
            atoms.append(Atom(tuple(held), joint))
            held.clear()
        joint = following

    for piece in pieces_of(text, style):
        for part in _fragments(piece.text):
            if part in " " + SOFT_HYPHEN:
                close("space" if part == " " else "hyphen")
                continue
            if _may_begin(part) and held and held[-1].text not in NEVER_LAST:
                close("none")
            held.append(replace(piece, text=part))
    close("none")
    return atoms


def _may_begin(part: str) -> bool:
    """Whether a line of Chinese may begin here."""
    return part[0] >= "\u2e80" and part not in NEVER_FIRST


def _fragments(text: str) -> list[str]:
    return re.findall(rf"[\u2e80-\uffff]|[ {SOFT_HYPHEN}]|[^ {SOFT_HYPHEN}\u2e80-\uffff]+", text)


def break_lines(text: str, style: Style, width: float) -> list[Line]:
    """Fill each line with as many atoms as fit."""
    space = font(style.font).text_length(" ", style.size)
    hyphen = font(style.font).text_length("-", style.size)
    lines: list[Line] = []
    line: list[Atom] = []
    used = 0.0
    atoms = atoms_of(text, style)
    for atom, following in zip(atoms, [*atoms[1:], None], strict=True):
        gap = space if line and atom.joint == "space" else 0.0
        spare = hyphen if following and following.joint == "hyphen" else 0.0
        if line and used + gap + atom.width + spare > width:
            lines.append(_line(line, following=atom))
            line, used, gap = [], 0.0, 0.0
        line.append(atom)
        used += gap + atom.width
    lines.append(_line(line, following=None))
    return lines


def _line(atoms: Sequence[Atom], following: Atom | None) -> Line:
    text = ""
    for number, atom in enumerate(atoms):
        text += " " if number and atom.joint == "space" else ""
        text += "".join(
            part.text.translate(RAISED) if part.rise else part.text for part in atom.pieces
        )
    joint = following.joint if following else "none"
    text += " " if joint == "space" else ""
    return Line(tuple(atoms), joint == "hyphen", following is None, text)


@dataclass
class Sheet:
    """A page being set, and the truth about it."""

    page: Any
    language: str = "en"
    blocks: list[dict[str, Any]] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    """Running heads and page numbers: on the page, but no part of the text."""
    _colour: Colour | None = None
    _writer: Any = None

    def writer(self, colour: Colour) -> Any:
        """Collect words of one colour; in the page they stand in the order of the calls."""
        if colour != self._colour:
            self.finish()
            self._colour, self._writer = colour, pymupdf.TextWriter(self.page.rect)
        return self._writer

    def finish(self) -> None:
        """Put the collected words on the page."""
        if self._colour is not None:
            self._writer.write_text(self.page, color=self._colour)
            self._colour = self._writer = None

    def note(self, kind: str, box: Sequence[float], **truth: Any) -> None:
        """Write down what stands on the page, in reading order."""
        self.blocks.append({"kind": kind, "box": [round(edge, 1) for edge in box], **truth})

    def label(self, text: str, x: float, y: float, style: Style) -> float:
        """Set one line on the baseline `y` at, before or around `x`; return its width."""
        writer = self.writer(style.colour)
        pieces = list(pieces_of(text, style))
        width = sum(piece.width for piece in pieces)
        x -= {"right": width, "centre": width / 2}.get(style.align, 0.0)
        for piece in pieces:
            writer.append((x, y - piece.rise), piece.text, font(piece.font), piece.size)
            x += piece.width
        return width

    def lines(self, lines: Sequence[Line], x: float, y: float, width: float, style: Style) -> float:
        """Set lines below `y` without noting them."""
        writer = self.writer(style.colour)
        for line in lines:
            self._line(writer, line, x, y + style.size * 1.02, width, style)
            y += style.leading
        return y

    def _line(
        self, writer: Any, line: Line, x: float, y: float, width: float, style: Style
    ) -> None:
        space = font(style.font).text_length(" ", style.size)
        gaps = sum(atom.joint == "space" for atom in line.atoms[1:])
        used = sum(atom.width for atom in line.atoms) + gaps * space
        used += font(style.font).text_length("-", style.size) if line.hyphenated else 0.0
        stretch = 0.0
        if style.align == "justified" and not line.ends_paragraph and gaps:
            stretch = (width - used) / gaps
        for number, atom in enumerate(line.atoms):
            x += space + stretch if number and atom.joint == "space" else 0.0
            following = line.atoms[number + 1] if number + 1 < len(line.atoms) else None
            tail = " " if following and following.joint == "space" else ""
            tail = "-" if not following and line.hyphenated else tail
            for piece in atom.pieces:
                text = piece.text + (tail if piece is atom.pieces[-1] else "")
                writer.append((x, y - piece.rise), text, font(piece.font), piece.size)
                x += piece.width

    def heading(self, text: str, x: float, y: float, width: float, level: int = 2) -> float:
        style = HEADINGS[level]
        end = self.lines(break_lines(text, style, width), x, y, width, style)
        self.note("heading", (x, y, x + width, end), level=level, text=plain(text))
        return end + style.after

    def paragraph(
        self, text: str, x: float, y: float, width: float, style: Style = BODY, kind: str = "text"
    ) -> float:
        end = self.lines(break_lines(text, style, width), x, y, width, style)
        self.note(kind, (x, y, x + width, end), text=plain(text))
        return end + style.after

    def bullets(
        self, items: Sequence[str], x: float, y: float, width: float, style: Style = BODY
    ) -> float:
        """Set a list whose items begin with a dot."""
        style = replace(style, align="left")
        top, indent = y, 12.0
        for item in items:
            self.label("•", x + 2, y + style.size * 1.02, replace(style, colour=TEAL))
            lines = break_lines(item, style, width - indent)
            y = self.lines(lines, x + indent, y, width - indent, style) + 2
        self.note("list", (x, top, x + width, y), items=[plain(item) for item in items])
        return y + style.after

    def flow(
        self,
        lines: Sequence[Line],
        x: float,
        y: float,
        width: float,
        room: int,
        style: Style = BODY,
    ) -> list[Line]:
        """Set the first `room` lines as a text block of their own and return the rest."""
        now, rest = list(lines[:room]), list(lines[room:])
        end = self.lines(now, x, y, width, style)
        text = "".join(line.text for line in now).strip()
        self.note("text", (x, y, x + width, end), text=text)
        return rest

    def join(self) -> None:
        """Make one of the last two blocks: a paragraph that went on in the next column."""
        second, first = self.blocks.pop(), self.blocks[-1]
        joined = f"{first['text']} {second['text']}"
        first |= {"text": joined, "box": _around(first["box"], second["box"])}

    def rule(self, x: float, y: float, end: float, weight: float, colour: Colour = INK) -> None:
        self.page.draw_line((x, y), (end, y), color=colour, width=weight)

    def fill(self, box: Sequence[float], colour: Colour) -> None:
        self.finish()
        self.page.draw_rect(pymupdf.Rect(box), color=None, fill=colour)


def _around(first: Iterable[float], second: Iterable[float]) -> list[float]:
    (left, top, right, bottom), (left2, top2, right2, bottom2) = first, second
    return [min(left, left2), min(top, top2), max(right, right2), max(bottom, bottom2)]

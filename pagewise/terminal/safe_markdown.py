"""Markdown that a model or a document wrote, for the terminal: its form is kept, its reach is not.

Links, images, addresses, HTML and entities stay text as they were written: nothing is fetched,
nothing can be clicked, nothing is dropped. A list keeps the numbers that were written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Heading, ListElement, ListItem, Markdown, MarkdownElement

from pagewise import console

_OFF = ["autolink", "link", "image", "reference", "html_block", "html_inline", "entity", "code"]


class _Item(ListItem):
    """Shown with its own number: Markdown would count on from the first."""

    number = ""

    @classmethod
    def create(cls, markdown: Markdown, token: Token) -> _Item:
        item = cls()
        item.number = token.info
        return item

    def render_number(
        self, console: Console, options: ConsoleOptions, number: int, last_number: int
    ) -> RenderResult:
        written = int(self.number) if self.number.isdecimal() else number
        return super().render_number(console, options, written, max(last_number, written))


class _Title(Heading):
    """On the left, as everything in a terminal."""

    LEVEL_ALIGN: ClassVar = dict.fromkeys(Heading.LEVEL_ALIGN, "left")


class SafeMarkdown(Markdown):
    """Renders text that nobody vouches for."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Title,
        "list_item_open": _Item,
        "bullet_list_open": ListElement,
    }

    def __init__(self, text: str) -> None:
        super().__init__("", hyperlinks=False)
        self.markup = console.plain(text)
        self.parsed = _with_line_breaks(markdown_parser().parse(self.markup))


def markdown_parser() -> MarkdownIt:
    """Takes form from what it reads, and leaves the rest as text."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(_OFF)


def _with_line_breaks(tokens: Sequence[Token]) -> list[Token]:
    """Lines of an answer stay lines."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "softbreak":
                child.type = "hardbreak"
    return list(tokens)

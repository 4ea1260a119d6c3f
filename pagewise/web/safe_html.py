"""An answer's Markdown as HTML: its form is kept, and nothing in it becomes a tag or a link.

The parser is the terminal's: links, pictures, HTML and entities stay text. What is added here is
ours: a citation's marker becomes a link to its place, a mark of doubt says what it means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from pagewise.terminal.safe_markdown import markdown_parser

_SIGNS = re.compile(r"\[(\d{1,3})\]|\((\?|~)\)")
_LOWEST = {f"h{level}": f"h{min(6, level + 2)}" for level in range(1, 7)}
"""The page has a heading above each answer."""


def answer_html(text: str, links: Mapping[int, Markup], meanings: Mapping[str, str]) -> Markup:
    """Write the answer; `links` stand for markers, `meanings` explain `?` and `~`."""
    parser = markdown_parser()
    tokens = parser.parse(text)
    for token in tokens:
        token.tag = _LOWEST.get(token.tag, token.tag)
        align = str(token.attrs.pop("style", ""))  # the page's policy forbids style attributes
        if "right" in align:
            token.attrSet("class", "number")
    renderer = _Signs(links, meanings)
    return Markup(renderer.render(tokens, parser.options, {}))


class _Signs(RendererHTML):
    """Text is escaped as ever; its signs are replaced."""

    def __init__(self, links: Mapping[int, Markup], meanings: Mapping[str, str]) -> None:
        super().__init__()
        self._links, self._meanings = links, meanings

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        content, written, last = tokens[idx].content, Markup(), 0
        for found in _SIGNS.finditer(content):
            written += escape(content[last : found.start()]) + self._sign(found)
            last = found.end()
        return str(written + escape(content[last:]))

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        return "<br>\n"

    def _sign(self, found: re.Match[str]) -> Markup:
        if found[1]:
            return self._links.get(int(found[1]), escape(found[0]))
        return Markup('<abbr class="doubt" title="{}">{}</abbr>').format(
            self._meanings[found[2]], found[0]
        )

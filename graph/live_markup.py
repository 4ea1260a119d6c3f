"""Answers are text: what a reader's program would fetch, run, follow or hide is taken out, last.

A model may write any of it, whole or in pieces that only come together when another piece goes;
so what is left is cleaned again until nothing changes, and a parser of Markdown has the last word.
"""

from __future__ import annotations

import html
import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from loaders.text.printable import printable

_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\]\n]*[^\d\]\n][^\]\n]*\])")
_DEFINITION = re.compile(
    r"^[ \t>*+-]*(?:\d{1,9}[.)][ \t]+)?\[[^\[\]\n]+\]:[ \t]*(?:<[^<>\n]*>|\S+)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.MULTILINE,
)
"""`[1]: //address`, which would make links of all marks `[1]`, also in a list or a quotation."""
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])"
    r"(?:(?:https?|ftp|file)\s*:\s*//|data\s*:\s*\w+/|(?:javascript|vbscript)\s*:|www\.)[^\s\]>]*",
    re.IGNORECASE,
)
_HOST = re.compile(r"www(?:\.[a-z0-9-]+){2,}", re.IGNORECASE)
"""A host by itself, which carries nothing away."""
_SPOKEN = r"/?(?:think|thinking|thought|answer)>"
"""Tags that papers on reasoning models speak of; no program that shows HTML knows them."""
_HTML = re.compile(rf"<(?!{_SPOKEN})/?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_OPEN = re.compile(rf"<(?!{_SPOKEN})(?=[a-zA-Z/!?])|\](?=\()|!(?=\[)")
"""What could still begin a tag, a link or an image once those that are whole are gone."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_LIVE = {"link_open", "image", "html_block", "html_inline"}
_STRUCTURE = re.compile(r"[<\]](?=\S)")


def inert(text: str, *, keeps_hosts: bool = False) -> str:
    """Take out images, links, addresses, HTML and hidden signs; the words of a link stay.

    The bare host of an address stays if it is what was asked for.
    """
    while (cleaner := _cleaned(text, keeps_hosts=keeps_hosts)) != text:
        text = cleaner
    return text


def _cleaned(text: str, *, keeps_hosts: bool) -> str:
    def shown(address: re.Match[str]) -> str:
        return address[0] if keeps_hosts and _HOST.fullmatch(address[0].rstrip(".。")) else "…"

    text = printable(_ENTITY.sub(lambda found: html.unescape(found[0]), text))
    text = _DEFINITION.sub("", _IMAGE_OR_LINK.sub(r"\1", text))
    text = _ADDRESS.sub(shown, _HTML.sub("", text))
    text = _OPEN.sub(r"\g<0> ", text).strip()
    return _STRUCTURE.sub(r"\g<0> ", text) if is_live(text) else text


def is_live(text: str) -> bool:
    """Whether a program that shows Markdown would find a link, an image or HTML in it."""
    if "]:" not in text and not _OPEN.search(text):  # nothing else begins one
        return False
    known: dict[str, dict[str, object]] = {}
    tokens = [one for it in _parser().parse(text, known) for one in (it, *(it.children or ()))]
    return bool(known.get("references")) or any(map(_is_live, tokens))


def _is_live(token: Token) -> bool:
    is_spoken = re.fullmatch(rf"<{_SPOKEN}", token.content.strip()) is not None
    return token.type in _LIVE and not is_spoken


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")

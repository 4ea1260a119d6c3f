"""`read --format md` is Markdown of the page's own form, and of nothing that is printed on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt

from loaders.pages.page import Outcome, Reading
from pagewise.render.markdown_json import as_markdown
from pagewise.render.read_stream import ReadDocument

MARKUP = (
    "<chunk>\n## Results\u202e\n\n**Revenue** rose to 5 &lt; 6.\x1b\n"
    "![x](//evil.test) [y](//evil.test) &lt;img src=//evil.test&gt;\n\n[1]: //evil.test\n</chunk>"
)


def read(name: str) -> str:
    readings: Iterator[Any] = iter([Reading(0, Outcome.OK, MARKUP, "local")])
    return "".join(as_markdown([ReadDocument(name, readings=readings)]))


def test_what_is_printed_on_a_page_is_text_and_the_page_s_form_is_kept() -> None:
    written = read("a.pdf")
    known: dict[str, Any] = {}
    tokens = MarkdownIt("commonmark").parse(written, known)
    kinds = {one.type for token in tokens for one in (token, *(token.children or ()))}
    assert "references" not in known or not known["references"]
    assert not {"image", "link_open", "html_inline"} & kinds
    assert {"strong_open", "heading_open"} <= kinds
    assert not {"\x1b", "\u202e"} & set(written)


def test_a_name_ends_no_comment_and_begins_no_line() -> None:
    name = "a\n--><img src=x><!--\x1b[2J.pdf"
    first = read(name).splitlines()[0]
    assert first == "<!-- a - - ><img src=x><!- -.pdf -->"
